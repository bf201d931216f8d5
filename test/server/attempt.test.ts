import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { andThen, attempt, failed } from '../../src/server/attempt.js';

const values = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.func(fc.nat()));

describe('andThen', () => {
  test('goes on at once with what is there, and later with what is promised, to the same end', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const next = (given: unknown) => [given];
        expect(andThen(value, next)).toEqual([value]);
        const promised = andThen(Promise.resolve(value), next);
        expect(promised).toBeInstanceOf(Promise);
        expect(await promised).toEqual([value]);
      }),
    );
  });

  test('a promise that breaks stays broken: nothing goes on', async () => {
    let isCalled = false;
    const broken = andThen(Promise.reject(new Error('down')), () => {
      isCalled = true;
    });
    await expect(broken).rejects.toThrow('down');
    expect(isCalled).toBe(false);
  });
});

describe('attempt', () => {
  test('gives what the call gave, now or later', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        expect(attempt(() => value)).toBe(value);
        expect(await attempt(() => Promise.resolve(value))).toBe(value);
      }),
    );
  });

  test('whatever is thrown or rejected with is `failed`', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (thrown) => {
        const throwing = (): string => {
          throw thrown;
        };
        expect(attempt(throwing)).toBe(failed);
        expect(await attempt(() => Promise.reject(thrown))).toBe(failed);
      }),
    );
  });
});
