import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiText } from '../../src/protocol/ascii.js';

test('the text of ASCII bytes, or of a part of them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ max: 0x7f, maxLength: 40 }), fc.nat(40), fc.nat(40), (bytes, a, b) => {
      const [start, end] = [Math.min(a, b, bytes.length), Math.min(Math.max(a, b), bytes.length)];
      expect(asciiText(bytes, start, end)).toBe(new TextDecoder().decode(bytes.subarray(start, end)));
    }),
  );
});
