import type { ReprovisionReason } from '../../machines/index.js';
import type { RefusalReason } from '../http/index.js';
import type { Move } from '../protocol/problem.js';

/**
 * Every reason for which the server answers otherwise than asked: one row each, with the common status code it has in
 * a body from 14.0 on (MS-ASCMD 2.2.2), what stands for that up to 12.1, and whose move would mend it.
 */
export const serverReasons = {
  RemoteWipeRequested: { status: 140, http: 449, move: 'client', meaning: 'A wipe of the device is ordered.' },
  AccountOnlyRemoteWipeRequested: {
    status: 140,
    http: 449,
    move: 'client',
    meaning: 'A wipe of the account is ordered.',
  },
  LegacyDeviceOnStrictPolicy: { status: 141, http: 449, move: 'client', meaning: 'The request carries no policy key.' },
  DeviceNotProvisioned: { status: 142, http: 449, move: 'client', meaning: 'The device has not been provisioned.' },
  PolicyRefresh: { status: 143, http: 449, move: 'client', meaning: 'The policy is due for a refresh.' },
  InvalidPolicyKey: { status: 144, http: 449, move: 'client', meaning: 'The policy key is not the one in force.' },
  Unspecified: { status: 142, http: 449, move: 'client', meaning: 'The device has to provision.' },
  DeviceIsBlocked: {
    status: 129,
    http: 403,
    move: 'administrator',
    meaning: 'The device was wiped and is not readmitted.',
  },
  WipeUndeliverable: {
    status: 129,
    http: 403,
    move: 'administrator',
    meaning: 'A wipe of the account is ordered, and this version does not carry it: the device stays out.',
  },
  UserDisabledForSync: { status: 126, http: 403, move: 'administrator', meaning: 'The user may not synchronise.' },
  UserOnNewMailboxCannotSync: {
    status: 127,
    http: 403,
    move: 'administrator',
    meaning: 'The mailbox is on a newer server that is not served here.',
  },
  UserOnLegacyMailboxCannotSync: {
    status: 128,
    http: 403,
    move: 'administrator',
    meaning: 'The mailbox is on an older server that is not served here.',
  },
  DeviceIsBlockedForThisUser: {
    status: 129,
    http: 403,
    move: 'administrator',
    meaning: 'The user may not synchronise with this device.',
  },
  AccessDenied: { status: 130, http: 403, move: 'administrator', meaning: 'Access is denied.' },
  AccountDisabled: { status: 131, http: 403, move: 'administrator', meaning: 'The account is disabled.' },
  BadCredentials: { status: null, http: 401, move: 'user', meaning: 'No credentials, or refused ones.' },
  WrongPath: { status: null, http: 404, move: 'client', meaning: 'Not the path of ActiveSync.' },
  UnknownMethod: { status: null, http: 501, move: 'client', meaning: 'Neither POST nor OPTIONS.' },
  BadQuery: { status: null, http: 400, move: 'client', meaning: 'The query can not be read.' },
  MissingVersion: { status: null, http: 400, move: 'client', meaning: 'No protocol version.' },
  UnknownVersion: { status: null, http: 400, move: 'client', meaning: 'A protocol version that does not exist.' },
  VersionNotSupported: { status: null, http: 400, move: 'client', meaning: 'A protocol version that is not served.' },
  UnknownCommand: { status: null, http: 501, move: 'client', meaning: 'Not a command of this version.' },
  BodyTooLarge: { status: null, http: 413, move: 'client', meaning: 'The body is longer than the limit.' },
  BodyTooSlow: { status: null, http: 408, move: 'client', meaning: 'The body did not arrive in time.' },
  DeviceIdMissingOrInvalid: { status: 108, http: 400, move: 'client', meaning: 'Not 1 to 32 letters and digits.' },
  DeviceTypeMissingOrInvalid: { status: 109, http: 400, move: 'client', meaning: 'Not 1 to 32 visible characters.' },
  InvalidContent: { status: 101, http: 400, move: 'client', meaning: 'The body is not announced as WBXML.' },
  InvalidWBXML: { status: 102, http: 400, move: 'client', meaning: 'The body can not be decoded.' },
  ProtocolError: { status: 2, http: null, move: 'client', meaning: 'Not a Provision request (Provision Status 2).' },
  UnknownPolicyType: {
    status: 3,
    http: null,
    move: 'client',
    meaning: 'A PolicyType that is not this version’s (Policy Status 3).',
  },
  PolicyCorrupt: {
    status: 4,
    http: null,
    move: 'administrator',
    meaning: 'The policy that is set can not be written (Policy Status 4).',
  },
  WrongPolicyKey: {
    status: 5,
    http: null,
    move: 'client',
    meaning: 'An acknowledgment under another key than the one offered (Policy Status 5).',
  },
  DeviceNotFullyProvisionable: {
    status: 139,
    http: null,
    move: 'administrator',
    meaning: 'The device applied the policy in part or not at all.',
  },
  ExternallyManagedDevicesNotAllowed: {
    status: 145,
    http: null,
    move: 'administrator',
    meaning: 'Others manage the device.',
  },
  DeviceInformationRequired: {
    status: 165,
    http: null,
    move: 'client',
    meaning: 'Provision without DeviceInformation from 14.1 on.',
  },
  CredentialsSourceFailed: {
    status: null,
    http: 503,
    move: 'server',
    meaning: 'The credentials could not be checked.',
  },
  AccessSourceFailed: { status: null, http: 503, move: 'server', meaning: 'The access could not be looked up.' },
  PolicySourceFailed: { status: null, http: 503, move: 'server', meaning: 'The policy could not be looked up.' },
  StoreFailed: { status: null, http: 503, move: 'server', meaning: 'The device record could not be read or written.' },
  LostRace: {
    status: null,
    http: 503,
    move: 'wait',
    meaning: 'Other requests of the device kept changing its record.',
  },
  HostFailed: {
    status: null,
    http: 500,
    move: 'server',
    meaning: 'The host failed to carry out the command, or to mint a key.',
  },
} as const satisfies Record<ReprovisionReason | RefusalReason, ServerReasonRow> & Record<string, ServerReasonRow>;

/** What a reason is on the wire, and whose move it is. */
export interface ServerReasonRow {
  /** The status in a body; null where only HTTP can tell. */
  readonly status: number | null;
  /** The HTTP status: always where `status` is null, otherwise up to 12.1; null where the body tells in every version. */
  readonly http: number | null;
  readonly move: Move;
  readonly meaning: string;
}

/** The names of the reasons. */
export type ServerReason = keyof typeof serverReasons;

/** Why a user may not synchronise, or not with this device (MS-ASCMD 2.2.2). */
export type AccessRefusal =
  | 'UserDisabledForSync'
  | 'UserOnNewMailboxCannotSync'
  | 'UserOnLegacyMailboxCannotSync'
  | 'DeviceIsBlockedForThisUser'
  | 'AccessDenied'
  | 'AccountDisabled';

/** The reason behind a status that answers a Provision request; a status no row has is the server's own refusal. */
export function reasonOfStatus(status: number): ServerReason {
  const names = Object.keys(serverReasons) as ServerReason[];
  return names.find((name) => serverReasons[name].status === status) ?? 'ProtocolError';
}
