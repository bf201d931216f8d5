import type { ProtocolVersion } from './version.js';

const UINT32 = 0xffff_ffff;
const INT32 = 0x7fff_ffff;
const boolean = { type: 'boolean' } as const;

/**
 * Every child of EASProvisionDoc, one row each, in the order of the schema (MS-ASPROV 2.2.2.28, 6.3): the type, the
 * coders, the validation and the generators read these rows.
 */
export const policyElements = {
  DevicePasswordEnabled: {
    token: 0x0e,
    since: '12.0',
    kind: boolean,
    ifAbsent: false,
    stricter: 'true',
    wap: true,
    section: '2.2.2.25',
    meaning: 'A device password is required; without it the gated elements count for nothing.',
  },
  AlphanumericDevicePasswordRequired: {
    token: 0x0f,
    since: '12.0',
    kind: boolean,
    gated: true,
    ifAbsent: false,
    stricter: 'true',
    wap: true,
    section: '2.2.2.20',
    meaning: 'The password must hold letters as well as digits.',
  },
  PasswordRecoveryEnabled: {
    token: 0x11,
    since: '12.0',
    kind: boolean,
    gated: true,
    ifAbsent: false,
    stricter: 'neither',
    section: '2.2.2.39',
    meaning: 'The server keeps a recovery password that the device sends through Settings.',
  },
  RequireStorageCardEncryption: {
    token: 0x10,
    since: '12.1',
    kind: boolean,
    ifAbsent: false,
    stricter: 'true',
    section: '2.2.2.52',
    meaning: 'Removable storage must be encrypted; older peers call it DeviceEncryptionEnabled.',
  },
  AttachmentsEnabled: {
    token: 0x13,
    since: '12.0',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.23',
    meaning: 'Attachments may be downloaded.',
  },
  MinDevicePasswordLength: {
    token: 0x14,
    since: '12.0',
    kind: { type: 'unsignedByteOrEmpty', min: 1, max: 16, unit: 'characters' },
    gated: true,
    ifAbsent: null,
    stricter: 'higher',
    loosest: 1,
    wap: true,
    section: '2.2.2.38',
    meaning: 'The least length of the password; 1 is no minimum.',
  },
  MaxInactivityTimeDeviceLock: {
    token: 0x15,
    since: '12.0',
    kind: { type: 'unsignedIntOrEmpty', min: 0, max: UINT32, unit: 'seconds' },
    ifAbsent: null,
    stricter: 'lower',
    loosest: 9999,
    wap: true,
    section: '2.2.2.36',
    meaning: 'The idle time after which the device locks; 9999 and more is never.',
  },
  MaxDevicePasswordFailedAttempts: {
    token: 0x16,
    since: '12.0',
    kind: { type: 'unsignedByteOrEmpty', min: 4, max: 16, unit: 'attempts' },
    gated: true,
    ifAbsent: null,
    stricter: 'lower',
    wap: true,
    section: '2.2.2.32',
    meaning: 'The wrong passwords after which the device wipes itself or locks for a time.',
  },
  MaxAttachmentSize: {
    token: 0x17,
    since: '12.0',
    kind: { type: 'unsignedIntOrEmpty', min: 0, max: UINT32, unit: 'bytes' },
    ifAbsent: null,
    stricter: 'lower',
    section: '2.2.2.30',
    meaning: 'The largest attachment that may be downloaded.',
  },
  AllowSimpleDevicePassword: {
    token: 0x18,
    since: '12.0',
    kind: boolean,
    gated: true,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.12',
    meaning: 'Passwords of one repeated or sequential run (2222, abcd) may be used.',
  },
  DevicePasswordExpiration: {
    token: 0x19,
    since: '12.0',
    kind: { type: 'unsignedIntOrEmpty', min: 0, max: UINT32, unit: 'days' },
    gated: true,
    ifAbsent: 0,
    stricter: 'lower',
    section: '2.2.2.26',
    meaning: 'The age at which the password must be changed; 0 is never.',
  },
  DevicePasswordHistory: {
    token: 0x1a,
    since: '12.0',
    kind: { type: 'unsignedInt', min: 0, max: UINT32, unit: 'passwords' },
    gated: true,
    ifAbsent: 0,
    stricter: 'higher',
    section: '2.2.2.27',
    meaning: 'The former passwords that may not be used again; 0 is none.',
  },
  AllowStorageCard: {
    token: 0x1b,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.15',
    meaning: 'Removable storage may be used.',
  },
  AllowCamera: {
    token: 0x1c,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.4',
    meaning: 'The camera may be used.',
  },
  RequireDeviceEncryption: {
    token: 0x1d,
    since: '12.1',
    kind: boolean,
    ifAbsent: false,
    stricter: 'true',
    section: '2.2.2.46',
    meaning: 'All local storage must be encrypted, or at least everything that came from the server.',
  },
  AllowUnsignedApplications: {
    token: 0x1e,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.17',
    meaning: 'Unsigned applications may run.',
  },
  AllowUnsignedInstallationPackages: {
    token: 0x1f,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.18',
    meaning: 'Unsigned installation packages may be installed.',
  },
  MinDevicePasswordComplexCharacters: {
    token: 0x20,
    since: '12.1',
    kind: { type: 'unsignedByte', min: 1, max: 4, unit: 'groups' },
    gated: true,
    ifAbsent: null,
    stricter: 'higher',
    loosest: 1,
    section: '2.2.2.37',
    meaning: 'The character groups (lower, upper, digit, other) that the password must mix.',
  },
  AllowWiFi: {
    token: 0x21,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.19',
    meaning: 'Wi-Fi may be used; the text of the specification writes AllowWifi.',
  },
  AllowTextMessaging: {
    token: 0x22,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.16',
    meaning: 'Text messages may be sent and received.',
  },
  AllowPOPIMAPEmail: {
    token: 0x23,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.10',
    meaning: 'POP and IMAP accounts may be used.',
  },
  AllowBluetooth: {
    token: 0x24,
    since: '12.1',
    kind: { type: 'unsignedByte', values: { 0: 'not at all', 1: 'hands-free profiles only', 2: 'freely' } },
    ifAbsent: 2,
    stricter: 'lower',
    section: '2.2.2.2',
    meaning: 'How far Bluetooth may be used.',
  },
  AllowIrDA: {
    token: 0x25,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.9',
    meaning: 'Infrared may be used.',
  },
  RequireManualSyncWhenRoaming: {
    token: 0x26,
    since: '12.1',
    kind: boolean,
    ifAbsent: false,
    stricter: 'true',
    section: '2.2.2.49',
    meaning: 'While roaming the device synchronizes only when its user asks.',
  },
  AllowDesktopSync: {
    token: 0x27,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.6',
    meaning: 'The device may synchronize with a computer.',
  },
  MaxCalendarAgeFilter: {
    token: 0x28,
    since: '12.1',
    kind: { type: 'unsignedInt', values: { 0: 'all', 4: '2 weeks', 5: '1 month', 6: '3 months', 7: '6 months' } },
    ifAbsent: 0,
    stricter: 'lower',
    section: '2.2.2.31',
    meaning: 'The calendar items kept on the device, by age.',
  },
  AllowHTMLEmail: {
    token: 0x29,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.7',
    meaning: 'E-mail may be shown as HTML; the server holds to it too.',
  },
  MaxEmailAgeFilter: {
    token: 0x2a,
    since: '12.1',
    kind: {
      type: 'unsignedInt',
      values: { 0: 'all', 1: '1 day', 2: '3 days', 3: '1 week', 4: '2 weeks', 5: '1 month' },
    },
    ifAbsent: 0,
    stricter: 'lower',
    section: '2.2.2.33',
    meaning: 'The e-mail kept on the device, by age.',
  },
  MaxEmailBodyTruncationSize: {
    token: 0x2b,
    since: '12.1',
    kind: { type: 'integer', min: -1, max: INT32 },
    ifAbsent: -1,
    stricter: 'lower',
    section: '2.2.2.34',
    meaning: 'The length at which plain-text bodies are cut; -1 is never, 0 the header only.',
  },
  MaxEmailHTMLBodyTruncationSize: {
    token: 0x2c,
    since: '12.1',
    kind: { type: 'integer', min: -1, max: INT32 },
    ifAbsent: -1,
    stricter: 'lower',
    section: '2.2.2.35',
    meaning: 'The length at which HTML bodies are cut; -1 is never, 0 the header only.',
  },
  RequireSignedSMIMEMessages: {
    token: 0x2d,
    since: '12.1',
    kind: boolean,
    ifAbsent: false,
    stricter: 'true',
    section: '2.2.2.51',
    meaning: 'S/MIME messages must be signed.',
  },
  RequireEncryptedSMIMEMessages: {
    token: 0x2e,
    since: '12.1',
    kind: boolean,
    ifAbsent: false,
    stricter: 'true',
    section: '2.2.2.47',
    meaning: 'S/MIME messages must be encrypted.',
  },
  RequireSignedSMIMEAlgorithm: {
    token: 0x2f,
    since: '12.1',
    kind: { type: 'integer', values: { 0: 'SHA1', 1: 'MD5' } },
    ifAbsent: 0,
    stricter: 'neither',
    section: '2.2.2.50',
    meaning: 'The algorithm to sign with.',
  },
  RequireEncryptionSMIMEAlgorithm: {
    token: 0x30,
    since: '12.1',
    kind: { type: 'integer', values: { 0: 'TripleDES', 1: 'DES', 2: 'RC2 128-bit', 3: 'RC2 64-bit', 4: 'RC2 40-bit' } },
    ifAbsent: 0,
    stricter: 'neither',
    section: '2.2.2.48',
    meaning: 'The algorithm to encrypt with.',
  },
  AllowSMIMEEncryptionAlgorithmNegotiation: {
    token: 0x31,
    since: '12.1',
    kind: { type: 'integer', values: { 0: 'not at all', 1: 'to a strong algorithm', 2: 'to any algorithm' } },
    ifAbsent: 2,
    stricter: 'lower',
    section: '2.2.2.13',
    meaning: 'How far the encryption algorithm may be negotiated down to what recipients support.',
  },
  AllowSMIMESoftCerts: {
    token: 0x32,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.14',
    meaning: 'Certificates kept in software may sign and encrypt.',
  },
  AllowBrowser: {
    token: 0x33,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.3',
    meaning: 'The default web browser may be used.',
  },
  AllowConsumerEmail: {
    token: 0x34,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.5',
    meaning: 'Personal e-mail accounts may be used.',
  },
  AllowRemoteDesktop: {
    token: 0x35,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.11',
    meaning: 'The device may open remote desktop sessions.',
  },
  AllowInternetSharing: {
    token: 0x36,
    since: '12.1',
    kind: boolean,
    ifAbsent: true,
    stricter: 'false',
    section: '2.2.2.8',
    meaning: 'The device may share its Internet connection.',
  },
  UnapprovedInROMApplicationList: {
    token: 0x37,
    since: '12.1',
    kind: { type: 'list', item: { name: 'ApplicationName', token: 0x38, section: '2.2.2.21' } },
    ifAbsent: null,
    stricter: 'more',
    section: '2.2.2.55',
    meaning: 'Preinstalled applications that may not run, by file name.',
  },
  ApprovedApplicationList: {
    token: 0x39,
    since: '12.1',
    kind: { type: 'list', item: { name: 'Hash', token: 0x3a, section: '2.2.2.29' } },
    ifAbsent: null,
    stricter: 'fewer',
    section: '2.2.2.22',
    meaning: 'The only installed applications that may run, by SHA-1 digest.',
  },
} as const satisfies Record<string, PolicyElementRow>;

/** The names of the policy elements (MS-ASPROV 2.2.2.28). */
export type PolicyElementName = keyof typeof policyElements;

export interface PolicyElementRow {
  /** WBXML tag on code page 14 (Provision). */
  readonly token: number;
  /** The first version that carries the element; all later ones do (MS-ASWBXML 2.1.2.1.15). */
  readonly since: ProtocolVersion;
  readonly kind: PolicyKind;
  /** The element counts for nothing unless DevicePasswordEnabled is true (3.1.5.1.1.1, R629). */
  readonly gated?: true;
  /**
   * What holds when the element is absent or empty; `null` is no requirement and no limit. Stated by the
   * specification for the password elements of 12.0, elsewhere the permissive choice.
   */
  readonly ifAbsent: boolean | number | null;
  /**
   * Which value asks more of the device: `true` or `false`, the `higher` or the `lower` number, the list with `more` or
   * `fewer` entries; `neither` where values differ but none is stricter.
   */
  readonly stricter: 'true' | 'false' | 'higher' | 'lower' | 'more' | 'fewer' | 'neither';
  /** A number that asks for nothing, and so do all that are less strict. */
  readonly loosest?: number;
  /** The document of protocol 2.5 has a setting for the element (2.2.2.24.2). */
  readonly wap?: true;
  /** Section of MS-ASPROV. */
  readonly section: string;
  /** What the element, or its `true`, asks of the device. */
  readonly meaning: string;
}

export type PolicyKind = BooleanKind | IntegerKind | ListKind;

/** `0` or `1` on the wire. */
export interface BooleanKind {
  readonly type: 'boolean';
}

/** Decimal text on the wire: of a range, or one of a few values, each with its meaning. */
export type IntegerKind = { readonly type: IntegerType } & (Range | Enumeration);

/** The schema's type; the `OrEmpty` ones have a third state, present but empty: unset (3.2.5.1.1, R652). */
export type IntegerType = 'unsignedByte' | 'unsignedByteOrEmpty' | 'unsignedInt' | 'unsignedIntOrEmpty' | 'integer';

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

export interface Enumeration {
  readonly values: Readonly<Record<number, string>>;
}

/** A container of any number of `item` elements, each a text. */
export interface ListKind {
  readonly type: 'list';
  readonly item: { readonly name: string; readonly token: number; readonly section: string };
}
