import type { EventOf, ProvisionRequest } from '../../machines/index.js';
import { provisionResponse } from '../codec/index.js';
import { type HttpResponse, isSuccess } from '../http/index.js';
import { NO_POLICY_KEY, normalizePolicyKey, type PolicyKey } from '../protocol/policy-key.js';
import type { PolicyData, ProvisionResponseMessage, ResponsePolicy } from '../protocol/provision.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';

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
  if (!isSuccess(response.status)) return { type: 'ProvisionRejected', scope: 'Http', status: response.status };
  const message = provisionResponse.decode(response.body);
  return message.ok ? interpretMessage(asked, message.value, version) : malformed;
}

function interpretMessage(
  asked: ProvisionRequest['kind'],
  message: ProvisionResponseMessage,
  version: ProtocolVersion,
): ProvisionFact {
  if (message.remoteWipe) return { type: 'WipeDirected', scope: 'device' };
  if (message.accountOnlyRemoteWipe) {
    return protocolVersions[version].accountOnlyRemoteWipe ? { type: 'WipeDirected', scope: 'account' } : malformed;
  }
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
  if (status === 2) return { type: 'PolicyNotDefined' };
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
  const type = policyType.trim();
  return asked === 'PolicyAcknowledgment' ? policyTypes.has(type) : type === protocolVersions[version].policyType;
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
