/** Policies about which each rule of `lintPolicy` has something to say, and policies near by about which it has not. */
import type { LintCode } from '../../../src/policy/lint-rules.js';
import type { EASProvisionDoc } from '../../../src/protocol/policy.js';

const on = { DevicePasswordEnabled: true } as const;
const sha1 = 'A9993E364706816ABA3E25717850C26C9CD0D89D';

/** The elements of each finding with spaces between, findings with semicolons between. */
export const found: readonly (readonly [LintCode, EASProvisionDoc, string])[] = [
  ['PasswordRulesIgnored', { MinDevicePasswordLength: 6 }, 'MinDevicePasswordLength'],
  [
    'PasswordRulesIgnored',
    { DevicePasswordEnabled: false, AllowSimpleDevicePassword: false, PasswordRecoveryEnabled: true },
    'PasswordRecoveryEnabled AllowSimpleDevicePassword',
  ],
  ['LockWithoutPassword', { MaxInactivityTimeDeviceLock: 300 }, 'MaxInactivityTimeDeviceLock'],
  ['LockNever', { ...on, MaxInactivityTimeDeviceLock: 14_400 }, 'MaxInactivityTimeDeviceLock'],
  ['LockNever', { MaxInactivityTimeDeviceLock: 9999 }, 'MaxInactivityTimeDeviceLock'],
  [
    'ZeroIsALimit',
    { MaxInactivityTimeDeviceLock: 0, MaxAttachmentSize: 0 },
    'MaxInactivityTimeDeviceLock MaxAttachmentSize',
  ],
  [
    'ComplexCharactersWithoutAlphanumeric',
    { ...on, MinDevicePasswordComplexCharacters: 3 },
    'AlphanumericDevicePasswordRequired MinDevicePasswordComplexCharacters',
  ],
  [
    'LengthBelowComplexCharacters',
    { ...on, MinDevicePasswordComplexCharacters: 4, MinDevicePasswordLength: 3 },
    'MinDevicePasswordLength MinDevicePasswordComplexCharacters',
  ],
  ['HistoryWithoutExpiration', { ...on, DevicePasswordHistory: 3 }, 'DevicePasswordExpiration DevicePasswordHistory'],
  [
    'HistoryWithoutExpiration',
    { ...on, DevicePasswordHistory: 3, DevicePasswordExpiration: 0 },
    'DevicePasswordExpiration DevicePasswordHistory',
  ],
  [
    'ExpirationWithoutHistory',
    { ...on, DevicePasswordExpiration: 90 },
    'DevicePasswordExpiration DevicePasswordHistory',
  ],
  [
    'AttachmentSizeWithoutAttachments',
    { AttachmentsEnabled: false, MaxAttachmentSize: 1000 },
    'AttachmentsEnabled MaxAttachmentSize',
  ],
  [
    'HTMLTruncationWithoutHTML',
    { AllowHTMLEmail: false, MaxEmailHTMLBodyTruncationSize: 1000 },
    'AllowHTMLEmail MaxEmailHTMLBodyTruncationSize',
  ],
  [
    'WeakAlgorithmAgainstNegotiation',
    { RequireEncryptionSMIMEAlgorithm: 1, AllowSMIMEEncryptionAlgorithmNegotiation: 1 },
    'RequireEncryptionSMIMEAlgorithm AllowSMIMEEncryptionAlgorithmNegotiation',
  ],
  [
    'AlgorithmNegotiatedAway',
    { RequireEncryptedSMIMEMessages: true, RequireEncryptionSMIMEAlgorithm: 0 },
    'RequireEncryptionSMIMEAlgorithm AllowSMIMEEncryptionAlgorithmNegotiation',
  ],
  [
    'AlgorithmNegotiatedAway',
    {
      RequireEncryptedSMIMEMessages: true,
      RequireEncryptionSMIMEAlgorithm: 2,
      AllowSMIMEEncryptionAlgorithmNegotiation: 2,
    },
    'RequireEncryptionSMIMEAlgorithm AllowSMIMEEncryptionAlgorithmNegotiation',
  ],
  ['WeakAlgorithm', { RequireSignedSMIMEAlgorithm: 1 }, 'RequireSignedSMIMEAlgorithm'],
  ['WeakAlgorithm', { RequireEncryptionSMIMEAlgorithm: 1 }, 'RequireEncryptionSMIMEAlgorithm'],
  [
    'WeakAlgorithm',
    { RequireEncryptionSMIMEAlgorithm: 4, RequireSignedSMIMEAlgorithm: 1 },
    'RequireSignedSMIMEAlgorithm RequireEncryptionSMIMEAlgorithm',
  ],
  [
    'AlgorithmWithoutRequirement',
    { RequireSignedSMIMEAlgorithm: 1, RequireEncryptionSMIMEAlgorithm: 2, RequireEncryptedSMIMEMessages: false },
    'RequireSignedSMIMEMessages RequireSignedSMIMEAlgorithm; ' +
      'RequireEncryptedSMIMEMessages RequireEncryptionSMIMEAlgorithm',
  ],
  [
    'SMIMEWithoutSoftCerts',
    { RequireSignedSMIMEMessages: true, AllowSMIMESoftCerts: false },
    'RequireSignedSMIMEMessages AllowSMIMESoftCerts',
  ],
  [
    'CardEncryptionWithoutCard',
    { RequireStorageCardEncryption: true, AllowStorageCard: false },
    'RequireStorageCardEncryption AllowStorageCard',
  ],
  ['EmptyApplicationList', { ApprovedApplicationList: [] }, 'ApprovedApplicationList'],
  ['BlankApplication', { UnapprovedInROMApplicationList: ['a.exe', ' '] }, 'UnapprovedInROMApplicationList'],
  ['RepeatedApplication', { UnapprovedInROMApplicationList: ['a', 'b', 'a'] }, 'UnapprovedInROMApplicationList'],
  ['HashNotSHA1', { ApprovedApplicationList: [sha1, 'mail.exe'] }, 'ApprovedApplicationList'],
  ['HashNotSHA1', { ApprovedApplicationList: [`${sha1}00`] }, 'ApprovedApplicationList'],
  [
    'OutOfRange',
    { ...on, MinDevicePasswordLength: 17, MaxEmailAgeFilter: 6 },
    'MinDevicePasswordLength MaxEmailAgeFilter',
  ],
  ['OutOfRange', { AllowCamera: null }, 'AllowCamera'],
  ['AsksNothing', {}, ''],
  ['NotCarried', { RequireDeviceEncryption: true }, 'RequireDeviceEncryption'],
  ['LockRounded', { ...on, MaxInactivityTimeDeviceLock: 90 }, 'MaxInactivityTimeDeviceLock'],
  ['LockRounded', { ...on, MaxInactivityTimeDeviceLock: 30 }, 'MaxInactivityTimeDeviceLock'],
  [
    'KnownClientCannot',
    { AllowWiFi: false, AllowBluetooth: 1, AllowCamera: false, MaxEmailBodyTruncationSize: 0 },
    'AllowWiFi AllowBluetooth MaxEmailBodyTruncationSize',
  ],
];

export const silent: readonly (readonly [LintCode, EASProvisionDoc])[] = [
  ['PasswordRulesIgnored', { ...on, MinDevicePasswordLength: 6 }],
  ['PasswordRulesIgnored', { MinDevicePasswordLength: 1, AllowSimpleDevicePassword: true }],
  ['LockWithoutPassword', { ...on, MaxInactivityTimeDeviceLock: 300 }],
  ['LockWithoutPassword', { MaxInactivityTimeDeviceLock: 9999 }],
  ['LockNever', { ...on, MaxInactivityTimeDeviceLock: 9998 }],
  ['LockNever', { MaxInactivityTimeDeviceLock: null }],
  ['ZeroIsALimit', { MaxInactivityTimeDeviceLock: null, MaxAttachmentSize: 1, MaxEmailBodyTruncationSize: 0 }],
  [
    'ComplexCharactersWithoutAlphanumeric',
    { ...on, MinDevicePasswordComplexCharacters: 3, AlphanumericDevicePasswordRequired: true },
  ],
  ['ComplexCharactersWithoutAlphanumeric', { ...on, MinDevicePasswordComplexCharacters: 1 }],
  ['LengthBelowComplexCharacters', { ...on, MinDevicePasswordComplexCharacters: 4, MinDevicePasswordLength: 4 }],
  ['LengthBelowComplexCharacters', { ...on, MinDevicePasswordComplexCharacters: 4, MinDevicePasswordLength: 1 }],
  ['HistoryWithoutExpiration', { ...on, DevicePasswordHistory: 3, DevicePasswordExpiration: 90 }],
  ['HistoryWithoutExpiration', { ...on, DevicePasswordHistory: 0 }],
  ['ExpirationWithoutHistory', { ...on, DevicePasswordHistory: 1, DevicePasswordExpiration: 90 }],
  ['AttachmentSizeWithoutAttachments', { AttachmentsEnabled: true, MaxAttachmentSize: 1000 }],
  ['AttachmentSizeWithoutAttachments', { AttachmentsEnabled: false, MaxAttachmentSize: null }],
  ['HTMLTruncationWithoutHTML', { AllowHTMLEmail: false, MaxEmailHTMLBodyTruncationSize: -1 }],
  ['HTMLTruncationWithoutHTML', { AllowHTMLEmail: false, MaxEmailBodyTruncationSize: 100 }],
  [
    'WeakAlgorithmAgainstNegotiation',
    { RequireEncryptionSMIMEAlgorithm: 2, AllowSMIMEEncryptionAlgorithmNegotiation: 1 },
  ],
  [
    'WeakAlgorithmAgainstNegotiation',
    { RequireEncryptionSMIMEAlgorithm: 1, AllowSMIMEEncryptionAlgorithmNegotiation: 0 },
  ],
  [
    'AlgorithmNegotiatedAway',
    {
      RequireEncryptedSMIMEMessages: true,
      RequireEncryptionSMIMEAlgorithm: 0,
      AllowSMIMEEncryptionAlgorithmNegotiation: 1,
    },
  ],
  ['AlgorithmNegotiatedAway', { RequireEncryptedSMIMEMessages: true }],
  ['WeakAlgorithm', { RequireSignedSMIMEAlgorithm: 0, RequireEncryptionSMIMEAlgorithm: 2 }],
  ['AlgorithmWithoutRequirement', { RequireSignedSMIMEMessages: true, RequireSignedSMIMEAlgorithm: 1 }],
  ['AlgorithmWithoutRequirement', { RequireEncryptionSMIMEAlgorithm: 0 }],
  ['SMIMEWithoutSoftCerts', { RequireSignedSMIMEMessages: true, AllowSMIMESoftCerts: true }],
  ['SMIMEWithoutSoftCerts', { AllowSMIMESoftCerts: false }],
  ['CardEncryptionWithoutCard', { RequireStorageCardEncryption: true }],
  ['EmptyApplicationList', { ApprovedApplicationList: [sha1] }],
  ['BlankApplication', { UnapprovedInROMApplicationList: ['a.exe'] }],
  ['RepeatedApplication', { UnapprovedInROMApplicationList: ['a', 'b'], ApprovedApplicationList: ['a', 'b'] }],
  ['HashNotSHA1', { ApprovedApplicationList: [sha1, sha1.toLowerCase(), 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=', ''] }],
  ['HashNotSHA1', { UnapprovedInROMApplicationList: ['mail.exe'] }],
  ['OutOfRange', { ...on, MinDevicePasswordLength: 16, MaxAttachmentSize: null }],
  ['AsksNothing', { AllowCamera: false }],
  ['NotCarried', { ...on, MinDevicePasswordLength: 8, MaxInactivityTimeDeviceLock: 60 }],
  ['NotCarried', { ...on, AllowCamera: true, RequireDeviceEncryption: false }],
  ['NotCarried', { ...on, MaxInactivityTimeDeviceLock: 30 }],
  ['LockRounded', { ...on, MaxInactivityTimeDeviceLock: 120 }],
  ['LockRounded', { MaxInactivityTimeDeviceLock: 90 }],
  [
    'KnownClientCannot',
    { ...on, AllowCamera: false, AllowSimpleDevicePassword: false, MaxEmailBodyTruncationSize: -1, AllowBluetooth: 2 },
  ],
];
