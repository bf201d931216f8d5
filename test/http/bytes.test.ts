import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHex, decodeUtf8, encodeHex, encodeUtf8 } from '../../src/http/bytes.js';
import { anyText } from '../support/arbitraries/text.js';

describe('UTF-8', () => {
  it('keeps every text, a byte order mark at its start included', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(decodeUtf8(encodeUtf8(`\ufeff${text}`)!)).toBe(`\ufeff${text}`);
      }),
    );
  });

  it('has no form for half a surrogate pair', () => {
    for (const text of ['\ud83d', 'a\udd11', '\udd11\ud83d']) expect(encodeUtf8(text)).toBeNull();
  });

  it.each([[[0xff]], [[0xc3]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xf8, 0x88, 0x80, 0x80, 0x80]]])(
    'refuses the bytes %j and goes on',
    (bytes) => {
      expect(decodeUtf8(Uint8Array.from(bytes))).toBeNull();
      expect(decodeUtf8(Uint8Array.of(0x61))).toBe('a');
    },
  );
});

describe('hexadecimal digits', () => {
  it('are those of Node, and lead back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(encodeHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(decodeHex(encodeHex(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(['0', '0g', 'AB', '0x', ' 0', '00\n'])('are not %j', (text) => expect(decodeHex(text)).toBeNull());
});
