/**
 * The Provision command as it stands on the wire, both directions, without a word on what it means
 * (MS-ASPROV 2.2.2, 6.1-6.3). Absent elements are absent properties; an empty PolicyType or PolicyKey is `''`. Blanks
 * around PolicyType, PolicyKey and Status do not count. A status whose text is not all digits is `NaN`: it is read, but
 * cannot be sent.
 */
import type { DeviceInformation } from './device-information.js';
import type { EASProvisionDoc } from './policy.js';

/** A Provision request. `{}` is the empty `<Provision/>` that asks for a wipe directive (MS-ASPROV 3.1.5.1.1, R622). */
export interface ProvisionRequestMessage {
  readonly deviceInformation?: DeviceInformation;
  /** `Policies/Policy`, in order; a present but empty `Policies` is `[]`. */
  readonly policies?: readonly RequestPolicy[];
  /** `RemoteWipe/Status`, as sent: an answer to a directive. */
  readonly remoteWipe?: WipeAnswer;
  /** `AccountOnlyRemoteWipe/Status` (16.1). */
  readonly accountOnlyRemoteWipe?: WipeAnswer;
}

/**
 * A Policy in a request: its type alone in the initial one, key and status in an acknowledgment (MS-ASPROV 2.2.2.41).
 */
export interface RequestPolicy {
  readonly policyType?: string;
  readonly policyKey?: string;
  /** `Policy/Status` of an acknowledgment (2.2.2.54.1, R383). */
  readonly status?: number;
}

/** How a wipe went: 1 done, 2 failed (MS-ASPROV 2.2.2.54.3); absent where the element is empty. */
export interface WipeAnswer {
  readonly status?: number;
}

/** A Provision response (MS-ASPROV 2.2.2, 6.3). */
export interface ProvisionResponseMessage {
  /** `settings:DeviceInformation/Status`. */
  readonly deviceInformationStatus?: number;
  /** `Provision/Status`; two products leave it out. */
  readonly status?: number;
  readonly policies?: readonly ResponsePolicy[];
  readonly remoteWipe?: true;
  readonly accountOnlyRemoteWipe?: true;
}

/** A Policy in a response (MS-ASPROV 2.2.2.41). */
export interface ResponsePolicy {
  readonly policyType?: string;
  readonly status?: number;
  readonly policyKey?: string;
  /** `Data`: a typed document, or the WAP document of 2.5 as text; an empty element is `''`. */
  readonly data?: PolicyData;
}

/**
 * What `Data` holds (MS-ASPROV 2.2.2.24): an EASProvisionDoc (12.0 and later), or the text of a WAP provisioning
 * document (2.5).
 */
export type PolicyData = EASProvisionDoc | string;
