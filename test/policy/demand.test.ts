import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asks, asksByItself, effectOf, isStricter, type PolicyElementValue } from '../../src/policy/demand.js';
import {
  type EASProvisionDoc,
  type PolicyElementName,
  policyElementNames,
  policyElements,
} from '../../src/protocol/policy.js';
import { anyPolicy, anyValue, validPolicy } from '../support/arbitraries/policy.js';

const on = { DevicePasswordEnabled: true } as const;
const element = fc.constantFrom(...policyElementNames);

describe('asks', () => {
  test('nothing of what is absent, empty or as if absent', () => {
    for (const name of policyElementNames) {
      for (const value of [undefined, null, policyElements[name].ifAbsent]) {
        expect([name, asksByItself(name, value)]).toEqual([name, false]);
      }
    }
  });

  test('for a password rule only with a password', () => {
    fc.assert(
      fc.property(validPolicy, element, (policy, name) => {
        const isGated = 'gated' in policyElements[name] && policy.DevicePasswordEnabled !== true;
        expect(asks(name, policy)).toBe(!isGated && asksByItself(name, policy[name]));
      }),
    );
  });

  test.each<[PolicyElementName, PolicyElementValue, boolean]>([
    ['DevicePasswordEnabled', false, false],
    ['DevicePasswordEnabled', true, true],
    ['AllowCamera', true, false],
    ['AllowCamera', false, true],
    ['PasswordRecoveryEnabled', true, true],
    ['MinDevicePasswordLength', 1, false],
    ['MinDevicePasswordLength', 2, true],
    ['MinDevicePasswordComplexCharacters', 1, false],
    ['MaxInactivityTimeDeviceLock', 0, true],
    ['MaxInactivityTimeDeviceLock', 9998, true],
    ['MaxInactivityTimeDeviceLock', 9999, false],
    ['MaxInactivityTimeDeviceLock', -1, false],
    ['MaxAttachmentSize', 0, true],
    ['MaxAttachmentSize', -1, false],
    ['MaxDevicePasswordFailedAttempts', 0, false],
    ['MaxDevicePasswordFailedAttempts', 3, true],
    ['DevicePasswordExpiration', 0, false],
    ['DevicePasswordHistory', 1, true],
    ['AllowBluetooth', 0, true],
    ['AllowBluetooth', 2, false],
    ['MaxEmailBodyTruncationSize', 0, true],
    ['MaxEmailBodyTruncationSize', -1, false],
    ['MaxEmailAgeFilter', 1, true],
    ['RequireSignedSMIMEAlgorithm', 1, true],
    ['ApprovedApplicationList', [], false],
    ['ApprovedApplicationList', ['a'], true],
  ])('%s %j: %j', (name, value, asked) => {
    expect(asksByItself(name, value)).toBe(asked);
  });
});

describe('the effect of a change', () => {
  test('of an element alone: backwards it is the reverse, and of none there is none', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, element, (before, after, name) => {
        const back = { stricter: 'looser', looser: 'stricter', other: 'other' };
        expect(effectOf(name, after, before)).toBe(back[effectOf(name, before, after)]);
        expect(effectOf(name, before, before)).toBe('other');
      }),
      { numRuns: 1000 },
    );
  });

  test('what is stricter is so of a chain, too', () => {
    const chain = element.chain((name) => fc.tuple(fc.constant(name), fc.tuple(...three(name))));
    fc.assert(
      fc.property(chain, ([name, [a, b, c]]) => {
        fc.pre(isStricter(name, a, b) && isStricter(name, b, c));
        expect(isStricter(name, a, c)).toBe(true);
      }),
    );
  });

  test.each<[EASProvisionDoc, EASProvisionDoc, PolicyElementName, string]>([
    [{}, { AllowCamera: false }, 'AllowCamera', 'stricter'],
    [{ AllowCamera: false }, { AllowCamera: null }, 'AllowCamera', 'looser'],
    [{}, { AllowCamera: true }, 'AllowCamera', 'other'],
    [{ MaxAttachmentSize: 10 }, { MaxAttachmentSize: 20 }, 'MaxAttachmentSize', 'looser'],
    [{ MaxAttachmentSize: 10 }, { MaxAttachmentSize: 0 }, 'MaxAttachmentSize', 'stricter'],
    [{ MaxEmailAgeFilter: 5 }, { MaxEmailAgeFilter: 1 }, 'MaxEmailAgeFilter', 'stricter'],
    [{ MaxEmailAgeFilter: 5 }, { MaxEmailAgeFilter: 0 }, 'MaxEmailAgeFilter', 'looser'],
    [{ PasswordRecoveryEnabled: true, ...on }, on, 'PasswordRecoveryEnabled', 'other'],
    [{ MinDevicePasswordLength: 4 }, { MinDevicePasswordLength: 8 }, 'MinDevicePasswordLength', 'other'],
    [
      { MinDevicePasswordLength: 4, ...on },
      { MinDevicePasswordLength: 8, ...on },
      'MinDevicePasswordLength',
      'stricter',
    ],
    [
      { ApprovedApplicationList: ['a', 'b'] },
      { ApprovedApplicationList: ['a'] },
      'ApprovedApplicationList',
      'stricter',
    ],
    [{ ApprovedApplicationList: ['a'] }, { ApprovedApplicationList: [] }, 'ApprovedApplicationList', 'looser'],
    [{ ApprovedApplicationList: ['a'] }, { ApprovedApplicationList: ['b'] }, 'ApprovedApplicationList', 'other'],
    [
      { UnapprovedInROMApplicationList: ['a'] },
      { UnapprovedInROMApplicationList: ['b', 'a'] },
      'UnapprovedInROMApplicationList',
      'stricter',
    ],
  ])('from %j to %j %s is %s', (before, after, name, effect) => {
    expect(effectOf(name, before, after)).toBe(effect);
  });
});

function three(name: PolicyElementName) {
  const value = anyValue(policyElements[name].kind);
  return [value, value, value] as const;
}
