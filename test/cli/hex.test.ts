import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfHex, hexOf, looksLikeHex } from '../../src/cli/hex.js';

const separator = fc.constantFrom('', ' ', ':', '\n', '\t');

test('digits in pairs are the bytes, whatever stands between them', () => {
  fc.assert(
    fc.property(fc.uint8Array(), separator, fc.boolean(), (bytes, between, isUpper) => {
      const digits = (hexOf(bytes).match(/../g) ?? []).join(between);
      const text = isUpper ? digits.toUpperCase() : digits;
      expect(bytesOfHex(text)).toEqual({ ok: true, value: bytes });
      expect(looksLikeHex(new TextEncoder().encode(text))).toBe(bytes.length > 0);
    }),
  );
});

test('a document never looks like digits', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (rest) => {
      expect(looksLikeHex(Uint8Array.of(3, 1, 0x6a, 0, ...rest))).toBe(false);
    }),
  );
});

test('what is no digit is named by its place', () => {
  expect(bytesOfHex('03 0g')).toEqual({ ok: false, error: 'not a hexadecimal digit (character 4)' });
  expect(bytesOfHex('030')).toEqual({ ok: false, error: 'half a byte at the end (character 3)' });
});
