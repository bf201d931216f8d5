/**
 * The seven protocol versions and what each carries, as far as provisioning is concerned
 * (MS-ASPROV 2.2.2.43, 2.2.2.53, 2.2.2.1; MS-ASCMD 2.2.2; MS-ASHTTP 2.2.1.1.1.1). One row per version.
 */
export const protocolVersions = {
  '2.5': {
    code: 25,
    policyType: 'MS-WAP-Provisioning-XML',
    signal: 'http',
    deviceInformation: 'never',
    accountOnlyRemoteWipe: false,
  },
  '12.0': {
    code: 120,
    policyType: 'MS-EAS-Provisioning-WBXML',
    signal: 'http',
    deviceInformation: 'settings',
    accountOnlyRemoteWipe: false,
  },
  '12.1': {
    code: 121,
    policyType: 'MS-EAS-Provisioning-WBXML',
    signal: 'http',
    deviceInformation: 'settings',
    accountOnlyRemoteWipe: false,
  },
  '14.0': {
    code: 140,
    policyType: 'MS-EAS-Provisioning-WBXML',
    signal: 'status',
    deviceInformation: 'settings',
    accountOnlyRemoteWipe: false,
  },
  '14.1': {
    code: 141,
    policyType: 'MS-EAS-Provisioning-WBXML',
    signal: 'status',
    deviceInformation: 'provision',
    accountOnlyRemoteWipe: false,
  },
  '16.0': {
    code: 160,
    policyType: 'MS-EAS-Provisioning-WBXML',
    signal: 'status',
    deviceInformation: 'provision',
    accountOnlyRemoteWipe: false,
  },
  '16.1': {
    code: 161,
    policyType: 'MS-EAS-Provisioning-WBXML',
    signal: 'status',
    deviceInformation: 'provision',
    accountOnlyRemoteWipe: true,
  },
} as const satisfies Record<string, VersionRow>;

export interface VersionRow {
  /** The version times ten: the first byte of a base64 query. */
  readonly code: number;
  readonly policyType: PolicyType;
  /** How a command is told to provision first: HTTP 449, or a Status in the command's own body. */
  readonly signal: 'http' | 'status';
  /** Where the device describes itself: nowhere, in Settings, or in the initial Provision request (from 14.1). */
  readonly deviceInformation: 'never' | 'settings' | 'provision';
  /** Whether the version knows `AccountOnlyRemoteWipe`. */
  readonly accountOnlyRemoteWipe: boolean;
}

/** The seven versions of the protocol, as they are written in headers. */
export type ProtocolVersion = keyof typeof protocolVersions;
export type PolicyType = 'MS-WAP-Provisioning-XML' | 'MS-EAS-Provisioning-WBXML';

/** All versions, oldest first. */
export const versions = Object.keys(protocolVersions) as readonly ProtocolVersion[];

export function isProtocolVersion(text: string): text is ProtocolVersion {
  return Object.hasOwn(protocolVersions, text);
}

/** Whether `version` is `since` or newer. */
export function isAtLeast(version: ProtocolVersion, since: ProtocolVersion): boolean {
  return protocolVersions[version].code >= protocolVersions[since].code;
}

/**
 * Whether `version` has a directive for a wipe of the scope (MS-ASPROV 2.2.2.1): for that of an account it begins with
 * 16.1. Where it has none, none may be sent, asked for or obeyed.
 */
export function carriesWipe(version: ProtocolVersion, scope: 'device' | 'account'): boolean {
  return scope === 'device' || protocolVersions[version].accountOnlyRemoteWipe;
}

/**
 * The greatest version of the peer's list that is also in ours (MS-ASHTTP 3.1.3); unknown entries are ignored,
 * spaces do not matter. `null` when there is none in common.
 */
export function negotiateVersion(offered: string, ours: readonly ProtocolVersion[] = versions): ProtocolVersion | null {
  const listed = new Set(offered.split(',').map((entry) => entry.trim()));
  const common = ours.filter((version) => listed.has(version));
  return common.reduce<ProtocolVersion | null>((best, next) => (best && isAtLeast(best, next) ? best : next), null);
}
