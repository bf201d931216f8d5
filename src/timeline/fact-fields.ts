/** What the fields of each fact may hold, for facts from outside: one row per fact, the checks those of stored states. */
import { type EventType, eventTypes } from '../../machines/provisioning.events.js';
import { memoryFields } from '../../machines/provisioning.record-fields.js';
import { isCount, isFailure, isKey, isPolicy, isReason, isScope, oneOf, type Shape } from './shape.js';

const { revision } = memoryFields;

/** The fields that a fact must have; no others but those of `optionalFields`. */
export const factFields = {
  PolicyRequested: {},
  PolicyAcknowledged: { policyKey: isKey, status: oneOf(1, 2, 3, 4) },
  WipeAcknowledged: { scope: isScope, status: oneOf(1, 2) },
  PolicyOffered: { policyKey: isKey, policy: isPolicy, revision },
  PolicyNotDefined: {},
  PermanentKeyIssued: { policyKey: isKey },
  ProvisionRejected: { scope: oneOf('Http', 'Provision', 'Policy'), status: isCount },
  WipeDirected: { scope: isScope },
  WipeNotDirected: {},
  ReprovisionRequired: { policyKey: isKey, reason: isReason },
  PolicyDetermined: { revision },
  WipeCancelled: {},
  WipeCompleted: { scope: isScope },
  CommandAdmitted: { policyKey: isKey },
  ExchangeFailed: { fault: (fault) => isFailure({ kind: 'ExchangeFailed', fault }) },
  RetryDue: { cycle: isCount, attempt: isCount },
  OfferExpired: { policyKey: isKey },
  Reset: {},
} as const satisfies Record<EventType, Shape>;

export const optionalFields: Readonly<Partial<Record<EventType, Shape>>> = {
  PolicyDetermined: { mayWait: oneOf(true, false) },
};

export function isEventType(name: unknown): name is EventType {
  return eventTypes.some((known) => known === name);
}
