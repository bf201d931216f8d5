import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wapPolicy } from '../../src/codec/xml/index.js';
import { asks, effectOf } from '../../src/policy/demand.js';
import { projectPolicy } from '../../src/policy/project.js';
import { carriedPolicy, type EASProvisionDoc, policyElementNames, validatePolicy } from '../../src/protocol/policy.js';
import { versions } from '../../src/protocol/version.js';
import { anyPolicy, validPolicy } from '../support/arbitraries/policy.js';
import { unwrap } from '../support/device.js';

const version = fc.constantFrom(...versions);

describe('laws', () => {
  test('what is carried and what is lost are the policy', () => {
    fc.assert(
      fc.property(anyPolicy, version, (policy, to) => {
        const { policy: carried, lost } = projectPolicy(policy, to);
        const whole = { ...carried, ...Object.fromEntries(lost.map(({ element, value }) => [element, value])) };
        expect(whole).toEqual(policy);
      }),
    );
  });

  test('projecting again changes and loses nothing', () => {
    fc.assert(
      fc.property(anyPolicy, version, (policy, to) => {
        const { policy: carried } = projectPolicy(policy, to);
        expect(projectPolicy(carried, to)).toStrictEqual({ policy: carried, lost: [] });
      }),
    );
  });

  test('from 12.0 on it is what the server sends', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...versions.slice(1)), (policy, to) => {
        expect(projectPolicy(policy, to).policy).toEqual(carriedPolicy(policy, to));
      }),
    );
  });

  test('in 2.5 it is what the document says, as far as that asks for anything', () => {
    fc.assert(
      fc.property(withPassword, (policy) => {
        const { policy: carried } = projectPolicy(policy, '2.5');
        const read = unwrap(wapPolicy.decode(unwrap(wapPolicy.encode(policy))));
        expect(asked(carried)).toEqual(asked(read));
      }),
      { numRuns: 500 },
    );
  });

  test('what may be handed out may be so when it is projected', () => {
    fc.assert(
      fc.property(validPolicy, version, (policy, to) => {
        expect(validatePolicy(projectPolicy(policy, to).policy).ok).toBe(true);
      }),
    );
  });

  test('a loss weakens a policy exactly when the version asks for less', () => {
    fc.assert(
      fc.property(withPassword, version, (policy, to) => {
        const { policy: carried, lost } = projectPolicy(policy, to);
        for (const { element, weakens } of lost) {
          if (element === 'unknownElements' || element.endsWith('Algorithm') || element === 'PasswordRecoveryEnabled')
            continue;
          expect([element, effectOf(element, policy, carried)]).toEqual([
            element,
            weakens ? 'looser' : expect.stringMatching(/^(?:stricter|other)$/),
          ]);
        }
      }),
    );
  });
});

describe('what is lost', () => {
  test('2.5 has a place for five elements, and counts in minutes', () => {
    const policy: EASProvisionDoc = {
      DevicePasswordEnabled: true,
      MaxInactivityTimeDeviceLock: 90,
      AllowSimpleDevicePassword: false,
      AllowCamera: true,
    };
    expect(projectPolicy(policy, '2.5')).toStrictEqual({
      policy: { DevicePasswordEnabled: true, MaxInactivityTimeDeviceLock: 60 },
      lost: [
        { element: 'MaxInactivityTimeDeviceLock', value: 90, reason: 'WholeMinutes', weakens: false },
        { element: 'AllowSimpleDevicePassword', value: false, reason: 'NotInVersion', weakens: true },
        { element: 'AllowCamera', value: true, reason: 'NotInVersion', weakens: false },
      ],
    });
  });

  test('a lock below a minute comes later in 2.5', () => {
    const { policy, lost } = projectPolicy({ DevicePasswordEnabled: true, MaxInactivityTimeDeviceLock: 30 }, '2.5');
    expect(policy.MaxInactivityTimeDeviceLock).toBe(60);
    expect(lost).toMatchObject([{ reason: 'WholeMinutes', weakens: true }]);
  });

  test('without a password 2.5 says nothing else', () => {
    const policy: EASProvisionDoc = { MinDevicePasswordLength: 6, MaxInactivityTimeDeviceLock: 60 };
    expect(projectPolicy(policy, '2.5')).toStrictEqual({
      policy: {},
      lost: [
        { element: 'MinDevicePasswordLength', value: 6, reason: 'NoPassword', weakens: false },
        { element: 'MaxInactivityTimeDeviceLock', value: 60, reason: 'NoPassword', weakens: true },
      ],
    });
  });

  test('12.0 has no encryption', () => {
    const { lost } = projectPolicy({ RequireDeviceEncryption: true, AttachmentsEnabled: false }, '12.0');
    expect(lost).toStrictEqual([
      { element: 'RequireDeviceEncryption', value: true, reason: 'NotInVersion', weakens: true },
    ]);
  });

  test('what no row names is never sent', () => {
    const unknownElements = [{ name: 'Provision:0x3F', content: null }];
    expect(projectPolicy({ unknownElements }, '16.1')).toStrictEqual({
      policy: {},
      lost: [{ element: 'unknownElements', value: unknownElements, reason: 'Unknown', weakens: false }],
    });
  });
});

/** Mostly with a password, since 2.5 says little without, and with numbers that its registry can hold. */
const withPassword: fc.Arbitrary<EASProvisionDoc> = fc
  .tuple(validPolicy, fc.boolean(), fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }))
  .map(([policy, hasPassword, seconds]) => ({
    ...policy,
    ...(hasPassword && { DevicePasswordEnabled: true }),
    ...(seconds !== undefined && { MaxInactivityTimeDeviceLock: seconds }),
  }));

function asked(policy: EASProvisionDoc): EASProvisionDoc {
  const names = policyElementNames.filter((name) => asks(name, policy));
  return Object.fromEntries(names.map((name) => [name, policy[name]])) as EASProvisionDoc;
}
