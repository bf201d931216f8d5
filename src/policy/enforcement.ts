import type { PolicyElementName } from '../protocol/policy.js';

/** What a device may be without, and what that means: settings about it count as enforced then (R764). */
export const deviceFeatures = {
  PasswordRecovery: 'It keeps no recovery password on the server.',
  RemovableStorage: 'It has no place for a storage card.',
  Camera: 'It has no camera, and none can be attached.',
  UnsignedApplications: 'It never runs unsigned applications.',
  UnsignedInstallationPackages: 'It never installs from unsigned packages.',
  WiFi: 'It has no Wi-Fi.',
  TextMessaging: 'It has no text messages.',
  Bluetooth: 'It has no Bluetooth.',
  Infrared: 'It has no infrared.',
  DesktopSync: 'It cannot be connected to a computer.',
  RemoteDesktop: 'It opens no remote desktop sessions.',
  InternetSharing: 'It cannot share its connection.',
} as const satisfies Record<string, string>;

/** A feature that a device may lack. */
export type DeviceFeature = keyof typeof deviceFeatures;

/**
 * What it takes to enforce each policy element: one row each. Every element has to be among those that the device
 * enforces, unless the device lacks `feature`.
 */
export const enforcement = {
  DevicePasswordEnabled: {
    by: 'The device demands a password, or else the application does before it shows any data of the server.',
    requirement: 'R630, R631',
  },
  AlphanumericDevicePasswordRequired: { by: 'A password without a letter or a digit is refused.' },
  PasswordRecoveryEnabled: {
    feature: 'PasswordRecovery',
    by: 'A recovery password is kept on the server if the policy allows it, and never otherwise.',
    without: 'R302',
  },
  RequireStorageCardEncryption: {
    feature: 'RemovableStorage',
    by: 'What is written to a card is encrypted.',
    without: 'R364',
  },
  AttachmentsEnabled: { by: 'No attachment is downloaded.' },
  MinDevicePasswordLength: { by: 'A shorter password is refused.' },
  MaxInactivityTimeDeviceLock: { by: 'The device locks by itself, or else the application does.' },
  MaxDevicePasswordFailedAttempts: {
    by: 'After that many wrong passwords the device wipes itself or locks for a time.',
    requirement: 'R603',
  },
  MaxAttachmentSize: { by: 'A larger attachment is not downloaded.' },
  AllowSimpleDevicePassword: { by: 'A password of one repeated or sequential run is refused.' },
  DevicePasswordExpiration: { by: 'A password that is too old must be changed.' },
  DevicePasswordHistory: { by: 'A remembered password is refused when it is changed.', requirement: 'R230' },
  AllowStorageCard: { feature: 'RemovableStorage', by: 'No card can be used.', without: 'R159' },
  AllowCamera: { feature: 'Camera', by: 'The camera is off.', without: 'R90' },
  RequireDeviceEncryption: {
    by: 'All local storage is encrypted, or else everything that came from the server.',
    requirement: 'R632, R633',
  },
  AllowUnsignedApplications: {
    feature: 'UnsignedApplications',
    by: 'An unsigned application does not run.',
    without: 'R762',
  },
  AllowUnsignedInstallationPackages: {
    feature: 'UnsignedInstallationPackages',
    by: 'An unsigned package is not installed.',
    without: 'R763',
  },
  MinDevicePasswordComplexCharacters: { by: 'A password of fewer character groups is refused.' },
  AllowWiFi: { feature: 'WiFi', by: 'Wi-Fi is off.', without: 'R181' },
  AllowTextMessaging: { feature: 'TextMessaging', by: 'Text messages are off.', without: 'R165' },
  AllowPOPIMAPEmail: { by: 'No POP or IMAP account can be used.' },
  AllowBluetooth: {
    feature: 'Bluetooth',
    by: 'Bluetooth is off, or limited to hands-free profiles.',
    without: 'R76',
  },
  AllowIrDA: { feature: 'Infrared', by: 'Infrared is off.', without: 'R121' },
  RequireManualSyncWhenRoaming: { by: 'While roaming, only the user begins to synchronize.' },
  AllowDesktopSync: {
    feature: 'DesktopSync',
    by: 'The device refuses to synchronize with a computer.',
    without: 'R102',
  },
  MaxCalendarAgeFilter: { by: 'Older calendar items are not asked for.' },
  AllowHTMLEmail: { by: 'E-mail is asked for and shown as plain text.' },
  MaxEmailAgeFilter: { by: 'Older e-mail is not asked for.' },
  MaxEmailBodyTruncationSize: { by: 'Plain-text bodies are asked for up to that length.' },
  MaxEmailHTMLBodyTruncationSize: { by: 'HTML bodies are asked for up to that length.' },
  RequireSignedSMIMEMessages: { by: 'No message is sent unsigned.' },
  RequireEncryptedSMIMEMessages: { by: 'No message is sent unencrypted.' },
  RequireSignedSMIMEAlgorithm: { by: 'Messages are signed with that algorithm.' },
  RequireEncryptionSMIMEAlgorithm: { by: 'Messages are encrypted with that algorithm.' },
  AllowSMIMEEncryptionAlgorithmNegotiation: { by: 'The algorithm is negotiated only as far as allowed.' },
  AllowSMIMESoftCerts: { by: 'Certificates kept in software are not used.' },
  AllowBrowser: { by: 'The default browser cannot be started.' },
  AllowConsumerEmail: { by: 'No personal e-mail account can be used.' },
  AllowRemoteDesktop: {
    feature: 'RemoteDesktop',
    by: 'Remote desktop sessions are refused.',
    without: 'R133',
  },
  AllowInternetSharing: {
    feature: 'InternetSharing',
    by: 'The connection is not shared.',
    without: 'R114',
  },
  UnapprovedInROMApplicationList: {
    by: 'The preinstalled applications named do not run; other names are passed over.',
    requirement: 'R191',
  },
  ApprovedApplicationList: {
    by: 'Only the installed applications listed run; digests of preinstalled ones are passed over.',
    requirement: 'R198, R238',
  },
} as const satisfies Record<PolicyElementName, EnforcementRow>;

/** What it takes to enforce a policy element. */
export interface EnforcementRow {
  /** The feature without which there is nothing to enforce, as far as the specification names one. */
  readonly feature?: DeviceFeature;
  /** What the device does when it enforces the element. */
  readonly by: string;
  /** The requirement of MS-ASPROV to ignore the element without the feature. */
  readonly without?: string;
  /** The requirements of MS-ASPROV behind `by`. */
  readonly requirement?: string;
}
