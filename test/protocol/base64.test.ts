import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64 } from '../../src/protocol/base64.js';
import { anyText } from '../support/arbitraries/text.js';

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='];

describe('base64', () => {
  it('spells bytes as Node does, and reads them back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(base64.encode(bytes)).toEqual({ ok: true, value: text });
        expect(base64.decode(text)).toEqual({ ok: true, value: bytes });
      }),
    );
  });

  it('accepts a text exactly when it is the spelling of its bytes', () => {
    const almost = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(almost, anyText()), (text) => {
        const isSpelling = Buffer.from(text, 'base64').toString('base64') === text;
        expect(base64.decode(text).ok).toBe(isSpelling);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['Zm9', 3, 'Its length is not a multiple of four.'],
    ['Zm9v!m9v', 4, 'A character outside the alphabet.'],
    ['Zm 9', 2, 'A character outside the alphabet.'],
    ['Zm-_', 2, 'A character outside the alphabet.'],
    ['Zm9=Zm9v', 3, 'A character outside the alphabet.'],
    ['Z===', 1, 'A character outside the alphabet.'],
    ['====', 0, 'A character outside the alphabet.'],
    ['Zh==', 1, 'Bits are left over before the padding.'],
    ['Zm9v\u0141m9v', 4, 'A character outside the alphabet.'],
  ])('refuses %j at character %i: %s', (text, offset, message) => {
    expect(base64.decode(text)).toEqual({ ok: false, error: { code: 'ERR_BASE64', message, offset } });
  });

  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foobar', 'Zm9vYmFy'],
  ])('spells %j as RFC 4648 section 10 does', (plain, spelled) => {
    expect(base64.encode(new TextEncoder().encode(plain))).toEqual({ ok: true, value: spelled });
  });
});
