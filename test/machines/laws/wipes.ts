/** A wipe is directed, confirmed or cancelled, and nothing else (MS-ASPROV 3.1.5.1.2.2). */
import fc from 'fast-check';
import { expect } from 'vitest';
import { is, type ProvisioningEvent, type WipeScope } from '../../../machines/provisioning.events.js';
import { rankOf, wipeReasons } from '../../../machines/provisioning.guards.js';
import type { ProvisioningState } from '../../../machines/provisioning.step.js';
import { allFacts, anyRole } from '../../support/arbitraries/facts.js';
import { edges, effect, guard, reach, update } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import { ends, isConfirmed, limits, toConfirmation, walks } from './runs.js';

export const wipeLaws: readonly Law[] = [
  law({
    promise: 'a wipe only answers a directive of its own scope (I5)',
    holds: (engine) =>
      fc.property(ends, anyRole, ([events, event], role) => {
        const state = reach(engine, events, role, limits);
        const [next, asked] = engine.step(state, event);
        const wipes = asked.flatMap((asking) =>
          asking.type === 'Wipe' || asking.type === 'RecordWipe' ? [asking.scope] : [],
        );
        const { pending } = state.context;
        for (const scope of wipes) expect(pending).toMatchObject({ kind: 'Wipe', scope });
        if (is(event, 'WipeAcknowledged') && pending?.kind !== 'Wipe') expect(next).toBe(state);
      }),
    mutants: {
      'a wipe needs no directive': guard(
        'isWiped',
        (_context, event) => is(event, 'WipeAcknowledged') && event.status === 1,
      ),
      'any scope will do': guard(
        'isWiped',
        ({ pending }, event) => pending?.kind === 'Wipe' && is(event, 'WipeAcknowledged') && event.status === 1,
      ),
    },
    runs: 1000,
  }),
  law({
    promise:
      'a wipe outranks everything: a demand for it is only forgotten when the server moves on or it is done (I5)',
    holds: (engine) =>
      fc.property(ends, anyRole, ([events, event], role) => {
        const state = reach(engine, events, role, limits);
        const [next] = engine.step(state, event);
        if (rankOf(next.context.reason) < rankOf(state.context.reason))
          expect(['WipeDirected', 'WipeCancelled', ...ending]).toContain(event.type);
        if (is(event, 'WipeAcknowledged') && event.status === 2) expect(next.context.reason).toBe(state.context.reason);
      }),
    mutants: {
      'a lesser reason overwrites it': update(
        'keepReason',
        (was) => (context, event) => was({ ...context, reason: null }, event),
      ),
      'a failed wipe counts as done': edges('Acknowledging', 'WipeAcknowledged', [
        { guard: 'isNotWiped', target: 'Unprovisioned', actions: ['forgetAll', 'acknowledgeWipe'] },
      ]),
    },
    runs: 1000,
  }),
  law({
    promise: 'nothing is awaited once wiping (R645, R64505)',
    holds: (engine) =>
      fc.property(ends, ([events, event]) => {
        const [, asked] = engine.step(reach(engine, events, 'client', limits), event);
        if (asked.some(({ type }) => type === 'Wipe')) {
          for (const asking of asked) if (asking.type === 'Send') expect(asking.awaitsReply).toBe(false);
        }
      }),
    mutants: {
      'the wipe waits for a reply': effect('acknowledgeWipe', 'client', (context, event) =>
        is(event, 'WipeAcknowledged')
          ? [
              {
                type: 'Send',
                request: { kind: 'WipeAcknowledgment', scope: event.scope, status: 1 },
                policyKey: context.policyKey,
                awaitsReply: true,
              },
              { type: 'Wipe', scope: event.scope },
            ]
          : [],
      ),
    },
    runs: 1000,
  }),
  law({
    promise: 'a confirmed wipe stays confirmed: asked, directed, demanded or tried again, the device goes on (I5, I17)',
    holds: (engine) =>
      fc.property(toConfirmation, anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        fc.pre(isConfirmed(state));
        const { pending, cycles, attempts } = state.context;
        const { scope } = pending as { readonly scope: WipeScope };
        const again = [{ type: 'RetryDue', cycle: cycles, attempt: attempts } as const, ...allFacts.filter(mayCome)];
        for (const event of again) {
          const [next, asked] = engine.step(state, event);
          expect(next).toBe(state);
          expect(asked.filter(({ type }) => type === 'ConfirmWipe')).toEqual([]);
          const goesOn = ['RetryDue', 'PolicyRequested', 'WipeDirected'].includes(event.type) && isDue(event, state);
          if (role === 'client' && goesOn) expect(asked).toEqual(owedOnce(scope));
        }
      }),
    mutants: {
      'the process forgets it': effect('repeat', 'client', ({ pending }) =>
        pending?.kind === 'Wipe' ? [{ type: 'ConfirmWipe', scope: pending.scope }] : [],
      ),
      'a new request begins anew': edges('Acknowledging', 'PolicyRequested', []),
      'a directive is asked about again': edges('Acknowledging', 'WipeDirected', [
        { actions: ['keepDirective', 'directWipe'] },
      ]),
      'a graver demand takes its place': guard(
        'isOutranked',
        ({ pending }, event) =>
          is(event, 'ReprovisionRequired') &&
          pending?.kind === 'Wipe' &&
          rankOf(event.reason) <= rankOf(wipeReasons[pending.scope]),
      ),
      'it can be declined afterwards': guard(
        'isNotWiped',
        ({ pending }, event) =>
          is(event, 'WipeAcknowledged') &&
          event.status === 2 &&
          pending?.kind === 'Wipe' &&
          pending.scope === event.scope,
      ),
    },
  }),
  law({
    promise: 'a cancelled wipe is neither announced nor directed any more, and nothing else is cancelled (I5)',
    holds: (engine) =>
      fc.property(walks, (events) => {
        const state = reach(engine, events, 'server', limits);
        const isDemanded = ['RemoteWipeRequested', 'AccountOnlyRemoteWipeRequested'].includes(
          state.context.reason ?? '',
        );
        const [next] = engine.step(state, { type: 'WipeCancelled' });
        if (!isDemanded) expect(next).toBe(state);
        else {
          const { reason, pending, policyKey, failure } = next.context;
          expect([next.name, reason, pending, policyKey, failure]).toEqual(['NeedsReprovision', null, null, '0', null]);
        }
      }),
    mutants: {
      'an order stands though it was cancelled': guard('isWipeDemanded', () => false),
      'a cancelled wipe is still announced': update('forgetWipe', () => () => ({ policyKey: '0', pending: null })),
      'whatever was agreed is cancelled': guard('isWipeDemanded', () => true),
    },
  }),
];

/** What may come between the confirmation and the end: neither an end, nor an answer, for nothing waits for one. */
function mayCome({ type }: ProvisioningEvent): boolean {
  return !['WipeCompleted', 'WipeCancelled', 'Reset', 'ProvisionRejected', 'ExchangeFailed'].includes(type);
}

function isDue(event: ProvisioningEvent, { context }: ProvisioningState): boolean {
  return !is(event, 'RetryDue') || (event.cycle === context.cycles && event.attempt === context.attempts);
}

/** What a confirmed wipe owes: to say so, and to do it. */
function owedOnce(scope: WipeScope): readonly unknown[] {
  const request = { kind: 'WipeAcknowledgment', scope, status: 1 };
  return [
    { type: 'Send', request, policyKey: '0', awaitsReply: false },
    { type: 'Wipe', scope },
  ];
}

/** The facts by which a demand for a wipe ends: it is done, reset, or the server offers something else. */
const ending = ['WipeCompleted', 'Reset', 'PolicyOffered', 'PolicyNotDefined', 'WipeNotDirected', 'PermanentKeyIssued'];
