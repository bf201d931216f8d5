import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapped } from '../../src/cli/wrapped.js';

test('no line is longer than the width, and no word is lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 30 })),
      fc.integer({ min: 5, max: 40 }),
      (words, width) => {
        const lines = wrapped(words.join(' '), width);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
      },
    ),
  );
});

test('it breaks between words, and only where it has to', () => {
  expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapped('one two three', 13)).toEqual(['one two three']);
  expect(wrapped('abcdefgh ij', 5)).toEqual(['abcde', 'fgh', 'ij']);
});
