/**
 * The facts of a provisioning exchange. Each is named for what happened, not for who saw it: the side that authors
 * a fact puts it on the wire, the other side reads it there (MS-ASPROV 3.1.1). Every fact about a key names the key.
 */
import type { PolicyKey } from '../src/protocol/policy-key.js';
import type { PolicyData } from '../src/protocol/provision.js';

/** The side that a machine stands for. */
export type Role = 'client' | 'server';
/** What a wipe destroys: everything on the device, or what came from the server (from 16.1 on; MS-ASPROV 2.2.2.1). */
export type WipeScope = 'device' | 'account';

/** How far the device applied the policy: 1 fully, 2 partly, 3 not, 4 managed by others (MS-ASPROV 2.2.2.54.1). */
export type AcknowledgmentStatus = 1 | 2 | 3 | 4;

/** What the device says of the wipe: 1 it is done, 2 it failed (MS-ASPROV 2.2.2.54.3). */
export type WipeStatus = 1 | 2;

/** Where a Status number was found; the same number means different things in each scope (MS-ASPROV 2.2.2.54). */
export type StatusScope = 'Http' | 'Provision' | 'Policy';

/**
 * Why an agreement does not hold: the names of Status 140 to 144 (MS-ASCMD 2.2.2). 140 does not tell which wipe; a
 * server knows. `Unspecified` is HTTP 449, which tells nothing.
 */
export type ReprovisionReason = (typeof reprovisionReasons)[number];

export const reprovisionReasons = [
  'RemoteWipeRequested',
  'AccountOnlyRemoteWipeRequested',
  'LegacyDeviceOnStrictPolicy',
  'DeviceNotProvisioned',
  'PolicyRefresh',
  'InvalidPolicyKey',
  'Unspecified',
] as const;

/** No usable answer came: what went wrong on this side of the wire. */
export type ExchangeFault = 'Network' | 'Timeout' | 'Malformed' | 'Aborted';

/** Names the document: equal revisions are the same policy, whatever version carries it. */
export type PolicyRevision = string;

/** Everything that can happen in the conversation (MS-ASPROV 3.1.5, 3.2.5); `facts` has a row for each. */
export type ProvisioningEvent =
  // Authored by the client.
  | { readonly type: 'PolicyRequested' }
  | { readonly type: 'PolicyAcknowledged'; readonly policyKey: PolicyKey; readonly status: AcknowledgmentStatus }
  | { readonly type: 'WipeAcknowledged'; readonly scope: WipeScope; readonly status: WipeStatus }
  // Authored by the server.
  | {
      readonly type: 'PolicyOffered';
      readonly policyKey: PolicyKey;
      readonly policy: PolicyData;
      readonly revision: PolicyRevision | null;
    }
  | { readonly type: 'PolicyNotDefined' }
  | { readonly type: 'PermanentKeyIssued'; readonly policyKey: PolicyKey }
  | { readonly type: 'ProvisionRejected'; readonly scope: StatusScope; readonly status: number }
  | { readonly type: 'WipeDirected'; readonly scope: WipeScope }
  | { readonly type: 'WipeNotDirected' }
  | { readonly type: 'ReprovisionRequired'; readonly policyKey: PolicyKey; readonly reason: ReprovisionReason }
  | {
      readonly type: 'PolicyDetermined';
      readonly revision: PolicyRevision | null;
      /** Whether an agreement about another policy may stand for a while yet, so that not all devices come at once. */
      readonly mayWait?: boolean;
    }
  | { readonly type: 'WipeCancelled' }
  | { readonly type: 'CommandAdmitted'; readonly policyKey: PolicyKey }
  // Local to whichever side sees it.
  | { readonly type: 'ExchangeFailed'; readonly fault: ExchangeFault }
  | { readonly type: 'RetryDue'; readonly cycle: number; readonly attempt: number }
  | { readonly type: 'OfferExpired'; readonly policyKey: PolicyKey }
  | { readonly type: 'WipeCompleted'; readonly scope: WipeScope }
  | { readonly type: 'Reset' };

/** The names of the facts. */
export type EventType = ProvisioningEvent['type'];
/** The fact of one type. */
export type EventOf<T extends EventType> = Extract<ProvisioningEvent, { readonly type: T }>;

/** Who puts each fact on the wire (MS-ASPROV 3.1.5, 3.2.5), and what it says. One row per fact. */
export const facts = {
  PolicyRequested: { author: 'client', meaning: 'The device asks for the policy, or for the wipe it was told of.' },
  PolicyAcknowledged: {
    author: 'client',
    meaning: 'The device says how far it applied the policy offered under a key.',
  },
  WipeAcknowledged: { author: 'client', meaning: 'The device says how the wipe went.' },
  PolicyOffered: { author: 'server', meaning: 'A policy, under a temporary key that is good for acknowledging it.' },
  PolicyNotDefined: { author: 'server', meaning: 'No policy is set for this device (Policy Status 2).' },
  PermanentKeyIssued: { author: 'server', meaning: 'The acknowledgment is accepted; commands go under this key.' },
  ProvisionRejected: { author: 'server', meaning: 'A Provision request is refused, with a status in its scope.' },
  WipeDirected: { author: 'server', meaning: 'The device, or the account on it, is to be wiped.' },
  WipeNotDirected: { author: 'server', meaning: 'Asked for a wipe directive, the server has none.' },
  ReprovisionRequired: { author: 'server', meaning: 'The agreement under a key does not hold any more.' },
  PolicyDetermined: { author: 'server', meaning: 'The policy set for this device now has this revision.' },
  WipeCancelled: { author: 'server', meaning: 'An ordered wipe is taken back before it was carried out.' },
  CommandAdmitted: { author: 'server', meaning: 'A command passed under a key.' },
  ExchangeFailed: { author: 'local', meaning: 'No usable answer came.' },
  RetryDue: { author: 'local', meaning: 'The wait before another try is over.' },
  OfferExpired: { author: 'local', meaning: 'An offer stood unacknowledged for too long.' },
  WipeCompleted: { author: 'local', meaning: 'A confirmed wipe is carried out, or recorded.' },
  Reset: { author: 'local', meaning: 'The account or the device was removed, or a person starts afresh.' },
} as const satisfies Record<EventType, { readonly author: Role | 'local'; readonly meaning: string }>;

export const eventTypes = Object.keys(facts) as readonly EventType[];

/** Narrows a fact to one type. */
export function is<T extends EventType>(event: ProvisioningEvent, type: T): event is EventOf<T> {
  return event.type === type;
}
