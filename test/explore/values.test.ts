import { expect, test } from 'vitest';
import { createValues, FRESH_KEY } from '../../src/explore/values.js';

interface Sample {
  readonly policyKey: string;
  readonly settledKey?: string | null;
  readonly inner?: readonly { readonly policyKey: string }[];
}

/** The names with some of them changed. */
function names(changes: Readonly<Record<number, number>>) {
  return Array.from({ length: FRESH_KEY + 1 }, (_, name) => changes[name] ?? name);
}

test('equal values have one number, whatever the order of their fields', () => {
  const values = createValues<Sample>('sample');
  const one = values.of({ policyKey: '1', settledKey: null });
  expect(values.of({ settledKey: null, policyKey: '1' })).toBe(one);
  expect(values.of({ policyKey: '2', settledKey: null })).not.toBe(one);
  expect(values.at(one)).toEqual({ policyKey: '1', settledKey: null });
  expect(() => values.at(0)).toThrow(/sample/);
});

test('keys are found where they stand, and 0 is none', () => {
  const values = createValues<Sample>('sample');
  const id = values.of({ policyKey: '0', settledKey: '5', inner: [{ policyKey: '3' }, { policyKey: '5' }] });
  expect(values.keysOf(id)).toEqual([5, 3]);
});

test('a renamed value is the value with the other names', () => {
  const values = createValues<Sample>('sample');
  const id = values.of({ policyKey: '2', settledKey: '1', inner: [{ policyKey: '0' }] });
  const swapped = values.renamed(id, names({ 1: 2, 2: 1 }));
  expect(values.at(swapped)).toEqual({ policyKey: '1', settledKey: '2', inner: [{ policyKey: '0' }] });
  expect(values.renamed(swapped, names({ 1: 2, 2: 1 }))).toBe(id);
  expect(values.renamed(id, names({ 7: 8 }))).toBe(id);
});

test('values that differ in names alone have one shape', () => {
  const values = createValues<Sample>('sample');
  const shape = values.shapeOf(values.of({ policyKey: '4', settledKey: '9' }));
  expect(values.shapeOf(values.of({ policyKey: '9', settledKey: '4' }))).toBe(shape);
  expect(values.shapeOf(values.of({ policyKey: '4', settledKey: '4' }))).not.toBe(shape);
});
