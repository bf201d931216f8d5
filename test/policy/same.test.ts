import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameValue } from '../../src/policy/same.js';
import { unknownElement } from '../support/arbitraries/policy.js';

test('a copy is the same, and nothing that would be written otherwise is', () => {
  fc.assert(
    fc.property(unknownElement, unknownElement, (one, other) => {
      expect(isSameValue(one, structuredClone(one))).toBe(true);
      expect(isSameValue(one, other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
});

test.each<[unknown, unknown]>([
  [undefined, null],
  [null, 0],
  [0, false],
  [[], new Uint8Array()],
  [[], null],
  [
    ['a', 'b'],
    ['b', 'a'],
  ],
  [['a'], ['a', 'a']],
  [{ name: 'a' }, { content: 'a' }],
  [Uint8Array.of(1), Uint8Array.of(2)],
])('%j is not %j', (one, other) => {
  expect(isSameValue(one, other)).toBe(false);
  expect(isSameValue(other, one)).toBe(false);
});
