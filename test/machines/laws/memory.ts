/** What is remembered in each state, and what is forgotten on the way. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { cleanMemory, type ProvisioningContext } from '../../../machines/provisioning.context.js';
import { wipeReasons } from '../../../machines/provisioning.guards.js';
import type { ProvisioningStateName } from '../../../machines/provisioning.step.js';
import { anyRole } from '../../support/arbitraries/facts.js';
import { begin, edges, reach, update } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import { isConfirmed, limits, tightLimits, toAcknowledgment, toLoop, toSettledAgreement, walks } from './runs.js';

export const memoryLaws: readonly Law[] = [
  law({
    promise: 'each state remembers what it means, and nothing else',
    holds: (engine) =>
      fc.property(walks, anyRole, (events, role) => {
        const { name, context } = reach(engine, events, role, limits);
        const { pending, policyKey, reason } = context;
        expect(context).toMatchObject(meanings[name]);
        expect(pending !== null).toBe(name === 'Acknowledging');
        if (pending === null) return;
        const isWipe = pending.kind === 'Wipe';
        expect([policyKey === '0', reason]).toEqual([isWipe, isWipe ? wipeReasons[pending.scope] : null]);
      }),
    mutants: {
      'what failed is forgotten, and how often it was tried is not': update(
        'forgetOffer',
        (was) => (context, event) => ({
          ...was(context, event),
          attempts: context.attempts,
        }),
      ),
      'a device without a policy has not begun': edges('AwaitingPolicy', 'PolicyNotDefined', [
        { target: 'Unprovisioned', actions: ['keepNoKey', 'waivePolicy'] },
      ]),
    },
    runs: 1000,
  }),

  law({
    promise: 'a reset leaves nothing, and stores that no key holds',
    holds: (engine) =>
      fc.property(walks, anyRole, (events, role) => {
        expect(engine.step(reach(engine, events, role, limits), { type: 'Reset' })).toEqual([
          begin(role, limits),
          [{ type: 'StorePolicyKey', policyKey: '0' }],
        ]);
      }),
    mutants: {
      'the reason survives a reset': update('forgetAll', (was) => ({ reason, ...context }, event) => ({
        ...was({ reason, ...context }, event),
        reason,
      })),
      'the key stays in the store': edges('*', 'Reset', [{ target: '.Unprovisioned', actions: 'forgetAll' }]),
    },
  }),

  law({
    promise: 'each request begins one exchange, counts it once, and keeps the reason for it (I6)',
    holds: (engine) =>
      fc.property(walks, anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        fc.pre(!isConfirmed(state));
        const { context } = state;
        const memory = { ...context, ...cleanMemory, reason: context.reason, cycles: context.cycles + 1 };
        expect(engine.step(state, { type: 'PolicyRequested' })[0]).toEqual({ name: 'AwaitingPolicy', context: memory });
      }),
    mutants: {
      'an exchange begun anew is not counted': edges('*', 'PolicyRequested', [
        { target: '.AwaitingPolicy', actions: ['forgetOffer', 'requestPolicy'] },
      ]),
      'the reason is forgotten': update('begin', (was) => (context, event) => ({
        ...was(context, event),
        reason: null,
      })),
    },
  }),

  law({
    promise: 'an agreement remembers the revision that was offered, and the key that earned it (I4)',
    holds: (engine) =>
      fc.property(toAcknowledgment, anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        const { pending, policyKey: settledKey, cycles } = state.context;
        fc.pre(pending?.kind === 'Policy' && pending.status !== null);
        const [next] = engine.step(state, { type: 'PermanentKeyIssued', policyKey: '99' });
        const revision = pending?.kind === 'Policy' ? pending.revision : null;
        expect(next).toMatchObject({
          name: 'Provisioned',
          context: { ...cleanMemory, policyKey: '99', revision, settledKey, cycles },
        });
      }),
    mutants: {
      'the revision is forgotten': update('keepKey', (was) => (context, event) => ({
        ...was(context, event),
        revision: null,
      })),
      'the new key stands for the one that earned it': edges('Acknowledging', 'PermanentKeyIssued', [
        { guard: 'isAcknowledged', target: 'Provisioned', actions: ['keepKey', 'keepKey', 'issueKey'] },
      ]),
    },
  }),

  law({
    promise: 'a command under the key agreed on ends the count of exchanges, and settles the acknowledgment',
    holds: (engine) =>
      fc.property(toSettledAgreement, anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        fc.pre(state.name === 'Provisioned');
        const { context } = state;
        expect(engine.step(state, { type: 'CommandAdmitted', policyKey: context.policyKey })).toEqual([
          { name: 'Provisioned', context: { ...context, cycles: 0, settledKey: null } },
          [],
        ]);
      }),
    mutants: {
      'the count goes on': update('forgetCycles', () => () => ({ settledKey: null })),
    },
  }),

  law({
    promise: 'a request beyond the limit begins nothing, and both hosts are told of a loop (I6)',
    holds: (engine) =>
      fc.property(toLoop, anyRole, (events, role) => {
        const state = reach(engine, events, role, tightLimits);
        const { cycles } = state.context;
        fc.pre(state.name === 'NeedsReprovision' && cycles >= tightLimits.cycles);
        const failure = { kind: 'ReprovisionLoop', cycles };
        expect(engine.step(state, { type: 'PolicyRequested' })).toEqual([
          { name: 'NeedsReprovision', context: { ...state.context, failure } },
          [{ type: 'Report', outcome: { kind: 'Failed', failure } }],
        ]);
      }),
    mutants: {
      'nobody is told': edges('NeedsReprovision', 'PolicyRequested', [
        { guard: 'withinCycles', target: 'AwaitingPolicy', actions: ['begin', 'requestPolicy'] },
        { actions: 'keepFailure' },
      ]),
    },
  }),
];

const idle = { pending: null, attempts: 0 } as const;
const keyless = { policyKey: '0', revision: null, settledKey: null } as const;

/** The state of the memory by name (MS-ASPROV 3.1.1); what is not said may be anything. */
const meanings: Readonly<Record<ProvisioningStateName, Partial<ProvisioningContext>>> = {
  Unprovisioned: cleanMemory,
  AwaitingPolicy: { ...keyless, pending: null, failure: null },
  Acknowledging: { revision: null, settledKey: null, failure: null },
  Provisioned: { ...idle, reason: null, failure: null },
  NeedsReprovision: { ...idle, ...keyless },
};
