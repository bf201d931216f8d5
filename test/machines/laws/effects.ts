/** What is asked of each side when something is reached, owed, or out of place. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ProvisioningContext } from '../../../machines/provisioning.context.js';
import type { Effect } from '../../../machines/provisioning.effects.js';
import type { EventType, ProvisioningEvent } from '../../../machines/provisioning.events.js';
import { rankOf } from '../../../machines/provisioning.guards.js';
import { allFacts, anyKey, anyRole } from '../../support/arbitraries/facts.js';
import { edges, effect, guard, reach } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import { isExchanging, limits, toAgreement, toRequest, toSettledAgreement, walks } from './runs.js';

export const effectLaws: readonly Law[] = [
  law({
    promise: 'nothing is asked twice for one fact',
    holds: (engine) =>
      fc.property(fc.oneof(walks, toSettledAgreement), anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        const repetitive = allFacts.filter((event) => {
          const [, asked] = engine.step(state, event);
          return asked.length > 1 && new Set(asked.map((effect) => JSON.stringify(effect))).size < asked.length;
        });
        expect(repetitive).toEqual([]);
      }),
    mutants: {
      'a violation is told twice': edges('*', '*', [{ actions: ['reportViolation', 'reportViolation'] }]),
    },
  }),

  law({
    promise: 'the key that is stored is the key in force',
    holds: (engine) =>
      fc.property(fc.oneof(walks, toAgreement), anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        const wrong = allFacts.filter((event) => {
          const [{ context }, asked] = engine.step(state, event);
          return asked.some((effect) => effect.type === 'StorePolicyKey' && effect.policyKey !== context.policyKey);
        });
        expect(wrong).toEqual([]);
      }),
    mutants: {
      'what fell is stored': edges('*', 'ReprovisionRequired', [
        {
          guard: 'concernsCurrentKey',
          target: '.NeedsReprovision',
          actions: ['demandReprovision', 'forgetOffer', 'keepReason'],
        },
        {},
      ]),
    },
  }),

  law({
    promise: 'who is provisioned stores the key, and says so; the server answers with it',
    holds: (engine) =>
      fc.property(walks, anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        for (const event of endings) {
          const [next, asked] = engine.step(state, event);
          if (next === state || next.name !== 'Provisioned') continue;
          const { policyKey } = next.context;
          const response =
            policyKey === '0' ? { kind: 'NoPolicyResponse' } : { kind: 'PermanentKeyResponse', policyKey };
          expect(asked).toEqual([
            { type: 'StorePolicyKey', policyKey },
            ...(role === 'server' ? [{ type: 'Respond', response }] : []),
            { type: 'Report', outcome: { kind: 'Provisioned', policyKey } },
          ]);
        }
      }),
    mutants: {
      'the device does not keep its key': effect('issueKey', 'client', ({ policyKey }) => [
        { type: 'Report', outcome: { kind: 'Provisioned', policyKey } },
      ]),
      'a device without a policy is not told': effect('waivePolicy', 'client', () => []),
    },
  }),

  law({
    promise: 'an offer is stored, then said, and expires under its own key',
    holds: (engine) =>
      fc.property(toRequest, (events) => {
        const state = reach(engine, events, 'server', limits);
        fc.pre(state.name === 'AwaitingPolicy');
        const policy = { AllowCamera: false };
        const [next, asked] = engine.step(state, { type: 'PolicyOffered', policyKey: '99', policy, revision: 'r9' });
        expect(next.context).toMatchObject({
          policyKey: '99',
          pending: { kind: 'Policy', policy, revision: 'r9', status: null },
          reason: null,
          attempts: 0,
        });
        expect(asked).toEqual([
          { type: 'StorePolicyKey', policyKey: '99' },
          { type: 'Respond', response: { kind: 'PolicyResponse', policyKey: '99', policy } },
          { type: 'StartTimer', event: { type: 'OfferExpired', policyKey: '99' } },
        ]);
      }),
    mutants: {
      'an offer stands for ever': effect('offerPolicy', 'server', ({ pending, policyKey }) =>
        pending?.kind === 'Policy'
          ? [
              { type: 'StorePolicyKey', policyKey },
              { type: 'Respond', response: { kind: 'PolicyResponse', policyKey, policy: pending.policy } },
            ]
          : [],
      ),
    },
  }),

  law({
    promise: 'the device does at once what it owes next, and the same again when a try is due',
    holds: (engine) =>
      fc.property(walks, fc.constantFrom(1, 2, 3, 4), (events, status) => {
        const state = reach(engine, events, 'client', limits);
        const { policyKey } = state.context;
        for (const event of [...onward, { type: 'PolicyAcknowledged', policyKey, status } as const]) {
          const [next, asked] = engine.step(state, event);
          if (next === state || !isExchanging(next)) continue;
          const { context } = next;
          expect(asked).toEqual(owed(context));
          const due = { type: 'RetryDue', cycle: context.cycles, attempt: context.attempts } as const;
          expect(engine.step(next, due)).toEqual([next, asked]);
        }
      }),
    mutants: {
      'a policy is offered to nobody': effect('offerPolicy', 'client', () => []),
      'a retry is for the server to make': effect('repeat', 'client', () => []),
    },
  }),

  law({
    promise: 'no word of the conversation is passed over in silence',
    holds: (engine) =>
      fc.property(fc.oneof(walks, toSettledAgreement), anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        expect(allFacts.filter((event) => spoken.has(event.type) && engine.step(state, event)[1].length === 0)).toEqual(
          [],
        );
      }),
    mutants: {
      'a repetition is nothing to a device': effect('reissueKey', 'client', () => []),
      'a server does not mind what it cannot have said': effect('reportViolation', 'server', () => []),
    },
  }),

  law({
    promise: 'what comes late, or concerns nothing that stands, is passed over in silence',
    holds: (engine) =>
      fc.property(fc.oneof(walks, toSettledAgreement), anyRole, anyKey, (events, role, policyKey) => {
        const state = reach(engine, events, role, limits);
        const late = allFacts.filter(({ type }) => !spoken.has(type));
        expect(late.filter((event) => isViolation(engine.step(state, event)[1]))).toEqual([]);
        const failed = { type: 'ExchangeFailed', fault: 'Network' } as const;
        if (!isExchanging(state)) expect(engine.step(state, failed)).toEqual([state, []]);
        const isCurrent = state.name === 'Provisioned' && policyKey === state.context.policyKey;
        const [next, asked] = engine.step(state, { type: 'CommandAdmitted', policyKey });
        if (!isCurrent) expect([next === state, asked]).toEqual([true, []]);
      }),
    mutants: {
      'a late failure is a violation': edges('*', 'ExchangeFailed', [{ actions: 'reportViolation' }]),
      'any command settles': guard('provesAgreement', ({ settledKey }) => settledKey !== null),
    },
  }),
];

/** What a device owes, by what stands offered. */
function owed(context: ProvisioningContext): readonly unknown[] {
  const { pending, policyKey, reason, attempts } = context;
  if (pending?.kind === 'Wipe') {
    const { scope } = pending;
    const request = { kind: 'WipeAcknowledgment', scope, status: 1 };
    const said = { type: 'Send', request, policyKey, awaitsReply: false };
    return pending.status === null ? [{ type: 'ConfirmWipe', scope }] : [said, { type: 'Wipe', scope }];
  }
  if (pending?.status === null) return [{ type: 'ApplyPolicy', policy: pending.policy, policyKey }];
  const kind = rankOf(reason) > 0 && attempts === 0 ? 'EmptyRequest' : 'InitialRequest';
  const request = pending ? { kind: 'PolicyAcknowledgment', policyKey, status: pending.status } : { kind };
  return [{ type: 'Send', request, policyKey, awaitsReply: true }];
}

/** The facts that move an exchange on, but for the acknowledgment, which names a key. */
const onward = [
  { type: 'PolicyRequested' },
  { type: 'PolicyOffered', policyKey: '99', policy: { AllowCamera: false }, revision: 'r9' },
  { type: 'WipeDirected', scope: 'device' },
  { type: 'WipeDirected', scope: 'account' },
] as const satisfies readonly ProvisioningEvent[];

/** The facts that end one well. */
const endings = [
  { type: 'PolicyNotDefined' },
  { type: 'PermanentKeyIssued', policyKey: '99' },
] as const satisfies readonly ProvisioningEvent[];

/** What one side says to the other within Provision: out of place, it is a violation. */
const spoken: ReadonlySet<EventType> = new Set<EventType>([
  'PolicyRequested',
  'PolicyAcknowledged',
  'WipeAcknowledged',
  'PolicyOffered',
  'PolicyNotDefined',
  'PermanentKeyIssued',
  'ProvisionRejected',
  'WipeDirected',
  'WipeNotDirected',
]);

function isViolation(asked: readonly Effect[]): boolean {
  return asked.some((effect) => effect.type === 'Report' && effect.outcome.kind === 'Violation');
}
