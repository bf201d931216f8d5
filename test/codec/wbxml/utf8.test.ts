import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../../src/codec/wbxml/utf8.js';
import { fromHex } from '../../support/hex.js';
import { text } from './trees.js';

test('reads what TextEncoder wrote, at any place in the bytes', () => {
  fc.assert(
    fc.property(text, fc.nat(9), fc.nat(9), (text, before, after) => {
      const encoded = new TextEncoder().encode(text);
      const bytes = Uint8Array.from([...Array(before).fill(0xff), ...encoded, ...Array(after).fill(0xff)]);
      const ascii = encoded.every((byte) => byte < 0x80);
      expect(utf8(bytes, before, before + encoded.length, ascii)).toBe(text);
    }),
  );
});

test('reads ASCII of every length alike', () => {
  for (let length = 0; length < 100; length++) {
    const text = 'the quick brown fox '.repeat(5).slice(0, length);
    expect(utf8(new TextEncoder().encode(text), 0, length, true)).toBe(text);
  }
});

test('keeps a byte order mark', () => {
  expect(utf8(fromHex('EF BB BF 41'), 0, 4, false)).toBe('\uFEFFA');
});

test.each([
  ['a byte that never occurs', 'FF'],
  ['a continuation without a start', '80'],
  ['a start without its continuation', 'E2 82'],
  ['an overlong NUL', 'C0 80'],
  ['half a surrogate pair', 'ED A0 80'],
  ['beyond U+10FFFF', 'F4 90 80 80'],
])('refuses %s', (_, hex) => {
  const bytes = fromHex(hex);
  expect(utf8(bytes, 0, bytes.length, false)).toBeNull();
});
