import type { ProtocolVersion } from './version.js';

/**
 * What a device says about itself: the children of `settings:DeviceInformation/Set` (MS-ASCMD 2.2.3.167; Model is
 * required, MS-ASPROV 2.2.2.53, R607). Order is the order we send; any order is read. `since` is the first version whose
 * token table has the element (MS-ASWBXML 2.1.2.1.19).
 */
export const deviceInformationElements = {
  Model: { since: '12.0' },
  IMEI: { since: '12.0' },
  FriendlyName: { since: '12.0' },
  OS: { since: '12.0' },
  OSLanguage: { since: '12.0' },
  PhoneNumber: { since: '12.0' },
  UserAgent: { since: '12.1' },
  EnableOutboundSMS: { since: '14.0' },
  MobileOperator: { since: '14.0' },
} as const satisfies Record<string, { readonly since: ProtocolVersion }>;

/** What a device can say about itself, by name (MS-ASCMD 2.2.3.167). */
export type DeviceInformationElement = keyof typeof deviceInformationElements;

/** What a device says about itself (MS-ASPROV 2.2.2.53): each value of at most 1024 characters, not judged by the server. */
export type DeviceInformation = { readonly [Name in DeviceInformationElement]?: string };
