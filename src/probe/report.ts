/** What a probe found: plain data, ready to be written as JSON. It holds policy keys, never a password. */
import type { ProtocolVersion } from '../protocol/version.js';

/** Whether a promise holds against an attack; `NotTried` where nobody can say. */
export type Verdict = 'Holds' | 'Broken' | 'NotTried';

/** What one try of an attack came to; the reason is null where the promise holds. */
export type Finding =
  | { readonly verdict: 'Holds'; readonly reason: null }
  | { readonly verdict: 'Broken' | 'NotTried'; readonly reason: string };

/** As whom a request was sent. */
export type Identity = 'user' | 'second user' | 'wrong password' | 'no password';

/** One request and its answer, as evidence. */
export interface ProbeExchange {
  /** `OPTIONS`, or the command. */
  readonly command: string;
  /** Method and target, as in a request line. */
  readonly request: string;
  readonly as: Identity;
  /** The MS-ASProtocolVersion that was sent; null for OPTIONS. */
  readonly protocolVersion: ProtocolVersion | null;
  /** The X-MS-PolicyKey that was sent, as it was sent; null where the header was left out. */
  readonly policyKey: string | null;
  /** What else was sent in headers, `User-Agent: Outlook`; without Authorization. */
  readonly headers: readonly string[];
  /** The body as a line, `Provision(Policies(…))`; null without one. */
  readonly sent: string | null;
  /** Null where no answer came. */
  readonly httpStatus: number | null;
  /** The Status of the answer's document that says how the command went; null where there is none. */
  readonly status: number | null;
  /** The body of the answer as a line; null without one. */
  readonly received: string | null;
}

/** One try: an attack in one version, with devices of its own. */
export interface Trial {
  readonly protocolVersion: ProtocolVersion;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly exchanges: readonly ProbeExchange[];
}

/** What an attack came to in all versions: broken in one is broken. */
export interface AttackResult {
  /** `I1.invented-key`: the promise, and a name. */
  readonly id: string;
  /** `I1` to `I14`. */
  readonly promise: string;
  /** What was tried. */
  readonly attack: string;
  readonly verdict: Verdict;
  /** Why it is broken, or was not tried; null where it holds. */
  readonly reason: string | null;
  readonly evidence: readonly Trial[];
}

/** What a whole run came to. */
export interface ProbeReport {
  /** The URL that was probed. */
  readonly endpoint: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds. */
  readonly duration: number;
  /** What OPTIONS listed, as it was written. */
  readonly offered: readonly string[];
  /** The versions that attacks were tried in, oldest first. */
  readonly versions: readonly ProtocolVersion[];
  /** What every device id of the run begins with; four digits come after it. */
  readonly devicePrefix: string;
  /** How many device ids were made up: 0001 to this. */
  readonly devices: number;
  readonly results: readonly AttackResult[];
  /** What could not be put back as it was; empty where all was. */
  readonly leftBehind: readonly string[];
}

/** Why a probe did not begin. */
export type ProbeFailure =
  /** The transport gave no answer. */
  | { readonly kind: 'Unreachable'; readonly cause: string }
  /** OPTIONS was answered with another HTTP status than 2xx. */
  | { readonly kind: 'Refused'; readonly httpStatus: number }
  /** None of the versions that the server offers is one to probe in. */
  | { readonly kind: 'NoVersion'; readonly offered: readonly string[] };

export const holds: Finding = { verdict: 'Holds', reason: null };

export function broken(reason: string): Finding {
  return { verdict: 'Broken', reason };
}

/** What the trials of an attack come to together. */
export function verdictOf(trials: readonly Trial[]): Pick<AttackResult, 'verdict' | 'reason'> {
  for (const verdict of ['Broken', 'Holds', 'NotTried'] as const) {
    const trial = trials.find((candidate) => candidate.verdict === verdict);
    if (trial) return { verdict, reason: trial.reason && `${trial.protocolVersion}: ${trial.reason}` };
  }
  return { verdict: 'NotTried', reason: 'no version to try it in' };
}
