import type { EventOf, EventType, ProvisionRequest } from '../../machines/index.js';
import { provisionResponse } from '../codec/index.js';
import { type HttpResponse, isSuccess } from '../http/index.js';
import { NO_POLICY_KEY, normalizePolicyKey, type PolicyKey } from '../protocol/policy-key.js';
import type { PolicyData, ProvisionResponseMessage, ResponsePolicy } from '../protocol/provision.js';
import { carriesWipe, type ProtocolVersion, protocolVersions } from '../protocol/version.js';

/** What an answer to Provision can tell. */
export type ProvisionFact = EventOf<
  | 'PolicyOffered'
  | 'PolicyNotDefined'
  | 'PermanentKeyIssued'
  | 'ProvisionRejected'
  | 'WipeDirected'
  | 'WipeNotDirected'
  | 'ExchangeFailed'
>;

/** The question that an answer belongs to. */
export interface Question {
  readonly asked: ProvisionRequest['kind'];
  /** The version it was asked in. */
  readonly version: ProtocolVersion;
  /**
   * Whether the device asks of its own accord: the server never demanded to provision, and nothing was agreed. Then a
   * server that does not know the command has no policy. Default `false`.
   */
  readonly ofOwnAccord?: boolean;
}

/**
 * The one fact that an answer to a Provision request tells, whatever its bytes (MS-ASPROV 3.1.5.1, 3.1.5.2). A wipe
 * directive counts before every status (R623), the Status of Provision before that of Policy, and a key only where
 * both are 1 (I18).
 */
export function interpret(
  asked: ProvisionRequest['kind'],
  response: HttpResponse,
  version: ProtocolVersion,
): ProvisionFact {
  return interpretAnswer({ asked, version }, response).fact;
}

/** What an answer tells, and the fact that the server had no right to tell in this version, where it did. */
export function interpretAnswer(
  { asked, version, ofOwnAccord = false }: Question,
  { status, body }: HttpResponse,
): { readonly fact: ProvisionFact; readonly violation: EventType | null } {
  const message = isSuccess(status) ? provisionResponse.decode(body) : null;
  const isAccountOnly = message?.ok && message.value.accountOnlyRemoteWipe && !message.value.remoteWipe;
  if (isAccountOnly && !carriesWipe(version, 'account')) {
    return { fact: malformed, violation: 'WipeDirected' };
  }
  const fact =
    message === null ? rejectedByHttp(status) : message.ok ? inMessage(asked, message.value, version) : malformed;
  return {
    fact: ofOwnAccord && asked === 'InitialRequest' && isUnknownCommand(fact) ? noPolicy : fact,
    violation: null,
  };
}

/** Servers without policies may not know the command at all (field notes). */
function isUnknownCommand(fact: ProvisionFact): boolean {
  return fact.type === 'ProvisionRejected' && fact.scope === 'Http' && (fact.status === 405 || fact.status === 501);
}

function rejectedByHttp(status: number): ProvisionFact {
  return { type: 'ProvisionRejected', scope: 'Http', status };
}

function inMessage(
  asked: ProvisionRequest['kind'],
  message: ProvisionResponseMessage,
  version: ProtocolVersion,
): ProvisionFact {
  if (message.remoteWipe) return { type: 'WipeDirected', scope: 'device' };
  if (message.accountOnlyRemoteWipe) return { type: 'WipeDirected', scope: 'account' };
  // Two products leave the status out where all is well (field notes).
  const { status = 1 } = message;
  if (status !== 1) return rejected('Provision', status);
  const policy = message.policies?.find(({ policyType }) => isFitting(asked, policyType, version));
  if (policy) return interpretPolicy(asked, policy, version);
  return asked === 'EmptyRequest' ? { type: 'WipeNotDirected' } : malformed;
}

function interpretPolicy(
  asked: ProvisionRequest['kind'],
  { status, policyKey, data }: ResponsePolicy,
  version: ProtocolVersion,
): ProvisionFact {
  if (status === undefined) return malformed;
  if (status === 2) return noPolicy;
  if (status !== 1) return rejected('Policy', status);
  if (policyKey === undefined || policyKey.length > MAX_KEY_LENGTH) return malformed;
  if (asked === 'PolicyAcknowledgment') return { type: 'PermanentKeyIssued', policyKey: keyOf(policyKey) };
  if (data === undefined || !isOfVersion(data, version)) return malformed;
  return { type: 'PolicyOffered', policyKey: keyOf(policyKey), policy: data, revision: null };
}

/**
 * A Policy of a type that does not fit the version is ignored (3.1.5.1.1, R1033), in the answer to an acknowledgment
 * one of a type that does not exist (R640). Some servers send no type (field notes).
 */
function isFitting(asked: ProvisionRequest['kind'], policyType: string | undefined, version: ProtocolVersion): boolean {
  if (policyType === undefined) return true;
  if (asked === 'PolicyAcknowledgment') return policyTypes.has(policyType);
  return policyType === protocolVersions[version].policyType;
}

function isOfVersion(data: PolicyData, version: ProtocolVersion): boolean {
  return (typeof data === 'string') === (protocolVersions[version].policyType === 'MS-WAP-Provisioning-XML');
}

/** The key as the server spells it, because it may compare text; every spelling of 0 is no key. */
function keyOf(policyKey: string): PolicyKey {
  return normalizePolicyKey(policyKey) === NO_POLICY_KEY ? NO_POLICY_KEY : policyKey;
}

/** A status that is no number says nothing. */
function rejected(scope: 'Provision' | 'Policy', status: number): ProvisionFact {
  return Number.isSafeInteger(status) ? { type: 'ProvisionRejected', scope, status } : malformed;
}

/** MS-ASPROV 2.2.2.42, R312. */
const MAX_KEY_LENGTH = 64;
const policyTypes: ReadonlySet<string> = new Set(Object.values(protocolVersions).map(({ policyType }) => policyType));
const malformed = { type: 'ExchangeFailed', fault: 'Malformed' } as const;
const noPolicy = { type: 'PolicyNotDefined' } as const;
