import { expect, test } from 'vitest';
import { compile, type MachineConfig } from '../../machines/provisioning.compile.js';
import { shippedParts, stateNames } from '../../machines/provisioning.step.js';

const { config } = shippedParts;

test('the dispatch table knows the five states and no other', () => {
  expect([...compile(shippedParts).keys()]).toEqual(stateNames);
});

test('a leaf’s edges come before the root’s, and the wildcard last', () => {
  const provisioned = compile(shippedParts).get('Provisioned');
  expect(provisioned?.get('PolicyAcknowledged')?.map(({ id }) => id)).toEqual([
    'Provisioned.PolicyAcknowledged[0]',
    '*.PolicyAcknowledged[0]',
    '*.*[0]',
  ]);
  expect(provisioned?.get('PermanentKeyIssued')?.map(({ id }) => id)).toEqual(['*.*[0]']);
});

test.each<[string, object]>([
  ['an eventless transition', state({ always: { target: 'Provisioned' } })],
  ['a delayed transition', state({ after: { 1000: 'Provisioned' } })],
  ['an invoked actor', state({ invoke: { src: 'fetch' } })],
  ['an entry action', state({ entry: 'begin' })],
  ['a nested state', state({ states: {} })],
  ['a re-entering transition', state({ on: { Reset: { target: 'Provisioned', reenter: true } } })],
  ['an unknown guard', state({ on: { Reset: { guard: 'isMonday' } } })],
  ['an inline guard', state({ on: { Reset: { guard: () => true } } })],
  ['an unknown action', state({ on: { Reset: { actions: 'celebrate' } } })],
  ['an inline action', state({ on: { Reset: { actions: [() => {}] } } })],
  ['an unknown target', state({ on: { Reset: { target: 'Nowhere' } } })],
  ['a property of every object as a name', state({ on: { Reset: { actions: 'toString' } } })],
  ['a parallel machine', { ...config, type: 'parallel' }],
])('what it does not know it refuses when it is loaded: %s', (_case, changed) => {
  expect(() => compile({ ...shippedParts, config: changed as MachineConfig })).toThrow(TypeError);
});

function state(node: object): object {
  return { ...config, states: { ...config.states, Provisioned: node } };
}
