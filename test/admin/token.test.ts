import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenCheck } from '../../src/admin/token.js';

const anyToken = fc.stringMatching(/^[\x21-\x7e]{1,80}$/);

test('only the token itself is right, in whatever header', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyToken,
      anyToken,
      fc.constantFrom('Authorization', 'authorization'),
      async (right, other, name) => {
        const isRight = tokenCheck(right);
        expect(await isRight({ [name]: `Bearer ${right}` })).toBe(true);
        expect(await isRight({ [name]: `Bearer ${other}` })).toBe(other === right);
        expect(await isRight({ [name]: `Bearer ${right}${other}` })).toBe(false);
        expect(await isRight({ [name]: `Basic ${right}` })).toBe(false);
        expect(await isRight({})).toBe(false);
      },
    ),
  );
});

test('a token that differs in one place is another, wherever that is', async () => {
  const right = 'abcdefghijklmnopqrstuvwxyz';
  const isRight = tokenCheck(right);
  for (let at = 0; at < right.length; at++) {
    const other = `${right.slice(0, at)}!${right.slice(at + 1)}`;
    expect(await isRight({ authorization: `Bearer ${other}` })).toBe(false);
  }
});

test('what no header can carry is no token', () => {
  for (const token of ['', ' ', 'a b', 'a\t', 'ß', 'x'.repeat(513)]) expect(() => tokenCheck(token)).toThrow(TypeError);
  expect(() => tokenCheck('x'.repeat(512))).not.toThrow();
});
