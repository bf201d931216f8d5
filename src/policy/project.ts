import { type EASProvisionDoc, elementsOf, type PolicyElementName, policyElementNames } from '../protocol/policy.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import { wapElementNames, wholeMinutes } from '../protocol/wap.js';
import { asks, isStricter, type PolicyElementValue } from './demand.js';

/** What a version can carry of a policy, and what it cannot. Together they are the policy. */
export interface PolicyProjection {
  /** What a device of this version is asked for. */
  readonly policy: EASProvisionDoc;
  /** What is left out or changed, in the order of the schema. */
  readonly lost: readonly PolicyLoss[];
}

/** An element that a version cannot carry as it is. */
export interface PolicyLoss {
  readonly element: PolicyElementName | 'unknownElements';
  /** As the policy has it. */
  readonly value: PolicyElementValue | NonNullable<EASProvisionDoc['unknownElements']>;
  readonly reason: LossReason;
  /** Whether the device is asked for less than the policy asks. */
  readonly weakens: boolean;
}

/** Why a version cannot carry an element as it is. */
export const lossReasons = {
  NotInVersion: 'The version has no such element.',
  NoPassword: 'The document of 2.5 says nothing else where it requires no password.',
  WholeMinutes: 'The document of 2.5 counts in minutes: rounded down, below one minute up.',
  Unknown: 'No row of the table names the elements: they are read and kept, never sent.',
} as const satisfies Record<string, string>;

/** The reasons for a loss: a closed list. */
export type LossReason = keyof typeof lossReasons;

/**
 * What a version can carry of a policy, and what is lost (MS-ASPROV 2.2.2.24, MS-ASWBXML 2.1.2.1.15): in 2.5 five
 * elements, in 12.0 eleven, from 12.1 on all. Projecting again changes and loses nothing.
 */
export function projectPolicy(policy: EASProvisionDoc, version: ProtocolVersion): PolicyProjection {
  const carry =
    protocolVersions[version].policyType === 'MS-WAP-Provisioning-XML' ? wapCarrier(policy) : carrier(version);
  const carried: Partial<Record<PolicyElementName, PolicyElementValue>> = {};
  const lost: PolicyLoss[] = [];
  for (const element of policyElementNames) {
    const value = policy[element];
    if (value === undefined) continue;
    const { value: sent, reason } = carry(element, value);
    if (sent !== undefined) carried[element] = sent;
    if (reason) lost.push({ element, value, reason, weakens: weakens(element, policy, sent) });
  }
  const { unknownElements } = policy;
  if (unknownElements)
    lost.push({ element: 'unknownElements', value: unknownElements, reason: 'Unknown', weakens: false });
  return { policy: carried as EASProvisionDoc, lost };
}

/** What becomes of an element: the value that is sent, if any, and the reason if that is not its own. */
type Carry = (
  element: PolicyElementName,
  value: PolicyElementValue,
) => { readonly value?: PolicyElementValue; readonly reason?: LossReason };

function carrier(version: ProtocolVersion): Carry {
  const names = new Set(elementsOf(version));
  return (element, value) => (names.has(element) ? { value } : { reason: 'NotInVersion' });
}

function wapCarrier(policy: EASProvisionDoc): Carry {
  return (element, value) => {
    if (!wapElementNames.has(element)) return { reason: 'NotInVersion' };
    if (element === 'DevicePasswordEnabled') return { value };
    if (policy.DevicePasswordEnabled !== true) return { reason: 'NoPassword' };
    if (element !== 'MaxInactivityTimeDeviceLock' || !asks(element, policy)) return { value };
    const rounded = wholeMinutes(Number(value)) * 60;
    return rounded === value ? { value } : { value: rounded, reason: 'WholeMinutes' };
  };
}

function weakens(element: PolicyElementName, policy: EASProvisionDoc, sent: PolicyElementValue | undefined): boolean {
  return asks(element, policy) && (sent === undefined || isStricter(element, policy[element], sent));
}
