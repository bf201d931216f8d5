/** The conditions on the edges: total functions of memory and fact, none of which asks which side it is on. */
import { NO_POLICY_KEY } from '../src/protocol/policy-key.js';
import type { ProvisioningContext } from './provisioning.context.js';
import { is, type ProvisioningEvent, type ReprovisionReason, type WipeScope } from './provisioning.events.js';

export type Guard = (context: ProvisioningContext, event: ProvisioningEvent) => boolean;

export const guards = {
  /** The fact names the key now in force. */
  concernsCurrentKey: (context, event) => 'policyKey' in event && event.policyKey === context.policyKey,
  /** A command passed under the current key, the first since it was agreed: those after it have nothing to prove. */
  provesAgreement: ({ policyKey, cycles, settledKey }, event) =>
    is(event, 'CommandAdmitted') && event.policyKey === policyKey && (cycles > 0 || settledKey !== null),
  /** A policy stands offered, and the fact names its temporary key. */
  concernsCurrentOffer: (context, event) =>
    context.pending?.kind === 'Policy' && 'policyKey' in event && event.policyKey === context.policyKey,
  /** The timer was set for the try now waiting. */
  concernsCurrentTry: (context, event) =>
    is(event, 'RetryDue') && event.cycle === context.cycles && event.attempt === context.attempts,
  /** 0 means no key, so it can neither be offered nor issued (I14). */
  carriesKey: (_context, event) => 'policyKey' in event && event.policyKey !== NO_POLICY_KEY,
  /** The device answered the offer, and the key is a new one (MS-ASPROV 3.2.5.1.2.1; I1). */
  isAcknowledged: (context, event) =>
    is(event, 'PermanentKeyIssued') &&
    context.pending?.kind === 'Policy' &&
    context.pending.status !== null &&
    event.policyKey !== NO_POLICY_KEY &&
    event.policyKey !== context.policyKey,
  /** The device applied the policy offered, and is told that there is none: it was taken away meanwhile. */
  isApplied: ({ pending }) => pending?.kind === 'Policy' && pending.status === 1,
  /** It did not, and a server in the field says the same for that. */
  isNotApplied: ({ pending }) => pending?.kind === 'Policy' && pending.status !== null && pending.status !== 1,
  /** The answer to the acknowledgment was lost, and the device repeats it; to say something lesser is not to repeat (I3). */
  repeatsSettled: (context, event) =>
    is(event, 'PolicyAcknowledged') && event.policyKey === context.settledKey && event.status === 1,
  /** A policy is set that is not the one offered. */
  differsFromOffered: (context, event) =>
    is(event, 'PolicyDetermined') &&
    event.revision !== null &&
    context.pending?.kind === 'Policy' &&
    event.revision !== context.pending.revision,
  /** A policy is set that is not the one agreed on. None set is no reason to ask the device for anything (I8). */
  differsFromAgreed,
  /** The same, and the device need not hear of it at once. */
  mayDifferForNow: (context, event) =>
    is(event, 'PolicyDetermined') && event.mayWait === true && differsFromAgreed(context, event),
  isWipeDemanded: ({ reason }) => rankOf(reason) > 0,
  /** A wipe stands directed that the demand does not go beyond, or that is confirmed. */
  isOutranked: (context, event) =>
    is(event, 'ReprovisionRequired') &&
    context.pending?.kind === 'Wipe' &&
    (isConfirmed(context) || rankOf(event.reason) <= rankOf(wipeReasons[context.pending.scope])),
  /** The device has said that it wipes, and perhaps the server knows: it does, whatever comes in between (I5, I17). */
  isConfirmed,
  isWiped: (context, event) => answersDirective(context, event) && event.status === 1,
  /** Not to be taken back: a device that confirmed the wipe does not decline it any more. */
  isNotWiped: (context, event) => answersDirective(context, event) && event.status === 2 && !isConfirmed(context),
  /** The wipe that was confirmed, and no other. */
  endsConfirmed: (context, event) =>
    is(event, 'WipeCompleted') && isConfirmed(context) && event.scope === context.pending?.scope,
  canRetry: (context, event) =>
    context.attempts < context.limits.attempts && (isTransient(event) || refusesEmptyForm(context, event)),
  /** The refusal says that the key is no good, not that the device is: begin again (MS-ASPROV 3.1.5.2). */
  asksAnew: (_context, event) => reasonOf(event) !== null,
  withinCycles: (context) => context.cycles < context.limits.cycles,
} as const satisfies Record<string, Guard>;

export type GuardName = keyof typeof guards;

function differsFromAgreed({ revision }: ProvisioningContext, event: ProvisioningEvent): boolean {
  return is(event, 'PolicyDetermined') && event.revision !== null && event.revision !== revision;
}

type Confirmed = ProvisioningContext & { readonly pending: { readonly kind: 'Wipe'; readonly status: 1 } };

function isConfirmed(context: ProvisioningContext): context is Confirmed {
  return context.pending?.kind === 'Wipe' && context.pending.status === 1;
}

/** The reason that stands for a wipe of each scope. */
export const wipeReasons = {
  device: 'RemoteWipeRequested',
  account: 'AccountOnlyRemoteWipeRequested',
} as const satisfies Record<WipeScope, ReprovisionReason>;

/** A wipe outranks everything, and a wipe of the device one of the account (I5). */
export function rankOf(reason: ReprovisionReason | null): 0 | 1 | 2 {
  if (reason === wipeReasons.device) return 2;
  return reason === wipeReasons.account ? 1 : 0;
}

/** The demand hidden in a refusal of Provision itself; null where the refusal is about something else. */
export function reasonOf(event: ProvisioningEvent): ReprovisionReason | null {
  if (!is(event, 'ProvisionRejected')) return null;
  const { scope, status } = event;
  if (scope === 'Policy') return status === 5 ? 'InvalidPolicyKey' : null;
  if (scope === 'Http') return status === 449 ? 'Unspecified' : null;
  switch (status) {
    case 140:
      return 'RemoteWipeRequested';
    case 142:
      return 'DeviceNotProvisioned';
    case 143:
      return 'PolicyRefresh';
    case 144:
      return 'InvalidPolicyKey';
    default:
      return null;
  }
}

/** What time may mend: no network, no answer, a busy server (MS-ASPROV 3.1.5.2; MS-ASCMD 2.2.2; MS-ASHTTP 3.1.5.2). */
function isTransient(event: ProvisioningEvent): boolean {
  if (is(event, 'ExchangeFailed')) return event.fault === 'Network' || event.fault === 'Timeout';
  if (!is(event, 'ProvisionRejected')) return false;
  if (event.scope === 'Http') return [429, 500, 502, 503, 504].includes(event.status);
  return event.scope === 'Provision' && (event.status === 3 || event.status === 111);
}

/** Servers in the field know only the full form of the request; it serves for a wipe as well (field notes). */
function refusesEmptyForm(context: ProvisioningContext, event: ProvisioningEvent): boolean {
  return (
    context.pending === null &&
    asksWithEmptyForm(context) &&
    is(event, 'ProvisionRejected') &&
    event.scope === 'Provision' &&
    event.status === 2
  );
}

/** A wipe is asked for with an empty Provision element first (R622), with the full form from the second try on. */
export function asksWithEmptyForm(context: ProvisioningContext): boolean {
  return rankOf(context.reason) > 0 && context.attempts === 0;
}

function answersDirective(
  context: ProvisioningContext,
  event: ProvisioningEvent,
): event is Extract<ProvisioningEvent, { type: 'WipeAcknowledged' }> {
  return is(event, 'WipeAcknowledged') && context.pending?.kind === 'Wipe' && event.scope === context.pending.scope;
}
