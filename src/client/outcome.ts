/** What came of a call: values that say why. */
import type {
  EventType,
  ExchangeFault,
  Failure,
  Outcome,
  ReprovisionReason,
  Role,
  WipeScope,
} from '../../machines/index.js';
import { type HttpHeaders, httpStatus } from '../http/index.js';
import type { Element } from '../protocol/element.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import type { Move, Problem } from '../protocol/problem.js';
import type { PolicyData } from '../protocol/provision.js';
import { describeStatus } from '../protocol/status.js';

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
  /** The command cannot be written: an element, a parameter or a key that its form does not carry. */
  | { readonly kind: 'Unsendable'; readonly problem: Problem };

/** The functions of the host that may throw, by name. */
export type HostPort =
  | 'applyPolicy'
  | 'confirmWipe'
  | 'wipe'
  | 'authorization'
  | 'clock'
  | 'random'
  | 'store.load'
  | 'store.save';

/** What happened in the words of the specifications, and whose move would mend it. */
export interface Explanation {
  /** `Http 401`, `Provision 139`, `Policy 4`, or the kind of failure: `Network`, `ReprovisionLoop`. */
  readonly code: string;
  readonly name: string;
  readonly meaning: string;
  readonly move: Move;
}

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
  return outcome.kind === 'Provisioned' || outcome.kind === 'ProvisionedWithoutPolicy';
}

function explain(failure: ClientFailure | Refusal): Explanation {
  switch (failure.kind) {
    case 'Rejected': {
      const { scope, status } = failure;
      const { name, meaning, move } = scope === 'Http' ? httpStatus(status) : describeStatus(scope, status);
      return { code: `${scope} ${status}`, name, meaning, move };
    }
    case 'ExchangeFailed':
      return { code: failure.fault, ...explanations[failure.fault] };
    default:
      return { code: failure.kind, ...explanations[failure.kind] };
  }
}

type Explained =
  | ExchangeFault
  | Exclude<(ClientFailure | Refusal)['kind'], 'Rejected' | 'ExchangeFailed'>
  | 'ServerViolation'
  | 'LocalViolation';

/** What no status of a specification says. */
const explanations = {
  Network: { name: 'No connection', meaning: 'The server was not reached, or the connection broke.', move: 'wait' },
  Timeout: { name: 'No answer in time', meaning: 'The server did not answer within the time allowed.', move: 'wait' },
  Malformed: {
    name: 'Unusable answer',
    meaning: 'Too large, not WBXML, or not an answer to what was asked.',
    move: 'server',
  },
  Aborted: { name: 'Aborted', meaning: 'The exchange was called off on this side.', move: 'caller' },
  OfferExpired: { name: 'Offer expired', meaning: 'The policy was not acknowledged in time.', move: 'client' },
  WipeFailed: {
    name: 'Wipe not done',
    meaning: 'The device cannot or may not wipe: the directive stands.',
    move: 'user',
  },
  ReprovisionLoop: {
    name: 'Demand without end',
    meaning: 'The server keeps demanding to provision however often that was done.',
    move: 'administrator',
  },
  ReprovisionRequired: {
    name: 'Demanded again',
    meaning: 'The server refuses the command under the key that it has just issued.',
    move: 'server',
  },
  HostFailed: { name: 'Host failed', meaning: 'A port that the host supplies threw.', move: 'caller' },
  Unsendable: { name: 'Not sendable', meaning: 'The command cannot be written as it is.', move: 'caller' },
  ServerViolation: { name: 'Violation', meaning: 'The server said what fits no state.', move: 'server' },
  LocalViolation: { name: 'Violation', meaning: 'A fact of this side fits no state.', move: 'client' },
} as const satisfies Record<Explained, Omit<Explanation, 'code'>>;
