/**
 * What each edge remembers or forgets: plain functions from memory and fact to the part of memory that changes. Where
 * a patch is made of another one, that is spread last: adding to a spread object takes a hundred times as long.
 */
import { cleanMemory, type Failure, noAgreement, type ProvisioningContext } from './provisioning.context.js';
import { is, type ProvisioningEvent, type ReprovisionReason } from './provisioning.events.js';
import { rankOf, reasonOf, wipeReasons } from './provisioning.guards.js';

export type Update = (
  context: ProvisioningContext,
  event: ProvisioningEvent,
) => Partial<Omit<ProvisioningContext, 'role' | 'limits'>>;

export const updates = {
  /** A new exchange: the current key is 0 (R618), what stood offered is void, the reason for it is kept. */
  begin: (context) => ({ cycles: context.cycles + 1, failure: null, ...noAgreement }),
  keepOffer: (_context, event) =>
    is(event, 'PolicyOffered')
      ? {
          policyKey: event.policyKey,
          pending: { kind: 'Policy', policy: event.policy, revision: event.revision, status: null },
          attempts: 0,
          reason: null,
        }
      : {},
  keepAcknowledgment: ({ pending }, event) =>
    is(event, 'PolicyAcknowledged') && pending?.kind === 'Policy' && pending.status !== event.status
      ? { pending: { ...pending, status: event.status } }
      : {},
  /** The directive replaces an offer, and its reason stays until it is carried out. */
  keepDirective: (_context, event) =>
    is(event, 'WipeDirected')
      ? {
          policyKey: noAgreement.policyKey,
          pending: { kind: 'Wipe', scope: event.scope, status: null },
          revision: null,
          settledKey: null,
          reason: wipeReasons[event.scope],
          attempts: 0,
        }
      : {},
  /** Stored before it is told: after a crash the device goes on with the wipe, and asks nobody again (I17). */
  keepConfirmation: ({ pending }) =>
    pending?.kind === 'Wipe' && pending.status === null ? { pending: { ...pending, status: 1 } } : {},
  keepKey: ({ policyKey, pending }, event) =>
    is(event, 'PermanentKeyIssued')
      ? {
          policyKey: event.policyKey,
          pending: null,
          revision: pending?.kind === 'Policy' ? pending.revision : null,
          settledKey: policyKey,
          reason: null,
          attempts: 0,
          failure: null,
        }
      : {},
  keepNoKey: () => withoutPolicy,
  /** A wipe is never overwritten by a lesser reason (I5). */
  keepReason: ({ reason }, event) => {
    const next = demanded(event);
    return next === null || rankOf(reason) > rankOf(next) ? {} : { reason: next };
  },
  keepFailure: (context, event) => ({ failure: failureOf(context, event) }),
  countAttempt: ({ attempts }) => ({ attempts: attempts + 1 }),
  forgetReason: () => ({ reason: null }),
  forgetWipe: () => withoutPolicy,
  forgetOffer: () => noAgreement,
  /** A command passed: the agreement works, and its acknowledgment will not be repeated. */
  forgetCycles: () => proven,
  /** The next try is a person's decision, not a part of this loop. */
  forgetTries: () => ({ cycles: 0 }),
  forgetAll: () => cleanMemory,
} as const satisfies Record<string, Update>;

const proven = { cycles: 0, settledKey: null } as const;

const withoutPolicy = { reason: null, failure: null, ...noAgreement } as const;

export type UpdateName = keyof typeof updates;

function demanded(event: ProvisioningEvent): ReprovisionReason | null {
  if (is(event, 'ReprovisionRequired')) return event.reason;
  return is(event, 'PolicyDetermined') ? 'InvalidPolicyKey' : reasonOf(event);
}

function failureOf({ cycles }: ProvisioningContext, event: ProvisioningEvent): Failure {
  switch (event.type) {
    case 'ProvisionRejected':
      return { kind: 'Rejected', scope: event.scope, status: event.status };
    case 'PolicyNotDefined':
      return { kind: 'Rejected', scope: 'Policy', status: 2 };
    case 'ExchangeFailed':
      return { kind: 'ExchangeFailed', fault: event.fault };
    case 'OfferExpired':
      return { kind: 'OfferExpired' };
    case 'WipeAcknowledged':
      return { kind: 'WipeFailed', scope: event.scope };
    default:
      return { kind: 'ReprovisionLoop', cycles };
  }
}
