import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffPolicies, type PolicyChange } from '../../src/policy/diff.js';
import { policyRevision } from '../../src/policy/revision.js';
import { type EASProvisionDoc, policyElementNames } from '../../src/protocol/policy.js';
import { anyPolicy, validPolicy } from '../support/arbitraries/policy.js';

describe('laws', () => {
  test('a policy does not differ from itself, nor from a copy with its properties in another order', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(diffPolicies(policy, policy)).toEqual([]);
        const copy = Object.fromEntries(Object.entries(structuredClone(policy)).reverse());
        expect(diffPolicies(policy, copy as EASProvisionDoc)).toEqual([]);
      }),
    );
  });

  test('applied to the first policy it gives the second', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (before, after) => {
        expect(applied(diffPolicies(before, after), before)).toEqual(after);
      }),
      { numRuns: 500 },
    );
  });

  test('backwards it is the reverse', () => {
    const back = { added: 'removed', removed: 'added', changed: 'changed' };
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (before, after) => {
        const forth = diffPolicies(before, after);
        expect(diffPolicies(after, before).map(({ element, change }) => [element, change])).toEqual(
          forth.map(({ element, change }) => [element, back[change]]),
        );
      }),
    );
  });

  test('it is empty exactly when the revisions are equal', async () => {
    const pair = fc.oneof(
      fc.tuple(validPolicy, validPolicy),
      validPolicy.map((policy) => [policy, structuredClone(policy)] as const),
    );
    await fc.assert(
      fc.asyncProperty(pair, async ([one, other]) => {
        const isSame = (await policyRevision(one)) === (await policyRevision(other));
        expect(diffPolicies(one, other).length === 0).toBe(isSame);
      }),
    );
  });

  test('rows stand in the order of the schema, what no row names last', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (before, after) => {
        const order = [...policyElementNames, 'unknownElements'];
        const places = diffPolicies(before, after).map(({ element }) => order.indexOf(element));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      }),
    );
  });
});

test('absent, empty and 0 are apart', () => {
  const [absent, empty, zero] = [{}, { MaxInactivityTimeDeviceLock: null }, { MaxInactivityTimeDeviceLock: 0 }];
  const rows = [diffPolicies(absent, empty), diffPolicies(empty, zero), diffPolicies(zero, absent)].flat();
  const element = 'MaxInactivityTimeDeviceLock';
  expect(rows).toStrictEqual([
    { element, before: undefined, after: null, change: 'added', effect: 'other' },
    { element, before: null, after: 0, change: 'changed', effect: 'stricter' },
    { element, before: 0, after: undefined, change: 'removed', effect: 'looser' },
  ]);
});

test('rules for passwords weigh what they weigh with the password', () => {
  const before: EASProvisionDoc = { DevicePasswordEnabled: true, MinDevicePasswordLength: 4, AllowCamera: false };
  const after: EASProvisionDoc = { DevicePasswordEnabled: false, MinDevicePasswordLength: 8, AllowCamera: true };
  expect(diffPolicies(before, after).map(({ element, effect }) => [element, effect])).toEqual([
    ['DevicePasswordEnabled', 'looser'],
    ['MinDevicePasswordLength', 'looser'],
    ['AllowCamera', 'looser'],
  ]);
});

test('a list in another order is another document, and asks for the same', () => {
  const [before, after] = [
    ['a', 'b'],
    ['b', 'a'],
  ].map((ApprovedApplicationList) => ({ ApprovedApplicationList }));
  expect(diffPolicies(before ?? {}, after ?? {})).toMatchObject([{ change: 'changed', effect: 'other' }]);
});

function applied(changes: readonly PolicyChange[], before: EASProvisionDoc): EASProvisionDoc {
  const after = new Map<string, unknown>(Object.entries(before));
  for (const { element, after: value, change } of changes) {
    if (change === 'removed') after.delete(element);
    else after.set(element, value);
  }
  return Object.fromEntries(after) as EASProvisionDoc;
}
