import { NO_POLICY_KEY, type PolicyKey } from '../src/protocol/policy-key.js';
import type { PolicyData } from '../src/protocol/provision.js';
import type {
  AcknowledgmentStatus,
  ExchangeFault,
  PolicyRevision,
  ReprovisionReason,
  Role,
  StatusScope,
  WipeScope,
} from './provisioning.events.js';

/** How often to try before giving up. Configuration, not memory: it is not saved with the state. */
export interface Limits {
  /** Tries after the first of one message; 0 never retries. */
  readonly attempts: number;
  /** Exchanges begun without an admitted command in between. */
  readonly cycles: number;
}

/** A device is patient, but not without end; a server answers whatever comes. */
export const defaultLimits = {
  client: { attempts: 3, cycles: 3 },
  server: { attempts: 0, cycles: Number.MAX_SAFE_INTEGER },
} as const satisfies Record<Role, Limits>;

/** What stands offered and is not settled; `status` is null until the device acknowledges, 1 for a confirmed wipe. */
export type Pending =
  | {
      readonly kind: 'Policy';
      readonly policy: PolicyData;
      readonly revision: PolicyRevision | null;
      readonly status: AcknowledgmentStatus | null;
    }
  | { readonly kind: 'Wipe'; readonly scope: WipeScope; readonly status: 1 | null };

/** Why the last exchange came to nothing. */
export type Failure =
  | { readonly kind: 'Rejected'; readonly scope: StatusScope; readonly status: number }
  | { readonly kind: 'ExchangeFailed'; readonly fault: ExchangeFault }
  | { readonly kind: 'OfferExpired' }
  | { readonly kind: 'WipeFailed'; readonly scope: WipeScope }
  | { readonly kind: 'ReprovisionLoop'; readonly cycles: number };

/** Everything remembered between two facts: plain data, equal on both sides but for `role` and `limits`. */
export interface ProvisioningContext {
  readonly role: Role;
  readonly limits: Limits;
  /** The current policy key: 0, temporary while acknowledging, permanent once provisioned. */
  readonly policyKey: PolicyKey;
  readonly pending: Pending | null;
  /** The revision both sides agreed on; null before that, and without a policy. */
  readonly revision: PolicyRevision | null;
  /** The temporary key that earned the permanent one, until a command passes: its repetition gets the same answer. */
  readonly settledKey: PolicyKey | null;
  readonly reason: ReprovisionReason | null;
  /** Failed tries of the message now in flight. */
  readonly attempts: number;
  /** Exchanges begun since a command last passed. */
  readonly cycles: number;
  readonly failure: Failure | null;
}

/** Nothing agreed, nothing offered. */
export const noAgreement = {
  policyKey: NO_POLICY_KEY,
  pending: null,
  revision: null,
  settledKey: null,
  attempts: 0,
} as const satisfies Partial<ProvisioningContext>;

/** The memory of a side that never met its peer. */
export const cleanMemory = { ...noAgreement, reason: null, cycles: 0, failure: null } as const satisfies Omit<
  ProvisioningContext,
  'role' | 'limits'
>;

/**
 * The memory with a part of it replaced; the same memory by reference when that changes nothing. Field by field and
 * not by spreading: it is on the path of every fact, and spreading two objects of unlike shape takes five times as long.
 */
export function remember<R extends Role>(
  context: ProvisioningContext & { readonly role: R },
  patch: Partial<Omit<ProvisioningContext, 'role' | 'limits'>>,
): ProvisioningContext & { readonly role: R } {
  const {
    policyKey = context.policyKey,
    pending = context.pending,
    revision = context.revision,
    settledKey = context.settledKey,
    reason = context.reason,
    attempts = context.attempts,
    cycles = context.cycles,
    failure = context.failure,
  } = patch;
  const isSame =
    policyKey === context.policyKey &&
    pending === context.pending &&
    revision === context.revision &&
    settledKey === context.settledKey &&
    reason === context.reason &&
    attempts === context.attempts &&
    cycles === context.cycles &&
    failure === context.failure;
  if (isSame) return context;
  const { role, limits } = context;
  return { role, limits, policyKey, pending, revision, settledKey, reason, attempts, cycles, failure };
}
