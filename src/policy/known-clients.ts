import type { DeviceCapabilities } from './capabilities.js';

/**
 * What clients in the field enforce, as their sources have it, by client: for `evaluatePolicy`, and for the rule
 * `KnownClientCannot` of `lintPolicy`.
 */
export const knownClients: Readonly<Record<'AOSP', DeviceCapabilities>> = {
  /** The Exchange client of the Android Open Source Project, and what was made from it. */
  AOSP: {
    enforces: [
      'DevicePasswordEnabled',
      'AlphanumericDevicePasswordRequired',
      'AttachmentsEnabled',
      'MinDevicePasswordLength',
      'MaxInactivityTimeDeviceLock',
      'MaxDevicePasswordFailedAttempts',
      'MaxAttachmentSize',
      'AllowSimpleDevicePassword',
      'DevicePasswordExpiration',
      'DevicePasswordHistory',
      'AllowCamera',
      'RequireDeviceEncryption',
      'MinDevicePasswordComplexCharacters',
      'RequireManualSyncWhenRoaming',
      'MaxCalendarAgeFilter',
      'MaxEmailAgeFilter',
      'AllowSMIMEEncryptionAlgorithmNegotiation',
      'AllowSMIMESoftCerts',
    ],
    lacks: ['PasswordRecovery', 'DesktopSync', 'RemoteDesktop'],
  },
};
