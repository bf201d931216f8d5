import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { remembering } from '../../src/server/memo.js';

const texts = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c', '', '__proto__'), fc.string({ maxLength: 2000 })));

/** A function that tells how often it was asked. */
function counted() {
  const asked: string[] = [];
  const answer = (text: string) => {
    asked.push(text);
    return { text };
  };
  return { asked, answer };
}

test('gives the same answers as the function, whatever it was asked before', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 8 }), (asked, limit) => {
      const answer = (text: string) => (text.length % 2 === 0 ? null : text.toUpperCase());
      const remembered = remembering(answer, limit);
      for (const text of asked) expect(remembered(text)).toBe(answer(text));
    }),
  );
});

test('never asks again for one of up to `limit` texts it knows', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 8 }), (unlike) => {
      const { asked, answer } = counted();
      const remembered = remembering(answer, unlike.length);
      const first = unlike.map(remembered);
      const again = unlike.map(remembered);
      expect(asked).toEqual(unlike);
      for (const [at, value] of again.entries()) expect(value).toBe(first[at]);
    }),
  );
});

describe('is bounded', () => {
  test('one text more than the limit, and all others are forgotten', () => {
    const { asked, answer } = counted();
    const remembered = remembering(answer, 2);
    for (const text of ['a', 'b', 'a', 'b', 'c', 'c', 'a']) remembered(text);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  test('the limit is 4096 where none is given', () => {
    const { asked, answer } = counted();
    const remembered = remembering(answer);
    for (let n = 0; n < 4096; n++) remembered(String(n));
    remembered('0');
    expect(asked).toHaveLength(4096);
    remembered('4096');
    remembered('0');
    expect(asked.slice(4096)).toEqual(['4096', '0']);
  });

  test.each([
    [1024, 1],
    [1025, 2],
  ])('a text of %d characters, asked for twice, costs %d calls', (length, calls) => {
    const { asked, answer } = counted();
    const remembered = remembering(answer);
    remembered('x'.repeat(length));
    remembered('x'.repeat(length));
    expect(asked).toHaveLength(calls);
  });
});
