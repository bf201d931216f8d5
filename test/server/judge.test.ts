import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AcknowledgmentRules, judge, strictRules } from '../../src/server/judge.js';

const rule = fc.constantFrom('accept', 'refuse');
const rules: fc.Arbitrary<AcknowledgmentRules> = fc.record({
  partial: rule,
  notApplied: rule,
  externallyManaged: rule,
});
const never = () => {
  throw new Error('a key was minted for a refusal');
};

test('1 earns a key whatever the rules are', () => {
  fc.assert(
    fc.property(rules, (given) => {
      expect(judge(1, given, () => '7')).toEqual({ type: 'PermanentKeyIssued', policyKey: '7' });
    }),
  );
});

test.each([
  [2, 'partial', 139],
  [3, 'notApplied', 139],
  [4, 'externallyManaged', 145],
] as const)(
  '%d earns a key only by the rule `%s`, otherwise %d and no key is minted (I3; R1046, R687)',
  (status, name, refusal) => {
    fc.assert(
      fc.property(rules, (given) => {
        const accepted = { type: 'PermanentKeyIssued', policyKey: '7' };
        const refused = { type: 'ProvisionRejected', scope: 'Provision', status: refusal };
        expect(judge(status, { ...given, [name]: 'accept' }, () => '7')).toEqual(accepted);
        expect(judge(status, { ...given, [name]: 'refuse' }, never)).toEqual(refused);
      }),
    );
  },
);

test('strict means that nothing but 1 counts', () => {
  for (const status of [2, 3, 4] as const) expect(judge(status, strictRules, never).type).toBe('ProvisionRejected');
  for (const given of Object.values(strictRules)) expect(given).toBe('refuse');
});
