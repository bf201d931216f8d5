/** What holds for both sides alike: one machine, pure, durable, each with its own work. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { facts, is, type Role } from '../../../machines/provisioning.events.js';
import { guards } from '../../../machines/provisioning.guards.js';
import { load, save } from '../../../machines/provisioning.record.js';
import type { ProvisioningState } from '../../../machines/provisioning.step.js';
import { anyRole } from '../../support/arbitraries/facts.js';
import { edges, effect, guard, reach, update } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import { ends, isConfirmed, limits, walks } from './runs.js';

export const sideLaws: readonly Law[] = [
  law({
    promise: 'role-blind: the same facts lead both sides to the same state',
    holds: ({ step }) =>
      fc.property(walks, (events) => {
        let client: ProvisioningState = reach({ step }, [], 'client', limits);
        let server: ProvisioningState = reach({ step }, [], 'server', limits);
        for (const event of events) {
          [client] = step(client, event);
          [server] = step(server, event);
          expect(withoutRole(server)).toEqual(withoutRole(client));
        }
      }),
    mutants: {
      'a guard reads the role': guard(
        'carriesKey',
        (context, event) => guards.carriesKey(context, event) && context.role === 'client',
      ),
      'an update reads the role': update(
        'begin',
        (was) => (context, event) => (context.role === 'server' ? {} : was(context, event)),
      ),
    },
  }),
  law({
    promise: 'pure: the same state and fact give the same answer, and neither is touched',
    holds: (engine) =>
      fc.property(ends, anyRole, ([events, event], role) => {
        const state = reach(engine, events, role, limits);
        const before = JSON.stringify([state, event]);
        expect(engine.step(state, event)).toEqual(engine.step(state, event));
        expect(JSON.stringify([state, event])).toBe(before);
      }),
    mutants: {
      'an update writes to the memory it reads': update('countAttempt', () => (context) => {
        Object.assign(context, { attempts: context.attempts + 1 });
        return {};
      }),
    },
  }),
  law({
    promise: 'durable: a state saved and loaded behaves as the state itself',
    holds: (engine) =>
      fc.property(ends, anyRole, ([events, event], role) => {
        const state = reach(engine, events, role, limits);
        const loaded = load(JSON.parse(JSON.stringify(save(state))), role, limits);
        expect(loaded).toEqual({ ok: true, value: state });
        if (loaded.ok) expect(engine.step(loaded.value, event)).toEqual(engine.step(state, event));
      }),
    mutants: {
      'something is remembered that JSON cannot hold': update('countAttempt', () => () => ({ attempts: Number.NaN })),
      'an offer outlives its exchange': update('forgetOffer', () => () => ({ policyKey: '0' })),
    },
  }),
  law({
    promise: 'only the author sends: a device puts only its own facts on the wire',
    holds: (engine) =>
      fc.property(ends, ([events, event]) => {
        const state = reach(engine, events, 'client', limits);
        const [, asked] = engine.step(state, event);
        // What was confirmed is said again to whoever directs it again.
        const isOwn = facts[event.type].author === 'client' || is(event, 'RetryDue') || isConfirmed(state);
        if (asked.some(({ type }) => type === 'Send')) expect(isOwn).toBe(true);
      }),
    mutants: {
      'an offer is acknowledged before it is applied': effect('offerPolicy', 'client', ({ policyKey }) => [
        { type: 'Send', request: { kind: 'PolicyAcknowledgment', policyKey, status: 1 }, policyKey, awaitsReply: true },
      ]),
    },
  }),
  law({
    promise: 'no side does the work of the other',
    holds: (engine) =>
      fc.property(ends, anyRole, ([events, event], role) => {
        const [, asked] = engine.step(reach(engine, events, role, limits), event);
        for (const { type } of asked) expect([...work[role], ...work.both]).toContain(type);
      }),
    mutants: {
      'a device answers itself': effect('waivePolicy', 'client', () => [
        { type: 'Respond', response: { kind: 'NoPolicyResponse' } },
      ]),
    },
  }),
  law({
    promise: 'a violation changes nothing and names whose it is',
    holds: (engine) =>
      fc.property(ends, anyRole, ([events, event], role) => {
        const state = reach(engine, events, role, limits);
        const [next, asked] = engine.step(state, event);
        for (const asking of asked) {
          if (asking.type !== 'Report' || asking.outcome.kind !== 'Violation') continue;
          expect(next).toBe(state);
          const { author } = facts[event.type];
          expect(asking.outcome).toEqual({
            kind: 'Violation',
            event: event.type,
            fault: author === role ? 'local' : author,
          });
        }
      }),
    mutants: {
      'a violation moves the state': edges('*', '*', [{ target: '.Unprovisioned', actions: 'reportViolation' }]),
      'the innocent is to blame': effect('reportViolation', 'client', (_context, event) => [
        { type: 'Report', outcome: { kind: 'Violation', event: event.type, fault: 'local' } },
      ]),
    },
  }),
];

const work: Readonly<Record<Role | 'both', readonly string[]>> = {
  client: ['Send', 'ApplyPolicy', 'ConfirmWipe', 'Wipe'],
  server: ['Respond', 'LoadPolicy', 'JudgeAcknowledgment', 'RecordWipe'],
  both: ['StorePolicyKey', 'StartTimer', 'Report'],
};

function withoutRole({ name, context: { role: _role, ...memory } }: ProvisioningState) {
  return { name, memory };
}
