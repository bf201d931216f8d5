import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delayBefore } from '../../src/client/backoff.js';

const backoff = { base: 1000, cap: 60_000 };

describe('delayBefore', () => {
  test('is never below what the server asks, and otherwise at most the doubled base and the cap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.option(fc.nat(86_400_000)),
        (attempt, random, serverAsks) => {
          const delay = delayBefore(attempt, backoff, random, serverAsks);
          expect(delay).toBeGreaterThanOrEqual(serverAsks ?? 0);
          expect(delay).toBeLessThanOrEqual(Math.max(serverAsks ?? 0, Math.min(60_000, 1000 * 2 ** (attempt - 1))));
        },
      ),
    );
  });

  test('doubles from try to try and spreads over the whole of it', () => {
    expect([1, 2, 3, 4].map((attempt) => delayBefore(attempt, backoff, 1, null))).toEqual([1000, 2000, 4000, 8000]);
    expect(delayBefore(4, backoff, 0.25, null)).toBe(2000);
    expect(delayBefore(4, backoff, 0, null)).toBe(0);
    expect(delayBefore(99, backoff, 1, null)).toBe(60_000);
  });
});
