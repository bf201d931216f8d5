import { expect, test } from 'vitest';
import { policyElements } from '../../src/protocol/policy-elements.js';
import { isInRange, isOfType, rangeRule, typeRule } from '../../src/protocol/policy-value.js';

const { AllowCamera, ApprovedApplicationList, MaxCalendarAgeFilter, MinDevicePasswordLength, DevicePasswordHistory } =
  policyElements;

test.each([
  [AllowCamera.kind, 'true, false or null', 'true or false'],
  [ApprovedApplicationList.kind, 'a list of Hash texts', 'a list of Hash texts'],
  [MaxCalendarAgeFilter.kind, 'an integer or null', 'one of 0, 4, 5, 6, 7'],
  [MinDevicePasswordLength.kind, 'an integer or null', '1 to 16, or null'],
  [DevicePasswordHistory.kind, 'an integer or null', '0 to 4294967295'],
] as const)('%j in words: %s; %s', (kind, type, range) => {
  expect([typeRule(kind), rangeRule(kind)]).toEqual([type, range]);
});

test('a list has no range beside its type', () => {
  const { kind } = ApprovedApplicationList;
  expect(isInRange(kind, ['a'])).toBe(true);
  expect([isOfType(kind, []), isOfType(kind, ['a', '']), isOfType(kind, ['a', 7]), isOfType(kind, 'a')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
