import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isIssuablePolicyKey, NO_POLICY_KEY, normalizePolicyKey } from '../../src/protocol/policy-key.js';

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const zeros = fc.nat(6).map((count) => '0'.repeat(count));

describe('normalizePolicyKey', () => {
  test('brings every spelling of a number to one form', () => {
    fc.assert(
      fc.property(uint32, zeros, fc.constantFrom('', ' ', '\r\n'), (number, leading, blank) => {
        expect(normalizePolicyKey(`${blank}${leading}${number}${blank}`)).toBe(String(number));
      }),
    );
  });

  test('is idempotent, bounded, and issues nothing that garbage could equal', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (presented) => {
        const key = normalizePolicyKey(presented);
        expect(key.length).toBeLessThanOrEqual(64);
        expect(/^\s*0*[1-9]\d{0,9}\s*$/.test(presented) || !isIssuablePolicyKey(key)).toBe(true);
      }),
    );
  });

  test.each(['', ' ', '0', '000'])('%j is no key', (presented) => {
    expect(normalizePolicyKey(presented)).toBe(NO_POLICY_KEY);
  });

  test.each(['-1', '1e3', '0x10', '12 34', 'abc', '00x', 'x007', '10070000000000', 'x'.repeat(64), '9'.repeat(64)])(
    '%j keeps its text',
    (presented) => {
      expect(normalizePolicyKey(presented)).toBe(presented);
    },
  );

  test('of more than 64 characters only the first are kept, zeros and all', () => {
    expect(normalizePolicyKey(`00${'x'.repeat(70)}1`)).toBe(`00${'x'.repeat(62)}`);
    expect(normalizePolicyKey('0'.repeat(65))).toBe('0'.repeat(64));
    expect(normalizePolicyKey('0'.repeat(64))).toBe(NO_POLICY_KEY);
  });
});

describe('isIssuablePolicyKey', () => {
  test('is 1 to 2^32 - 1 in decimal', () => {
    fc.assert(
      fc.property(uint32, (number) => {
        expect(isIssuablePolicyKey(String(number))).toBe(number > 0);
      }),
    );
  });

  test.each(['0', '4294967296', '9999999999', '01', '', '1.0', '+1', ' 1', '1\n'])('%j may not be issued', (key) => {
    expect(isIssuablePolicyKey(key)).toBe(false);
  });

  test('4294967295 is the last', () => {
    expect(isIssuablePolicyKey('4294967295')).toBe(true);
  });
});
