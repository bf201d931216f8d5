import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceCapabilities } from '../../src/policy/capabilities.js';
import { asks } from '../../src/policy/demand.js';
import { evaluatePolicy } from '../../src/policy/evaluate.js';
import { type EASProvisionDoc, type PolicyElementName, policyElementNames } from '../../src/protocol/policy.js';
import { anyCapabilities, lessOf } from '../support/arbitraries/capabilities.js';
import { anyPolicy, validPolicy } from '../support/arbitraries/policy.js';

const all: DeviceCapabilities = { enforces: 'all' };
const none: DeviceCapabilities = { enforces: [] };

/** Half of all policies require a password, or else password rules would hardly ever count. */
const policy = fc
  .tuple(anyPolicy, fc.boolean())
  .map(([some, isOn]) => (isOn ? { ...some, DevicePasswordEnabled: true } : some));

describe('laws', () => {
  test('a device that can do everything enforces every policy that may be handed out', () => {
    fc.assert(
      fc.property(validPolicy, (policy) => {
        expect(evaluatePolicy(policy, all).status).toBe(1);
      }),
    );
  });

  test('fewer capabilities never give a better status', () => {
    const pair = anyCapabilities.chain((device) => fc.tuple(fc.constant(device), lessOf(device)));
    fc.assert(
      fc.property(policy, pair, (policy, [more, less]) => {
        expect(evaluatePolicy(policy, less).status).toBeGreaterThanOrEqual(evaluatePolicy(policy, more).status);
      }),
      { numRuns: 2000 },
    );
  });

  test('1 is said exactly when nothing is left that can not be enforced', () => {
    fc.assert(
      fc.property(policy, anyCapabilities, (policy, device) => {
        fc.pre(!device.managedByOthers);
        const { status, verdicts } = evaluatePolicy(policy, device);
        expect(status === 1).toBe(verdicts.every(({ verdict }) => verdict !== 'CannotEnforce'));
      }),
      { numRuns: 1000 },
    );
  });

  test('2 is never said of a policy whose password can not be enforced', () => {
    fc.assert(
      fc.property(policy, anyCapabilities, (policy, device) => {
        const { status, verdicts } = evaluatePolicy(policy, device);
        const password = verdicts.find(({ element }) => element === 'DevicePasswordEnabled');
        if (status === 2) expect(password?.verdict).not.toBe('CannotEnforce');
      }),
      { numRuns: 1000 },
    );
  });

  test('a device that can do nothing enforces a policy only if that asks for nothing', () => {
    fc.assert(
      fc.property(validPolicy, (policy) => {
        const isIdle = !policyElementNames.some((name) => asks(name, policy));
        expect(evaluatePolicy(policy, none).status).toBe(isIdle ? 1 : 3);
      }),
    );
  });

  test('every element has one verdict, in the order of the schema, what no row names last', () => {
    fc.assert(
      fc.property(policy, anyCapabilities, (policy, device) => {
        const names = policyElementNames.filter((name) => name in policy);
        const unknown = (policy.unknownElements ?? []).map(({ name }) => name);
        expect(evaluatePolicy(policy, device).verdicts.map(({ element }) => element)).toEqual([...names, ...unknown]);
      }),
    );
  });

  test('a device that is managed by others says 4 and nothing else', () => {
    fc.assert(
      fc.property(policy, anyCapabilities, (policy, device) => {
        expect(evaluatePolicy(policy, device).status === 4).toBe(device.managedByOthers === true);
      }),
    );
  });
});

describe('each reason', () => {
  test.each<[EASProvisionDoc, PolicyElementName, DeviceCapabilities, string]>([
    [{ DevicePasswordEnabled: true }, 'DevicePasswordEnabled', all, 'Enforced: Enforceable (R630, R631)'],
    [{ RequireDeviceEncryption: true }, 'RequireDeviceEncryption', all, 'Enforced: Enforceable (R632, R633)'],
    [{ AllowBrowser: false }, 'AllowBrowser', all, 'Enforced: Enforceable'],
    [{ AllowBrowser: true }, 'AllowBrowser', none, 'Enforced: AsksNothing'],
    [{ MaxAttachmentSize: null }, 'MaxAttachmentSize', none, 'Enforced: AsksNothing'],
    [{ ApprovedApplicationList: [] }, 'ApprovedApplicationList', none, 'Enforced: AsksNothing'],
    [{ MinDevicePasswordLength: 8 }, 'MinDevicePasswordLength', all, 'Ignored: PasswordNotRequired (R629)'],
    [
      { DevicePasswordEnabled: false, MinDevicePasswordLength: 8 },
      'MinDevicePasswordLength',
      none,
      'Ignored: PasswordNotRequired (R629)',
    ],
    [
      { AllowCamera: false },
      'AllowCamera',
      { enforces: 'all', managedByOthers: true },
      'Ignored: ManagedByOthers (R389)',
    ],
    [
      { AllowCamera: false },
      'AllowCamera',
      { enforces: [], lacks: ['Camera'] },
      'NotApplicable: FeatureLacking (R90, R764)',
    ],
    [{ AllowCamera: false }, 'AllowCamera', { enforces: [], lacks: ['WiFi'] }, 'CannotEnforce: NotEnforceable'],
    [{ MaxEmailAgeFilter: 9 }, 'MaxEmailAgeFilter', all, 'CannotEnforce: UndefinedValue'],
    [
      { DevicePasswordEnabled: true, MinDevicePasswordLength: 20 },
      'MinDevicePasswordLength',
      all,
      'Enforced: Enforceable',
    ],
    [
      { DevicePasswordEnabled: true, MinDevicePasswordLength: 9 },
      'MinDevicePasswordLength',
      { enforces: 'all', strictest: { MinDevicePasswordLength: 8 } },
      'CannotEnforce: TooStrict',
    ],
    [
      { DevicePasswordEnabled: true, MinDevicePasswordLength: 8 },
      'MinDevicePasswordLength',
      { enforces: 'all', strictest: { MinDevicePasswordLength: 8 } },
      'Enforced: Enforceable',
    ],
    [
      { MaxInactivityTimeDeviceLock: 30 },
      'MaxInactivityTimeDeviceLock',
      { enforces: 'all', strictest: { MaxInactivityTimeDeviceLock: 60 } },
      'CannotEnforce: TooStrict',
    ],
    [
      { AllowBluetooth: 0 },
      'AllowBluetooth',
      { enforces: 'all', strictest: { AllowBluetooth: 1 } },
      'CannotEnforce: TooStrict',
    ],
    [
      { DevicePasswordEnabled: true, MinDevicePasswordLength: 8 },
      'MinDevicePasswordLength',
      { enforces: ['MinDevicePasswordLength'] },
      'CannotEnforce: PasswordUnavailable',
    ],
  ])('%j, %s of %j: %s', (policy, name, device, expected) => {
    const found = evaluatePolicy(policy, device).verdicts.find(({ element }) => element === name);
    const requirement = found?.requirement === undefined ? '' : ` (${found.requirement})`;
    expect(`${found?.verdict}: ${found?.reason}${requirement}`).toBe(expected);
  });

  test('an element that no row names is passed over', () => {
    const policy = { unknownElements: [{ name: 'Provision:0x3F', content: null }] };
    expect(evaluatePolicy(policy, none)).toStrictEqual({
      status: 1,
      verdicts: [{ element: 'Provision:0x3F', verdict: 'Ignored', reason: 'Unknown' }],
    });
  });
});

describe('the status', () => {
  const strict: EASProvisionDoc = { DevicePasswordEnabled: true, MinDevicePasswordLength: 6, AllowCamera: false };

  test.each<[string, EASProvisionDoc, DeviceCapabilities, number]>([
    ['an empty policy', {}, none, 1],
    ['all of it', strict, { enforces: ['DevicePasswordEnabled', 'MinDevicePasswordLength', 'AllowCamera'] }, 1],
    ['what is lacking counts as enforced (R764)', strict, { enforces: 'all', lacks: ['Camera'] }, 1],
    ['password rules without a password are ignored (R629)', { MinDevicePasswordLength: 6 }, none, 1],
    ['all but the camera', strict, { enforces: ['DevicePasswordEnabled', 'MinDevicePasswordLength'] }, 2],
    ['the password alone', strict, { enforces: ['DevicePasswordEnabled'] }, 2],
    ['all but the password', strict, { enforces: ['MinDevicePasswordLength', 'AllowCamera'] }, 3],
    ['nothing', strict, none, 3],
    [
      'a part, where no password is asked for',
      { AllowCamera: false, AllowWiFi: false },
      { enforces: ['AllowWiFi'] },
      2,
    ],
    ['none of it, where no password is asked for', { AllowCamera: false, AllowWiFi: true }, none, 3],
    ['managed by others', strict, { enforces: 'all', managedByOthers: true }, 4],
    ['managed by others, nothing asked', {}, { enforces: 'all', managedByOthers: true }, 4],
  ])('%s', (_what, policy, device, status) => {
    expect(evaluatePolicy(policy, device).status).toBe(status);
  });
});
