/** What came of a call: values that say why. */
import type { EventType, Failure, Outcome, ReprovisionReason, Role, WipeScope } from '../../machines/index.js';
import type { HttpHeaders } from '../http/index.js';
import type { Element } from '../protocol/element.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import type { Problem } from '../protocol/problem.js';
import type { PolicyData } from '../protocol/provision.js';
import { type Explanation, explain, explanations } from './explanation.js';
import type { Owner } from './stored-state.js';

export type { Explanation } from './explanation.js';

/** What a call of `provision` came to. */
export type ProvisionOutcome =
  /** A policy is agreed on; commands go under this permanent key. */
  | { readonly kind: 'Provisioned'; readonly policyKey: PolicyKey; readonly policy: PolicyData }
  /** The server has no policy for this device: commands go under key 0 (MS-ASPROV 2.2.2.54.1, Status 2). */
  | { readonly kind: 'ProvisionedWithoutPolicy' }
  /** The device, or the account on it, was wiped as the server directed. */
  | { readonly kind: 'Wiped'; readonly scope: WipeScope }
  | Trouble;

/** What a call of `run` came to. */
export type CommandOutcome =
  /** An HTTP status of 200 to 299 that demands no provisioning; the Status in the document is the caller's to read. */
  | (Answer & {
      readonly kind: 'Answered';
      /** Whether the command was sent a second time, after provisioning. */
      readonly repeated: boolean;
      /** The key it went under. */
      readonly policyKey: PolicyKey;
    })
  | { readonly kind: 'Wiped'; readonly scope: WipeScope }
  | Trouble;

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
  /** The body as a WBXML document; `null` where it is empty or is none. */
  readonly document: Element | null;
}

/** Why a call did not come to what it was for, in words and with whose move it is. */
export type Trouble =
  /** The server said no. `answer` is its word where the call was a command. */
  | {
      readonly kind: 'Refused';
      readonly failure: Refusal;
      readonly explanation: Explanation;
      readonly answer: Answer | null;
    }
  /** No answer came, in none of the tries. */
  | { readonly kind: 'Unreachable'; readonly failure: ExchangeFailure; readonly explanation: Explanation }
  /** Anything else that ended it: on this side, or an answer that cannot be used. */
  | { readonly kind: 'Failed'; readonly failure: ClientFailure; readonly explanation: Explanation }
  /** An answer that fits no state; nothing was changed by it. `fault` is the side that broke the rules. */
  | {
      readonly kind: 'Violation';
      readonly event: EventType;
      readonly fault: Role | 'local';
      readonly explanation: Explanation;
    };

/** The server said no, and where it said so. */
export type Refusal =
  | Extract<Failure, { kind: 'Rejected' }>
  /** The command was refused again after provisioning. */
  | { readonly kind: 'ReprovisionRequired'; readonly reason: ReprovisionReason };

/** No usable answer came, and why. */
export type ExchangeFailure = Extract<Failure, { kind: 'ExchangeFailed' }>;

/** Why a call came to nothing, other than by a refusal. */
export type ClientFailure =
  | Exclude<Failure, { kind: 'Rejected' }>
  /** A port of the host threw, or answered what it must not. What is owed is done again at the next call. */
  | { readonly kind: 'HostFailed'; readonly port: HostPort; readonly cause: unknown }
  /** The store holds the state of another client: what it was made with, and this one was not. Nothing was sent. */
  | { readonly kind: 'ForeignState'; readonly field: Owner }
  /** The command cannot be written: an element, a parameter or a key that its form does not carry. */
  | { readonly kind: 'Unsendable'; readonly problem: Problem };

/** The functions of the host that may throw, by name. */
export type HostPort =
  | 'applyPolicy'
  | 'confirmWipe'
  | 'wipe'
  | 'authorization'
  | 'followRedirect'
  | 'clock'
  | 'random'
  | 'store.load'
  | 'store.save';

/** The outcome that a failure is. */
export function troubleOf(failure: ClientFailure | Refusal, answer: Answer | null = null): Trouble {
  const explanation = explain(failure);
  if (failure.kind === 'Rejected' || failure.kind === 'ReprovisionRequired') {
    return { kind: 'Refused', failure, explanation, answer };
  }
  if (failure.kind === 'ExchangeFailed' && (failure.fault === 'Network' || failure.fault === 'Timeout')) {
    return { kind: 'Unreachable', failure, explanation };
  }
  return { kind: 'Failed', failure, explanation };
}

export function violationOf({ event, fault }: Extract<Outcome, { kind: 'Violation' }>): Trouble {
  const explanation = fault === 'server' ? explanations.ServerViolation : explanations.LocalViolation;
  return { kind: 'Violation', event, fault, explanation: { code: 'Violation', ...explanation } };
}

/** Whether commands may go on. */
export function isProvisioned(
  outcome: ProvisionOutcome,
): outcome is Extract<ProvisionOutcome, { kind: 'Provisioned' | 'ProvisionedWithoutPolicy' }> {
  return !isUnprovisioned(outcome);
}

/** An outcome that no command goes on behind. */
export type Unprovisioned<Outcome> = Exclude<Outcome, { readonly kind: 'Provisioned' | 'ProvisionedWithoutPolicy' }>;

export function isUnprovisioned<Outcome extends { readonly kind: ProvisionOutcome['kind'] }>(
  outcome: Outcome,
): outcome is Unprovisioned<Outcome> {
  return outcome.kind !== 'Provisioned' && outcome.kind !== 'ProvisionedWithoutPolicy';
}

/** Every kind of outcome, of which call it is, and what it means: one row each. */
export const outcomeKinds = {
  Answered: {
    of: '`run`',
    meaning: 'HTTP 200 to 299 that demands nothing; the Status in `document` is the caller’s to read',
  },
  Provisioned: { of: '`provision`', meaning: 'a policy is agreed on, under `policyKey`' },
  ProvisionedWithoutPolicy: {
    of: '`provision`',
    meaning: 'the server has none for this device: commands go under key 0',
  },
  Wiped: { of: 'both', meaning: 'the server directed it, `confirmWipe` agreed, `wipe` was called' },
  Refused: {
    of: 'both',
    meaning: 'the server said no: `failure` is the status with its scope, or the reason it still demands',
  },
  Unreachable: { of: 'both', meaning: 'no answer, in none of the tries' },
  Failed: {
    of: 'both',
    meaning: 'anything else: a loop, a wipe not done, an answer that cannot be used, a port of the host that threw',
  },
  Violation: { of: 'both', meaning: 'the server said what it may not say: nothing of it was done or kept' },
} as const satisfies Record<
  (CommandOutcome | ProvisionOutcome)['kind'],
  { readonly of: string; readonly meaning: string }
>;
