import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { createActor, transition } from 'xstate';
import type { Effect } from '../../machines/provisioning.effects.js';
import type { ProvisioningEvent, Role } from '../../machines/provisioning.events.js';
import { provisioningMachine } from '../../machines/provisioning.machine.js';
import { type ProvisioningState, resume, start, step, stepThrough } from '../../machines/provisioning.step.js';
import { allFacts } from '../support/arbitraries/facts.js';
import { reachable } from '../support/reachable.js';

test.each<Role>(['client', 'server'])('step and XState agree on every reachable state and every fact (%s)', (role) => {
  const states = reachable(role);
  expect(states.length).toBeGreaterThan(400);
  const cells = states.flatMap((state) => allFacts.map((event) => ({ state, event })));
  const differing = cells.filter(({ state, event }) => !isDeepStrictEqual(step(state, event), byXState(state, event)));
  expect(differing).toEqual([]);
});

test('an actor of the same machine hands each effect to the injected action as plain data', () => {
  const seen: Effect[] = [];
  const actor = createActor(
    provisioningMachine.provide({ actions: { effect: (_, effect) => void seen.push(effect) } }),
    {
      input: { role: 'client', limits: { attempts: 1, cycles: 3 } },
    },
  ).start();
  actor.send({ type: 'PolicyRequested' });
  actor.send({ type: 'PolicyOffered', policyKey: '1307199584', policy: {}, revision: 'r1' });
  expect(seen).toEqual([
    { type: 'Send', request: { kind: 'InitialRequest' }, policyKey: '0', awaitsReply: true },
    { type: 'ApplyPolicy', policy: {}, policyKey: '1307199584' },
  ]);
  expect(actor.getSnapshot().value).toBe('Acknowledging');
});

test('start has nothing, resume has its key', () => {
  expect(start('client')).toMatchObject({
    name: 'Unprovisioned',
    context: { policyKey: '0', limits: { attempts: 3, cycles: 3 } },
  });
  expect(resume('server', '7', { revision: 'r1' })).toMatchObject({
    name: 'Provisioned',
    context: { policyKey: '7', revision: 'r1' },
  });
});

test('a fact that changes nothing gives back the same state by reference', () => {
  const state = resume('server', '7');
  expect(step(state, { type: 'CommandAdmitted', policyKey: '7' })[0]).toBe(state);
});

test('a fact of no known type is a violation; a state of no known name is a mistake of the caller', () => {
  const unknown: ProvisioningEvent = JSON.parse('{"type":"PolicyStolen"}');
  const state = start('server');
  expect(step(state, unknown)).toEqual([
    state,
    [{ type: 'Report', outcome: { kind: 'Violation', event: 'PolicyStolen', fault: 'local' } }],
  ]);
  const nowhere: ProvisioningState = { ...state, name: 'toString' as 'Provisioned' };
  expect(() => step(nowhere, { type: 'Reset' })).toThrow(new TypeError('Not a provisioning state: toString'));
});

test('a fact for which another table has no edge changes nothing', () => {
  const state = start('server');
  const [next, effects] = stepThrough(new Map([[state.name, new Map()]]), state, { type: 'Reset' });
  expect([next, effects]).toEqual([state, []]);
  expect(next).toBe(state);
});

function byXState(state: ProvisioningState, event: ProvisioningEvent) {
  const snapshot = provisioningMachine.resolveState({ value: state.name, context: state.context });
  const [next, actions] = transition(provisioningMachine, snapshot, event);
  const effects = actions.flatMap((action) => (action.type === 'effect' ? [action.params] : []));
  return [{ name: next.value, context: next.context }, effects];
}
