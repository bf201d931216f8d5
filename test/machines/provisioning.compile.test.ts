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
  expect(provisioned?.get('*')?.map(({ id }) => id)).toEqual(['*.*[0]']);
});

test.each<[string, object, string]>([
  [
    'an eventless transition',
    state({ always: { target: 'Provisioned' } }),
    "Provisioned: the compiler does not know 'always'",
  ],
  [
    'a delayed transition',
    state({ after: { 1000: 'Provisioned' } }),
    "Provisioned: the compiler does not know 'after'",
  ],
  ['an invoked actor', state({ invoke: { src: 'fetch' } }), "Provisioned: the compiler does not know 'invoke'"],
  ['an entry action', state({ entry: 'begin' }), "Provisioned: the compiler does not know 'entry'"],
  ['a nested state', state({ states: {} }), "Provisioned: the compiler does not know 'states'"],
  [
    'a re-entering transition',
    state({ on: { Reset: { target: 'Provisioned', reenter: true } } }),
    "Provisioned.Reset[0]: the compiler does not know 'reenter'",
  ],
  [
    'an unknown guard',
    state({ on: { Reset: { guard: 'isMonday' } } }),
    'Provisioned.Reset[0]: nothing is named isMonday;',
  ],
  [
    'an inline guard',
    state({ on: { Reset: { guard: () => true } } }),
    'Provisioned.Reset[0]: nothing is named () => true;',
  ],
  [
    'an unknown action',
    state({ on: { Reset: { actions: 'celebrate' } } }),
    'Provisioned.Reset[0]: nothing is named celebrate;',
  ],
  [
    'an inline action',
    state({ on: { Reset: { actions: [() => {}] } } }),
    'Provisioned.Reset[0]: nothing is named () => {',
  ],
  [
    'an unknown target',
    state({ on: { Reset: { target: 'Nowhere' } } }),
    'Provisioned.Reset[0]: nothing is named Nowhere;',
  ],
  [
    'a property of every object as a name',
    state({ on: { Reset: { actions: 'toString' } } }),
    'Provisioned.Reset[0]: nothing is named toString;',
  ],
  ['a parallel machine', { ...config, type: 'parallel' }, "machine: the compiler does not know 'type'"],
])('what it does not know it refuses when it is loaded: %s', (_case, changed, said) => {
  expect(() => compile({ ...shippedParts, config: changed as MachineConfig })).toThrow(said);
});

function state(node: object): object {
  return { ...config, states: { ...config.states, Provisioned: node } };
}
