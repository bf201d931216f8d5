import { expect, test } from 'vitest';
import { deviceFeatures, type EnforcementRow, enforcement } from '../../src/policy/enforcement.js';
import { policyElementNames } from '../../src/protocol/policy.js';

const rows: readonly (readonly [string, EnforcementRow])[] = Object.entries(enforcement);

test('there is a row for each element, in the order of the schema', () => {
  expect(Object.keys(enforcement)).toEqual(policyElementNames);
});

test('a requirement to ignore an element goes with the feature that it is about, and every feature is used', () => {
  const featured = rows.filter(([, { feature }]) => feature !== undefined);
  expect(rows.filter(([, { without }]) => without !== undefined)).toEqual(featured);
  expect(new Set(featured.map(([, { feature }]) => feature))).toEqual(new Set(Object.keys(deviceFeatures)));
});
