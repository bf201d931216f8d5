import type { Move } from './problem.js';
import type { ProtocolVersion } from './version.js';

/**
 * Every status of the provisioning conversation, by where it stands: one row per number.
 *
 * Mind the numbers of the common codes: 141 is a missing key on a strict policy, 142 not provisioned, 143 refresh, 144
 * a wrong key, 145 externally managed (MS-ASCMD 2.2.2). Lists in circulation are off by one.
 */
export const statuses = {
  /** `Provision/Status` in a response. Above 100 the common codes stand here too (MS-ASPROV 2.2.2.54.2). */
  Provision: {
    1: {
      name: 'Success',
      meaning: 'The request was carried out; each Policy has a Status of its own.',
      move: 'nobody',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.2',
    },
    2: {
      name: 'ProtocolError',
      meaning:
        'The request is malformed, or Policies or PolicyType is missing; after a failed wipe, the directive stands.',
      move: 'client',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.2',
    },
    3: {
      name: 'ServerError',
      meaning: 'The server failed, often for a short time only.',
      move: 'wait',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.2',
    },
  },
  /** `Policy/Status` in a response. */
  Policy: {
    1: {
      name: 'Success',
      meaning: 'The policy is enclosed, or its acknowledgment is recorded and the key is permanent.',
      move: 'nobody',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.1',
    },
    2: {
      name: 'PolicyNotDefined',
      meaning: 'There is no policy of this type for the client: nothing is to be enforced.',
      move: 'nobody',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.1',
    },
    3: {
      name: 'UnknownPolicyType',
      meaning: 'The PolicyType is not one that the server knows.',
      move: 'client',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.1',
    },
    4: {
      name: 'PolicyDataCorrupt',
      meaning: 'The stored policy is corrupt, possibly tampered with.',
      move: 'administrator',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.1',
    },
    5: {
      name: 'WrongPolicyKey',
      meaning: 'The acknowledgment names another key than the temporary one: provisioning starts over.',
      move: 'client',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.1',
    },
  },
  /** `Policy/Status` in an acknowledgment, sent as text (R383). */
  Acknowledgment: {
    1: {
      name: 'Applied',
      meaning: 'The whole policy is in force.',
      move: 'nobody',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.1',
    },
    2: {
      name: 'PartiallyApplied',
      meaning: 'The password settings, but not all of the policy, are in force.',
      move: 'administrator',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.1',
    },
    3: {
      name: 'NotApplied',
      meaning: 'Nothing of the policy is in force.',
      move: 'administrator',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.1',
    },
    4: {
      name: 'ExternallyManaged',
      meaning: 'The device is provisioned by a third party.',
      move: 'administrator',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.1',
    },
  },
  /** `RemoteWipe/Status` and `AccountOnlyRemoteWipe/Status` in a request. */
  Wipe: {
    1: {
      name: 'Wiped',
      meaning: 'The wipe succeeded.',
      move: 'nobody',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.3',
    },
    2: {
      name: 'WipeFailed',
      meaning: 'The wipe failed: the directive stands.',
      move: 'client',
      since: '2.5',
      section: 'MS-ASPROV 2.2.2.54.3',
    },
  },
  /** `settings:DeviceInformation/Status` in a response. */
  DeviceInformation: {
    1: {
      name: 'Success',
      meaning: 'The device information is recorded.',
      move: 'nobody',
      since: '12.0',
      section: 'MS-ASCMD 2.2.3.177.15',
    },
    2: {
      name: 'ProtocolError',
      meaning: 'The device information is malformed.',
      move: 'client',
      since: '12.0',
      section: 'MS-ASCMD 2.2.3.177.15',
    },
    5: {
      name: 'InvalidArguments',
      meaning: 'An argument is invalid.',
      move: 'client',
      since: '12.0',
      section: 'MS-ASCMD 2.2.3.177.15',
    },
    6: {
      name: 'ConflictingArguments',
      meaning: 'Arguments contradict each other.',
      move: 'client',
      since: '12.0',
      section: 'MS-ASCMD 2.2.3.177.15',
    },
  },
  /** The codes that can stand in the Status of any command's answer. */
  Common: {
    101: {
      name: 'InvalidContent',
      meaning: 'The body is invalid, or its Content-Type is wrong.',
      move: 'client',
      since: '14.0',
      http: [400],
      section: 'MS-ASCMD 2.2.2',
    },
    102: {
      name: 'InvalidWBXML',
      meaning: 'The body is not decodable WBXML.',
      move: 'client',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    103: {
      name: 'InvalidXML',
      meaning: 'The body is not what the schema of the command allows.',
      move: 'client',
      since: '14.0',
      http: [400],
      section: 'MS-ASCMD 2.2.2',
    },
    108: {
      name: 'DeviceIdMissingOrInvalid',
      meaning: 'The device id is missing or invalid.',
      move: 'client',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    109: {
      name: 'DeviceTypeMissingOrInvalid',
      meaning: 'The device type is missing or invalid.',
      move: 'client',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    110: {
      name: 'ServerError',
      meaning: 'The server failed; the same request would fail again.',
      move: 'server',
      since: '14.0',
      http: [500],
      section: 'MS-ASCMD 2.2.2',
    },
    111: {
      name: 'ServerErrorRetryLater',
      meaning: 'The server failed for now; the request may be repeated later.',
      move: 'wait',
      since: '14.0',
      http: [503],
      section: 'MS-ASCMD 2.2.2',
    },
    112: {
      name: 'ActiveDirectoryAccessDenied',
      meaning: 'The server may not read or write the directory entry it needs.',
      move: 'administrator',
      since: '14.0',
      http: [403],
      section: 'MS-ASCMD 2.2.2',
    },
    125: {
      name: 'UserPrincipalCouldNotBeFound',
      meaning: 'The directory does not know the user.',
      move: 'administrator',
      since: '14.0',
      http: [403],
      section: 'MS-ASCMD 2.2.2',
    },
    126: {
      name: 'UserDisabledForSync',
      meaning: 'The user may not use ActiveSync.',
      move: 'administrator',
      since: '14.0',
      http: [403],
      section: 'MS-ASCMD 2.2.2',
    },
    127: {
      name: 'UserOnNewMailboxCannotSync',
      meaning: 'The server is set to block users of newer mailboxes.',
      move: 'administrator',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    128: {
      name: 'UserOnLegacyMailboxCannotSync',
      meaning: 'The server is set to block users of older mailboxes.',
      move: 'administrator',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    129: {
      name: 'DeviceIsBlockedForThisUser',
      meaning: 'The device is not on the list of those allowed for the user.',
      move: 'administrator',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    130: {
      name: 'AccessDenied',
      meaning: 'The user may not do this.',
      move: 'administrator',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    131: {
      name: 'AccountDisabled',
      meaning: 'The account is disabled.',
      move: 'administrator',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    132: {
      name: 'SyncStateNotFound',
      meaning: 'The server has lost what it knew of the device: everything is synchronized anew.',
      move: 'client',
      since: '14.0',
      http: [403, 500],
      section: 'MS-ASCMD 2.2.2',
    },
    133: {
      name: 'SyncStateLocked',
      meaning: 'What the server knows of the device is locked: everything is synchronized anew.',
      move: 'client',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    134: {
      name: 'SyncStateCorrupt',
      meaning: 'What the server knows of the device is corrupt: everything is synchronized anew.',
      move: 'client',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    135: {
      name: 'SyncStateAlreadyExists',
      meaning: 'The server knows the device already: everything is synchronized anew.',
      move: 'client',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    136: {
      name: 'SyncStateVersionInvalid',
      meaning: 'What the server knows of the device is of another version: everything is synchronized anew.',
      move: 'client',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    137: {
      name: 'CommandNotSupported',
      meaning: 'The server does not carry out this command.',
      move: 'client',
      since: '14.0',
      http: [501],
      section: 'MS-ASCMD 2.2.2',
    },
    138: {
      name: 'VersionNotSupported',
      meaning: 'The server does not speak this version: it is negotiated anew.',
      move: 'client',
      since: '14.0',
      http: [400, 505],
      section: 'MS-ASCMD 2.2.2',
    },
    139: {
      name: 'DeviceNotFullyProvisionable',
      meaning: 'The policy cannot be met in full, and partial compliance is refused.',
      move: 'administrator',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2; MS-ASPROV 3.1.5.2',
    },
    140: {
      name: 'RemoteWipeRequested',
      meaning: 'A wipe is pending: its directive is fetched by Provision.',
      move: 'client',
      since: '14.0',
      http: [449, 403],
      section: 'MS-ASCMD 2.2.2',
    },
    141: {
      name: 'LegacyDeviceOnStrictPolicy',
      meaning: 'A policy is in force and the client sent no policy key.',
      move: 'client',
      since: '14.0',
      http: [449],
      section: 'MS-ASCMD 2.2.2; MS-ASPROV 3.1.5.2',
    },
    142: {
      name: 'DeviceNotProvisioned',
      meaning: 'A policy is in force and the device must provision.',
      move: 'client',
      since: '14.0',
      http: [449],
      section: 'MS-ASCMD 2.2.2',
    },
    143: {
      name: 'PolicyRefresh',
      meaning: 'The policy is due for its periodic refresh.',
      move: 'client',
      since: '14.0',
      http: [449],
      section: 'MS-ASCMD 2.2.2',
    },
    144: {
      name: 'InvalidPolicyKey',
      meaning: 'The policy key is not the current one; the policy has probably changed.',
      move: 'client',
      since: '14.0',
      http: [449],
      section: 'MS-ASCMD 2.2.2',
    },
    145: {
      name: 'ExternallyManagedDevicesNotAllowed',
      meaning: 'The device is managed by a third party, which is refused.',
      move: 'administrator',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2; MS-ASPROV 3.1.5.2',
    },
    149: {
      name: 'InvalidStoredRequest',
      meaning: 'The server remembers no earlier request: the full one is sent.',
      move: 'client',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
    165: {
      name: 'DeviceInformationRequired',
      meaning: 'The initial Provision request lacks DeviceInformation.',
      move: 'client',
      since: '14.1',
      section: 'MS-ASCMD 2.2.2',
    },
    177: {
      name: 'MaximumDevicesReached',
      meaning: 'The user has too many devices and must remove some.',
      move: 'user',
      since: '14.0',
      section: 'MS-ASCMD 2.2.2',
    },
  },
} as const satisfies Record<string, Readonly<Record<number, StatusRow>>>;

export type StatusScope = keyof typeof statuses;

export interface StatusRow {
  readonly name: string;
  readonly meaning: string;
  /** Whose move would mend it; `nobody` where nothing is wrong. */
  readonly move: Move;
  /** The first version that sends it; up to 12.1 an HTTP status stands for the codes above 100 (C-R7461, C-R7462). */
  readonly since: ProtocolVersion;
  /** The HTTP statuses that stand for it up to 12.1, the usual one first; absent where none is listed. */
  readonly http?: readonly number[];
  /** Section of the specification that defines it. */
  readonly section: string;
}

/** A status as its row tells it; `known` is false where no row has the number. */
export interface StatusDescription extends StatusRow {
  readonly scope: StatusScope;
  readonly status: number;
  readonly known: boolean;
}

/**
 * What a status means where it stands. Total: a number that no row has is described as such, and the move is with the
 * side that sent it.
 */
export function describeStatus(scope: StatusScope, status: number): StatusDescription {
  const row = rowOf(scope, status) ?? (scope === 'Provision' ? rowOf('Common', status) : undefined);
  return { ...(row ?? unknownRow(scope)), scope, status, known: row !== undefined };
}

function rowOf(scope: StatusScope, status: number): StatusRow | undefined {
  const rows: Readonly<Record<number, StatusRow>> = statuses[scope];
  return rows[status];
}

function unknownRow(scope: StatusScope): StatusRow {
  const sender = scope === 'Acknowledgment' || scope === 'Wipe' ? 'client' : 'server';
  return { name: 'Unknown', meaning: 'A number that is not defined here.', move: sender, since: '2.5', section: '' };
}
