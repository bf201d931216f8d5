/** Which key counts for what (MS-ASPROV 3.1.1, 3.2.5). */
import fc from 'fast-check';
import { expect } from 'vitest';
import { is, type ProvisioningEvent } from '../../../machines/provisioning.events.js';
import { anyKey, anyRole } from '../../support/arbitraries/facts.js';
import { guard, reach, update } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import { limits, toSettledAgreement, walks } from './runs.js';

export const keyLaws: readonly Law[] = [
  law({
    promise: 'only an acknowledged offer earns a permanent key (I1)',
    holds: (engine) =>
      fc.property(walks, anyRole, anyKey, (events, role, policyKey) => {
        const state = reach(engine, events, role, limits);
        const { pending } = state.context;
        const acknowledged = state.name === 'Acknowledging' && pending?.kind === 'Policy' && pending.status !== null;
        const isNew = policyKey !== '0' && policyKey !== state.context.policyKey;
        const [next] = engine.step(state, { type: 'PermanentKeyIssued', policyKey });
        expect(next !== state).toBe(acknowledged && isNew);
        if (next !== state) expect([next.name, next.context.policyKey]).toEqual(['Provisioned', policyKey]);
      }),
    mutants: {
      'a key comes without acknowledgment': guard('isAcknowledged', (context) => context.pending?.kind === 'Policy'),
      'the temporary key is made permanent': guard(
        'isAcknowledged',
        ({ pending }) => pending?.kind === 'Policy' && pending.status !== null,
      ),
    },
    runs: 1000,
  }),
  law({
    promise: 'a wrong key never counts as an answer (I1)',
    holds: (engine) =>
      fc.property(walks, anyKey, (events, policyKey) => {
        const state = reach(engine, events, 'server', limits);
        fc.pre(policyKey !== state.context.policyKey || state.context.pending?.kind !== 'Policy');
        const status = policyKey === state.context.settledKey ? 3 : 1;
        expect(engine.step(state, { type: 'PolicyAcknowledged', policyKey, status })).toEqual([
          state,
          [{ type: 'Respond', response: { kind: 'RejectionResponse', scope: 'Policy', status: 5 } }],
        ]);
      }),
    mutants: {
      'any acknowledgment answers': guard('concernsCurrentOffer', ({ pending }) => pending?.kind === 'Policy'),
      'a refusal counts as a repetition': guard(
        'repeatsSettled',
        (context, event) => is(event, 'PolicyAcknowledged') && event.policyKey === context.settledKey,
      ),
    },
  }),
  law({
    promise: 'an acknowledgment repeated because its answer was lost gets the same key again, and changes nothing',
    holds: (engine) =>
      fc.property(toSettledAgreement, (events) => {
        const state = reach(engine, events, 'server', limits);
        const { settledKey, policyKey } = state.context;
        fc.pre(settledKey !== null);
        expect(engine.step(state, { type: 'PolicyAcknowledged', policyKey: settledKey ?? '', status: 1 })).toEqual([
          state,
          [{ type: 'Respond', response: { kind: 'PermanentKeyResponse', policyKey } }],
        ]);
      }),
    mutants: { 'the repetition is a stranger': guard('repeatsSettled', () => false) },
  }),
  law({
    promise: 'a demand about another key changes nothing',
    holds: (engine) =>
      fc.property(walks, anyRole, anyKey, (events, role, policyKey) => {
        const state = reach(engine, events, role, limits);
        fc.pre(policyKey !== state.context.policyKey);
        const [next, asked] = engine.step(state, { type: 'ReprovisionRequired', policyKey, reason: 'PolicyRefresh' });
        expect(next).toBe(state);
        expect(asked).toEqual([]);
      }),
    mutants: { 'any demand concerns us': guard('concernsCurrentKey', () => true) },
  }),
  law({
    promise: 'the current key is 0 unless a policy is offered or agreed (R618)',
    holds: (engine) =>
      fc.property(walks, anyRole, (events, role) => {
        const { name, context } = reach(engine, events, role, limits);
        if (context.policyKey !== '0') expect(name === 'Provisioned' || context.pending?.kind === 'Policy').toBe(true);
      }),
    mutants: { 'the key survives the fall': update('forgetOffer', () => () => ({ pending: null })) },
    runs: 1000,
  }),
  law({
    promise: 'key 0 is neither offered nor issued (I14)',
    holds: (engine) =>
      fc.property(walks, (events) => {
        const state = reach(engine, events, 'client', limits);
        for (const event of zeroKeys) expect(engine.step(state, event)[0]).toBe(state);
      }),
    mutants: { 'any key is a key': guard('carriesKey', () => true) },
  }),
];

const zeroKeys = [
  { type: 'PolicyOffered', policyKey: '0', policy: {}, revision: 'r1' },
  { type: 'PermanentKeyIssued', policyKey: '0' },
] as const satisfies readonly ProvisioningEvent[];
