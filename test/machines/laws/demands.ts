/** An agreement, an offer or an exchange that falls: why, and who is told. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { type Failure, noAgreement, type ProvisioningContext } from '../../../machines/provisioning.context.js';
import {
  type ExchangeFault,
  is,
  type ProvisioningEvent,
  type ReprovisionReason,
  type Role,
  reprovisionReasons,
  type StatusScope,
} from '../../../machines/provisioning.events.js';
import { rankOf, wipeReasons } from '../../../machines/provisioning.guards.js';
import type { ProvisioningState } from '../../../machines/provisioning.step.js';
import { anyRole } from '../../support/arbitraries/facts.js';
import { edges, effect, guard, reach, update } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import { isConfirmed, isExchanging, limits, toAgreement, toDirective, toOffer, toRequest, walks } from './runs.js';

export const demandLaws: readonly Law[] = [
  law({
    promise: 'a demand about the current key ends what stands, unless a graver wipe is directed, or one confirmed (I5)',
    holds: (engine) =>
      fc.property(
        fc.oneof(walks, toDirective, toAgreement),
        anyRole,
        fc.constantFrom(...reprovisionReasons),
        (events, role, reason) => {
          const state = reach(engine, events, role, limits);
          const { pending, policyKey } = state.context;
          fc.pre(state.name !== 'AwaitingPolicy');
          const answer = engine.step(state, { type: 'ReprovisionRequired', policyKey, reason });
          const isOutranked = pending?.kind === 'Wipe' && rankOf(reason) <= rankOf(wipeReasons[pending.scope]);
          if (isOutranked || isConfirmed(state)) {
            expect(answer).toEqual([state, []]);
          } else {
            expect(answer).toEqual([
              fallen(state, graver(state.context.reason, reason)),
              told(role, answer[0].context),
            ]);
          }
        },
      ),
    mutants: {
      'a directive falls to any demand': guard('isOutranked', () => false),
      'a directive stands whatever is demanded': guard('isOutranked', ({ pending }) => pending?.kind === 'Wipe'),
      'the device is not told': effect('demandReprovision', 'client', () => []),
    },
    runs: 1000,
  }),

  law({
    promise: 'a demand that comes while the policy is looked up is kept, and it is looked up again',
    holds: (engine) =>
      fc.property(toRequest, anyRole, fc.constantFrom(...reprovisionReasons), (events, role, demanded) => {
        const state = reach(engine, events, role, limits);
        fc.pre(state.name === 'AwaitingPolicy');
        const reason = graver(state.context.reason, demanded);
        const fact = { type: 'ReprovisionRequired', policyKey: '0', reason: demanded } as const;
        expect(engine.step(state, fact)).toEqual([
          { name: 'AwaitingPolicy', context: { ...state.context, reason } },
          role === 'server' ? [{ type: 'LoadPolicy', reason }] : [],
        ]);
      }),
    mutants: {
      'what was found before the demand is answered': effect('reloadPolicy', 'server', () => []),
      'the demand is not kept': edges('AwaitingPolicy', 'ReprovisionRequired', [
        { guard: 'concernsCurrentKey', actions: 'reloadPolicy' },
      ]),
    },
  }),

  law({
    promise: 'a policy that changes takes the agreement or the offer with it, and both sides hear of it (I4)',
    holds: (engine) =>
      fc.property(fc.oneof(toOffer, toAgreement), anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        fc.pre(state.name === 'Provisioned' || state.context.pending?.kind === 'Policy');
        const answer = engine.step(state, { type: 'PolicyDetermined', revision: 'r9' });
        expect(answer).toEqual([fallen(state, 'InvalidPolicyKey'), told(role, answer[0].context)]);
      }),
    mutants: {
      'the old key stays': edges('Provisioned', 'PolicyDetermined', [
        { guard: 'mayDifferForNow', actions: 'scheduleDemand' },
        { guard: 'differsFromAgreed', target: 'NeedsReprovision', actions: ['keepReason', 'demandReprovision'] },
      ]),
    },
  }),

  law({
    promise: 'a refusal that only says the key is no good names the demand, and is answered as one',
    holds: (engine) =>
      fc.property(walks, anyRole, fc.constantFrom(...refusals), (events, role, [scope, status, named]) => {
        const state = reach(engine, events, role, limits);
        fc.pre(isExchanging(state));
        const fact = { type: 'ProvisionRejected', scope, status } as const;
        const answer = engine.step(state, fact);
        expect(answer).toEqual([
          fallen(state, graver(state.context.reason, named)),
          [...told(role, answer[0].context), ...refused(role, fact)],
        ]);
      }),
    mutants: {
      'why is forgotten': edges('Acknowledging', 'ProvisionRejected', [
        { guard: 'canRetry', actions: ['countAttempt', 'scheduleRetry'] },
        { guard: 'asksAnew', target: 'NeedsReprovision', actions: ['forgetOffer', 'demandReprovision'] },
        { target: 'NeedsReprovision', actions: ['forgetOffer', 'keepFailure', 'giveUp', 'forgetTries'] },
      ]),
    },
  }),

  law({
    promise: 'an exchange that comes to nothing says why to its host, and leaves the next try all its cycles (I6)',
    holds: (engine) =>
      fc.property(walks, anyRole, fc.nat(), (events, role, pick) => {
        const state = reach(engine, events, role, limits);
        fc.pre(isExchanging(state));
        const mishaps = hopeless(state.context);
        const [fact, failure] = mishaps[pick % mishaps.length]!;
        expect(engine.step(state, fact)).toEqual([
          fallen(state, state.context.reason, { failure, cycles: 0 }),
          [...refused(role, fact), { type: 'Report', outcome: { kind: 'Failed', failure } }],
        ]);
      }),
    mutants: {
      'nobody is told': effect('giveUp', 'client', () => []),
      'the tries of the last one count': update('forgetTries', () => () => ({})),
      'what failed is not remembered': edges('Acknowledging', 'OfferExpired', [
        {
          guard: 'concernsCurrentOffer',
          target: 'NeedsReprovision',
          actions: ['forgetOffer', 'giveUp', 'forgetTries'],
        },
      ]),
    },
    runs: 1000,
  }),
];

/** What is left of a state that fell. */
function fallen(
  { context }: ProvisioningState,
  reason: ReprovisionReason | null,
  memory: Partial<ProvisioningContext> = {},
): ProvisioningState {
  return { name: 'NeedsReprovision', context: { ...context, ...noAgreement, reason, ...memory } };
}

/** A device is told why; a server stores that no key holds. */
function told(role: Role, { reason }: ProvisioningContext): readonly unknown[] {
  if (role === 'server') return [{ type: 'StorePolicyKey', policyKey: '0' }];
  return [{ type: 'Report', outcome: { kind: 'ReprovisionRequired', reason } }];
}

/** A server that refuses says so. */
function refused(role: Role, fact: ProvisioningEvent): readonly unknown[] {
  if (role === 'client' || !is(fact, 'ProvisionRejected')) return [];
  const { scope, status } = fact;
  return [{ type: 'Respond', response: { kind: 'RejectionResponse', scope, status } }];
}

function graver(was: ReprovisionReason | null, now: ReprovisionReason): ReprovisionReason {
  return was !== null && rankOf(was) > rankOf(now) ? was : now;
}

/** MS-ASPROV 3.1.5.2; MS-ASCMD 2.2.2. */
const refusals = [
  ['Policy', 5, 'InvalidPolicyKey'],
  ['Provision', 140, 'RemoteWipeRequested'],
  ['Provision', 142, 'DeviceNotProvisioned'],
  ['Provision', 143, 'PolicyRefresh'],
  ['Provision', 144, 'InvalidPolicyKey'],
  ['Http', 449, 'Unspecified'],
] as const;

/** The facts after which an exchange cannot go on, and what each is remembered as. */
function hopeless({
  pending,
  policyKey,
  attempts,
}: ProvisioningContext): readonly (readonly [ProvisioningEvent, Failure])[] {
  const isPolicy = pending?.kind === 'Policy';
  return [
    ...(['Malformed', 'Aborted'] as const).map(failedBy),
    ...(attempts < limits.attempts ? [] : (['Network', 'Timeout'] as const).map(failedBy)),
    ...(
      [
        ['Http', 401],
        ['Provision', 139],
        ['Policy', 3],
      ] as const
    ).map(rejectedBy),
    ...(isPolicy ? [expired(policyKey)] : []),
    ...(isPolicy && pending.status !== null && pending.status !== 1 ? [notDefined] : []),
  ];
}

function failedBy(fault: ExchangeFault): readonly [ProvisioningEvent, Failure] {
  return [
    { type: 'ExchangeFailed', fault },
    { kind: 'ExchangeFailed', fault },
  ];
}

function rejectedBy([scope, status]: readonly [StatusScope, number]): readonly [ProvisioningEvent, Failure] {
  return [
    { type: 'ProvisionRejected', scope, status },
    { kind: 'Rejected', scope, status },
  ];
}

function expired(policyKey: string): readonly [ProvisioningEvent, Failure] {
  return [{ type: 'OfferExpired', policyKey }, { kind: 'OfferExpired' }];
}

const notDefined = [
  { type: 'PolicyNotDefined' },
  { kind: 'Rejected', scope: 'Policy', status: 2 },
] as const satisfies readonly [ProvisioningEvent, Failure];
