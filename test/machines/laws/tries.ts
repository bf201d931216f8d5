/** What is tried again, how often, and when not. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ProvisioningEvent } from '../../../machines/provisioning.events.js';
import { anyKey, anyRole } from '../../support/arbitraries/facts.js';
import { edges, effect, guard, reach, update } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import { isConfirmed, isExchanging, limits, walks } from './runs.js';

export const tryLaws: readonly Law[] = [
  law({
    promise: 'a retry, or a start after a crash, repeats the one thing owed',
    holds: (engine) =>
      fc.property(walks, (events) => {
        const state = reach(engine, events, 'client', limits);
        fc.pre(state.name === 'AwaitingPolicy' || state.name === 'Acknowledging');
        const { cycles: cycle, attempts: attempt } = state.context;
        const [next, asked] = engine.step(state, { type: 'RetryDue', cycle, attempt });
        expect(next).toBe(state);
        const types = asked.map(({ type }) => type);
        if (isConfirmed(state)) expect(types).toEqual(['Send', 'Wipe']);
        else expect([['Send'], ['ApplyPolicy'], ['ConfirmWipe']]).toContainEqual(types);
      }),
    mutants: {
      'a retry under a directive does nothing': edges('Acknowledging', 'RetryDue', [
        { guard: 'concernsCurrentOffer', actions: 'repeat' },
      ]),
    },
  }),
  law({
    promise: 'a late timer is harmless',
    holds: (engine) =>
      fc.property(walks, anyRole, fc.nat(4), fc.nat(3), anyKey, (events, role, cycle, attempt, policyKey) => {
        const state = reach(engine, events, role, limits);
        const { context } = state;
        fc.pre(cycle !== context.cycles || attempt !== context.attempts);
        expect(engine.step(state, { type: 'RetryDue', cycle, attempt })).toEqual([state, []]);
        if (policyKey !== context.policyKey || context.pending?.kind !== 'Policy')
          expect(engine.step(state, { type: 'OfferExpired', policyKey })).toEqual([state, []]);
      }),
    mutants: {
      'any timer is ours': guard('concernsCurrentTry', () => true),
      'any offer expires': guard('concernsCurrentOffer', () => true),
    },
  }),
  law({
    promise: 'a demand that never ends is given up, after exactly as many exchanges as the limit says (I6)',
    holds: ({ step }) =>
      fc.property(fc.nat(6), (cycles) => {
        let state = reach({ step }, settle('1'), 'client', { attempts: 1, cycles });
        [state] = step(state, { type: 'CommandAdmitted', policyKey: '1' });
        let begun = 0;
        for (let round = 0; round < cycles + 3; round++) {
          [state] = step(state, {
            type: 'ReprovisionRequired',
            policyKey: state.context.policyKey,
            reason: 'Unspecified',
          });
          [state] = step(state, { type: 'PolicyRequested' });
          if (state.name !== 'AwaitingPolicy') break;
          begun++;
          for (const event of settle(`9${round}`).slice(1)) [state] = step(state, event);
        }
        expect([begun, state.name, state.context.failure]).toEqual([
          cycles,
          'NeedsReprovision',
          { kind: 'ReprovisionLoop', cycles },
        ]);
      }),
    mutants: {
      'cycles are not counted': update('begin', (was) => (context, event) => ({
        ...was(context, event),
        cycles: context.cycles,
      })),
      'a fresh key clears the count': update('keepKey', (was) => (context, event) => ({
        ...was(context, event),
        cycles: 0,
      })),
    },
  }),
  law({
    promise: 'what time may mend is tried again as often as the limit says, then given up (I6)',
    holds: ({ step }) =>
      fc.property(fc.nat(5), fc.constantFrom(...transient), (attempts, fault) => {
        let [state] = step(reach({ step }, [], 'client', { attempts, cycles: 3 }), { type: 'PolicyRequested' });
        let tries = 1;
        for (; state.name === 'AwaitingPolicy' && tries < 20; tries++) {
          const [waiting, [timer]] = step(state, fault);
          state = timer?.type === 'StartTimer' ? step(waiting, timer.event)[0] : waiting;
        }
        expect([tries - 1, state.name]).toEqual([attempts + 1, 'NeedsReprovision']);
      }),
    mutants: {
      'tries are not counted': update('countAttempt', () => () => ({})),
      'nothing is tried again': guard('canRetry', () => false),
    },
  }),
  law({
    promise: 'an admitted command under a settled agreement changes nothing, so nothing is stored',
    holds: (engine) =>
      fc.property(walks, anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        const event = { type: 'CommandAdmitted', policyKey: state.context.policyKey } as const;
        const [once] = engine.step(state, event);
        expect(engine.step(once, event)[0]).toBe(once);
      }),
    mutants: {
      'every command is counted': update('forgetCycles', () => ({ cycles }) => ({ cycles: cycles + 1 })),
    },
  }),

  law({
    promise: 'a mishap that time may mend changes nothing but the count, and sets the timer of the next try (I6)',
    holds: (engine) =>
      fc.property(walks, anyRole, fc.constantFrom(...transient), (events, role, fact) => {
        const state = reach(engine, events, role, limits);
        const { context } = state;
        fc.pre(isExchanging(state) && context.attempts < limits.attempts);
        const attempts = context.attempts + 1;
        const timer = { type: 'StartTimer', event: { type: 'RetryDue', cycle: context.cycles, attempt: attempts } };
        const [next, asked] = engine.step(state, fact);
        expect(next).toEqual({ name: state.name, context: { ...context, attempts } });
        expect(asked).toEqual(role === 'client' ? [timer] : refused(fact));
      }),
    mutants: {
      'an offer that was not answered for is lost': edges('Acknowledging', 'ExchangeFailed', [
        { target: 'NeedsReprovision', actions: ['forgetOffer', 'keepFailure', 'giveUp', 'forgetTries'] },
      ]),
      'the next try has no timer': effect('scheduleRetry', 'client', () => []),
    },
  }),
];

const transient = [
  { type: 'ExchangeFailed', fault: 'Network' },
  { type: 'ExchangeFailed', fault: 'Timeout' },
  { type: 'ProvisionRejected', scope: 'Http', status: 503 },
  { type: 'ProvisionRejected', scope: 'Provision', status: 3 },
  { type: 'ProvisionRejected', scope: 'Provision', status: 111 },
  { type: 'ProvisionRejected', scope: 'Http', status: 429 },
  { type: 'ProvisionRejected', scope: 'Http', status: 500 },
  { type: 'ProvisionRejected', scope: 'Http', status: 502 },
  { type: 'ProvisionRejected', scope: 'Http', status: 504 },
] as const satisfies readonly ProvisioningEvent[];

function settle(policyKey: string): readonly ProvisioningEvent[] {
  return [
    { type: 'PolicyRequested' },
    { type: 'PolicyOffered', policyKey: 't', policy: {}, revision: 'r1' },
    { type: 'PolicyAcknowledged', policyKey: 't', status: 1 },
    { type: 'PermanentKeyIssued', policyKey },
  ];
}

function refused(fact: (typeof transient)[number]): readonly unknown[] {
  if (fact.type === 'ExchangeFailed') return [];
  const { scope, status } = fact;
  return [{ type: 'Respond', response: { kind: 'RejectionResponse', scope, status } }];
}
