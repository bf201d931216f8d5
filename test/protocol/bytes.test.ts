import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes } from '../../src/protocol/bytes.js';

test('chunks come out in order, as a copy', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (chunks) => {
      const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      const whole = joinBytes(chunks, length);
      expect([...whole]).toEqual(chunks.flatMap((chunk) => [...chunk]));
      for (const chunk of chunks) expect(whole.buffer).not.toBe(chunk.buffer);
    }),
  );
});
