import { policyElementNames, policyElements } from '../protocol/policy.js';
import { asks, asksByItself } from './demand.js';
import { foundAmong, foundIf, type LintRule } from './lint-rule.js';

/** What may be wrong about passwords and the lock. */
export const passwordRules = {
  PasswordRulesIgnored: {
    severity: 'error',
    meaning: 'Rules for passwords count for nothing unless DevicePasswordEnabled is true.',
    source: '3.1.5.1.1.1, R629',
    find: (policy) =>
      foundAmong(
        policy.DevicePasswordEnabled === true
          ? []
          : policyElementNames.filter((name) => 'gated' in policyElements[name] && asksByItself(name, policy[name])),
      ),
  },
  LockWithoutPassword: {
    severity: 'warning',
    meaning: 'The device locks, and without DevicePasswordEnabled no password is needed to open it.',
    source: '2.2.2.36, 3.1.5.1.1.1',
    find: (policy) =>
      foundIf(
        policy.DevicePasswordEnabled !== true && asks('MaxInactivityTimeDeviceLock', policy),
        'MaxInactivityTimeDeviceLock',
      ),
  },
  LockNever: {
    severity: 'warning',
    meaning: 'From 9999 seconds on there is no lock at all.',
    source: '2.2.2.36',
    find: ({ MaxInactivityTimeDeviceLock: seconds }) =>
      foundIf((seconds ?? 0) >= policyElements.MaxInactivityTimeDeviceLock.loosest, 'MaxInactivityTimeDeviceLock'),
  },
  ZeroIsALimit: {
    severity: 'warning',
    meaning: 'By the letter 0 is the strictest limit, and null is none; AOSP takes 0 bytes for none.',
    source: '2.2.2.30, 2.2.2.36; AOSP',
    find: (policy) =>
      foundAmong((['MaxInactivityTimeDeviceLock', 'MaxAttachmentSize'] as const).filter((name) => policy[name] === 0)),
  },
  ComplexCharactersWithoutAlphanumeric: {
    severity: 'warning',
    meaning: 'Clients heed MinDevicePasswordComplexCharacters only where AlphanumericDevicePasswordRequired is true.',
    source: '2.2.2.37; AOSP',
    find: (policy) =>
      foundIf(
        asks('MinDevicePasswordComplexCharacters', policy) && policy.AlphanumericDevicePasswordRequired !== true,
        'AlphanumericDevicePasswordRequired',
        'MinDevicePasswordComplexCharacters',
      ),
  },
  LengthBelowComplexCharacters: {
    severity: 'note',
    meaning: 'A password of so many character groups is longer than MinDevicePasswordLength says.',
    source: '2.2.2.37, 2.2.2.38',
    find: (policy) =>
      foundIf(
        asks('MinDevicePasswordLength', policy) &&
          (policy.MinDevicePasswordComplexCharacters ?? 0) > (policy.MinDevicePasswordLength ?? 0),
        'MinDevicePasswordLength',
        'MinDevicePasswordComplexCharacters',
      ),
  },
  HistoryWithoutExpiration: {
    severity: 'warning',
    meaning: 'Former passwords are refused when a password expires, and without DevicePasswordExpiration none does.',
    source: '2.2.2.27, R230',
    find: (policy) =>
      foundIf(
        asks('DevicePasswordHistory', policy) && !asks('DevicePasswordExpiration', policy),
        'DevicePasswordExpiration',
        'DevicePasswordHistory',
      ),
  },
  ExpirationWithoutHistory: {
    severity: 'note',
    meaning: 'Without DevicePasswordHistory an expired password may be followed by itself.',
    source: '2.2.2.26, 2.2.2.27',
    find: (policy) =>
      foundIf(
        asks('DevicePasswordExpiration', policy) && !asks('DevicePasswordHistory', policy),
        'DevicePasswordExpiration',
        'DevicePasswordHistory',
      ),
  },
} as const satisfies Record<string, LintRule>;
