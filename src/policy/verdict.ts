import {
  type EASProvisionDoc,
  type PolicyElementName,
  type PolicyElementRow,
  policyElements,
} from '../protocol/policy.js';
import { isInRange } from '../protocol/policy-value.js';
import type { DeviceCapabilities } from './capabilities.js';
import { asks, asksByItself, isStricter } from './demand.js';
import { type EnforcementRow, enforcement } from './enforcement.js';

/** Why an element is enforced, ignored, not applicable or cannot be enforced, in the order in which they are tried. */
export const verdictReasons = {
  Unknown: {
    verdict: 'Ignored',
    meaning: 'No row of the table names the element; clients skip what they do not know.',
  },
  ManagedByOthers: { verdict: 'Ignored', meaning: 'Another product manages the device.', requirement: 'R389' },
  AsksNothing: { verdict: 'Enforced', meaning: 'The value asks for nothing.' },
  PasswordNotRequired: {
    verdict: 'Ignored',
    meaning: 'A rule for passwords, where the policy requires none.',
    requirement: 'R629',
  },
  FeatureLacking: {
    verdict: 'NotApplicable',
    meaning: 'The device lacks what the element is about, which counts as enforced.',
    requirement: 'R764',
  },
  UndefinedValue: { verdict: 'CannotEnforce', meaning: 'The specification gives the value no meaning.' },
  PasswordUnavailable: {
    verdict: 'CannotEnforce',
    meaning: 'A rule for passwords, where the device can require none.',
  },
  NotEnforceable: { verdict: 'CannotEnforce', meaning: 'The element is not among those that the device enforces.' },
  TooStrict: { verdict: 'CannotEnforce', meaning: 'The device enforces the element, but not at so strict a value.' },
  Enforceable: { verdict: 'Enforced', meaning: 'The device enforces the element at this value.' },
} as const satisfies Record<string, VerdictReasonRow>;

/** A reason, the verdict that it is one for, and what it means. */
export interface VerdictReasonRow {
  readonly verdict: Verdict;
  /** In a sentence. */
  readonly meaning: string;
  /** The requirement of MS-ASPROV that the verdict follows. */
  readonly requirement?: string;
}

/** What becomes of an element; the first three count as enforced. */
export type Verdict = 'Enforced' | 'Ignored' | 'NotApplicable' | 'CannotEnforce';

/** The reasons for a verdict: a closed list. */
export type VerdictReason = keyof typeof verdictReasons;

/** Why a device does with an element what it does: the first that is true. */
export function verdictReasonOf(
  name: PolicyElementName,
  policy: EASProvisionDoc,
  capabilities: DeviceCapabilities,
): VerdictReason {
  const { feature }: EnforcementRow = enforcement[name];
  const { gated }: PolicyElementRow = policyElements[name];
  if (capabilities.managedByOthers) return 'ManagedByOthers';
  if (!asksByItself(name, policy[name])) return 'AsksNothing';
  if (!asks(name, policy)) return 'PasswordNotRequired';
  if (feature && capabilities.lacks?.includes(feature)) return 'FeatureLacking';
  if (!isDefined(name, policy)) return 'UndefinedValue';
  if (gated && !enforces('DevicePasswordEnabled', capabilities)) return 'PasswordUnavailable';
  if (!enforces(name, capabilities)) return 'NotEnforceable';
  return isStricter(name, policy[name], capabilities.strictest?.[name]) ? 'TooStrict' : 'Enforceable';
}

function enforces(name: PolicyElementName, { enforces: elements }: DeviceCapabilities): boolean {
  return elements === 'all' || elements.includes(name);
}

/** One of the values, where there are only some: any other number of a range has the meaning of its unit. */
function isDefined(name: PolicyElementName, policy: EASProvisionDoc): boolean {
  const { kind }: PolicyElementRow = policyElements[name];
  return !('values' in kind) || isInRange(kind, policy[name]);
}
