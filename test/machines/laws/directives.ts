/** What a directive does, and what its answer comes to on each side (MS-ASPROV 2.2.2.54.3, 3.1.5.1.2.2). */
import fc from 'fast-check';
import { expect } from 'vitest';
import { noAgreement } from '../../../machines/provisioning.context.js';
import { is, type Role, type WipeScope } from '../../../machines/provisioning.events.js';
import { rankOf, wipeReasons } from '../../../machines/provisioning.guards.js';
import { anyRole } from '../../support/arbitraries/facts.js';
import { begin, edges, effect, guard, reach, update } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import {
  isConfirmed,
  isExchanging,
  limits,
  toConfirmation,
  toDirective,
  toRequest,
  toWipeDemand,
  walks,
} from './runs.js';

export const directiveLaws: readonly Law[] = [
  law({
    promise: 'a directive in an exchange replaces what stood offered, and is the one thing left to answer (I5)',
    holds: (engine) =>
      fc.property(walks, anyRole, anyScope, (events, role, scope) => {
        const state = reach(engine, events, role, limits);
        fc.pre(isExchanging(state) && !isConfirmed(state));
        const memory = { ...noAgreement, pending: { kind: 'Wipe', scope, status: null }, reason: wipeReasons[scope] };
        expect(engine.step(state, { type: 'WipeDirected', scope })).toEqual([
          { name: 'Acknowledging', context: { ...state.context, ...memory } },
          role === 'client'
            ? [{ type: 'ConfirmWipe', scope }]
            : [{ type: 'Respond', response: { kind: 'WipeResponse', scope } }],
        ]);
      }),
    mutants: {
      'an offer must be settled first': edges('Acknowledging', 'WipeDirected', []),
      'any directive is for the device': effect('directWipe', 'client', () => [
        { type: 'ConfirmWipe', scope: 'device' },
      ]),
    },
  }),

  law({
    promise:
      'a true answer to a directive is told and recorded: 1 is remembered until it is done, 2 stays demanded (I5)',
    holds: (engine) =>
      fc.property(toDirective, anyRole, fc.constantFrom(1, 2), (events, role, status) => {
        const state = reach(engine, events, role, limits);
        const { pending } = state.context;
        fc.pre(pending?.kind === 'Wipe' && pending.status === null);
        const { scope } = pending as { readonly scope: WipeScope };
        const [next, asked] = engine.step(state, { type: 'WipeAcknowledged', scope, status });
        const failure = { kind: 'WipeFailed', scope } as const;
        const failed = { ...state.context, ...noAgreement, failure, cycles: 0 };
        const confirmed = { ...state.context, pending: { kind: 'Wipe', scope, status: 1 } };
        expect(next).toEqual(
          status === 1 ? { ...state, context: confirmed } : { name: 'NeedsReprovision', context: failed },
        );
        expect(asked).toEqual(role === 'client' ? saidBy(scope, status) : recorded(scope, status));
      }),
    mutants: {
      'the answer is not recorded': effect('failWipe', 'server', () => []),
      'nothing is wiped': effect('acknowledgeWipe', 'client', () => []),
      'a failed wipe is not told': effect('failWipe', 'client', () => []),
      'what was confirmed is not remembered': update('keepConfirmation', () => () => ({})),
    },
  }),

  law({
    promise: 'a confirmed wipe that is done leaves nothing, is stored and told; no other ends it (I5, I17)',
    holds: (engine) =>
      fc.property(fc.oneof(walks, toDirective, toConfirmation), anyRole, anyScope, (events, role, scope) => {
        const state = reach(engine, events, role, limits);
        const { pending } = state.context;
        const stands = isConfirmed(state) && pending?.kind === 'Wipe' && pending.scope === scope;
        expect(engine.step(state, { type: 'WipeCompleted', scope })).toEqual(
          stands ? [begin(role, limits), wiped(role, scope)] : [state, []],
        );
      }),
    mutants: {
      'nobody is told': effect('completeWipe', 'client', () => []),
      'the device is not answered': effect('completeWipe', 'server', () => []),
      'what nobody confirmed is done': guard('endsConfirmed', ({ pending }) => pending?.kind === 'Wipe'),
    },
  }),

  law({
    promise: 'an answer to a directive that does not stand is refused, and changes nothing (I5)',
    holds: (engine) =>
      fc.property(walks, anyRole, anyScope, fc.constantFrom(1, 2), (events, role, scope, status) => {
        const state = reach(engine, events, role, limits);
        const { pending } = state.context;
        fc.pre(pending?.kind !== 'Wipe' || pending.scope !== scope || (pending.status === 1 && status === 2));
        const fault = role === 'client' ? 'local' : 'client';
        const violation = { type: 'Report', outcome: { kind: 'Violation', event: 'WipeAcknowledged', fault } };
        expect(engine.step(state, { type: 'WipeAcknowledged', scope, status })).toEqual([
          state,
          role === 'client' ? [violation] : [violation, { type: 'Respond', response: { kind: 'NoWipeResponse' } }],
        ]);
      }),
    mutants: {
      'it is answered as if it stood': effect('refuseWipeAcknowledgment', 'server', (_context, event) =>
        is(event, 'WipeAcknowledged')
          ? [{ type: 'Respond', response: { kind: 'WipeRecordedResponse', scope: event.scope, status: event.status } }]
          : [],
      ),
    },
  }),

  law({
    promise: 'where there is nothing to wipe, or not any more, both sides begin again without the demand (I5)',
    holds: (engine) =>
      fc.property(
        fc.oneof(toRequest, toWipeDemand),
        anyRole,
        fc.constantFrom('WipeNotDirected', 'WipeCancelled'),
        (events, role, type) => {
          const state = reach(engine, events, role, limits);
          const isDue = type === 'WipeCancelled' ? rankOf(state.context.reason) > 0 : state.name === 'AwaitingPolicy';
          fc.pre(isDue);
          const [next, asked] = engine.step(state, { type });
          const failure = type === 'WipeCancelled' ? null : state.context.failure;
          const memory = { ...state.context, ...noAgreement, reason: null, failure };
          expect(next).toEqual({ name: 'NeedsReprovision', context: memory });
          expect(asked).toEqual([role === 'client' ? anew : said[type]]);
        },
      ),
    mutants: {
      'the device asks for the directive for ever': edges('AwaitingPolicy', 'WipeNotDirected', [
        { target: 'NeedsReprovision', actions: ['forgetOffer', 'denyDirective'] },
      ]),
      'a device is not told': effect('denyDirective', 'client', () => []),
    },
  }),
];

const anyScope = fc.constantFrom('device', 'account');

/** The wipe does not wait for what the server says of it (MS-ASPROV 3.1.5.1.2.2). */
function saidBy(scope: WipeScope, status: 1 | 2): readonly unknown[] {
  const request = { kind: 'WipeAcknowledgment', scope, status };
  const sent = { type: 'Send', request, policyKey: '0', awaitsReply: false };
  if (status === 2)
    return [sent, { type: 'Report', outcome: { kind: 'Failed', failure: { kind: 'WipeFailed', scope } } }];
  return [sent, { type: 'Wipe', scope }];
}

/** That nothing is left is stored before anybody hears of it. */
function wiped(role: Role, scope: WipeScope): readonly unknown[] {
  const response = { kind: 'WipeRecordedResponse', scope, status: 1 };
  return [
    { type: 'StorePolicyKey', policyKey: '0' },
    role === 'client' ? { type: 'Report', outcome: { kind: 'Wiped', scope } } : { type: 'Respond', response },
  ];
}

function recorded(scope: WipeScope, status: 1 | 2): readonly unknown[] {
  if (status === 1) return [{ type: 'RecordWipe', scope, status }];
  return [
    { type: 'RecordWipe', scope, status },
    { type: 'StorePolicyKey', policyKey: '0' },
    { type: 'Respond', response: { kind: 'WipeRecordedResponse', scope, status } },
  ];
}

const anew = { type: 'Report', outcome: { kind: 'ReprovisionRequired', reason: 'Unspecified' } };
const said = {
  WipeNotDirected: { type: 'Respond', response: { kind: 'NoWipeResponse' } },
  WipeCancelled: { type: 'StorePolicyKey', policyKey: '0' },
} as const;
