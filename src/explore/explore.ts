/** One exploration from beginning to end: search, promises, liveness. */
import type { Bounds } from './bounds.js';
import { chapterOf } from './chapter.js';
import { chartOf } from './chart.js';
import type { Composed } from './composed.js';
import { type InvariantName, invariantNames, invariants } from './invariants.js';
import { type Liveness, livenessOf } from './liveness.js';
import { pathTo, rowOf, stepFrom, withLastingNames } from './path.js';
import { type Breach, type Found, type Progress, type SearchOptions, search } from './search.js';

/** What an exploration found. */
export interface Exploration {
  readonly bounds: Bounds;
  readonly states: number;
  readonly transitions: number;
  /** Moves on the longest of all shortest ways. */
  readonly depth: number;
  /** Whether every state within the bounds was looked at; otherwise the search was stopped. */
  readonly isWhole: boolean;
  readonly invariants: readonly Verified[];
  /** Requests from the last fault or change to agreement or a verdict, at the most; null where that is not known. */
  readonly worstCaseRequests: number | null;
  /** The same for a device whose user goes on until there is agreement or a verdict that lasts. */
  readonly worstCaseUntilSettled: number | null;
  /** How many states at rest there are of each kind: agreement, or the last verdict. */
  readonly ends: Readonly<Record<string, number>>;
  /** The way to the state with the most requests to go. */
  readonly worstCase: readonly string[];
}

export interface Verified {
  readonly id: string;
  readonly name: string;
  readonly promise: string;
  /** Null where the search was stopped before it could be said. */
  readonly holds: boolean | null;
  /** The shortest way to break it, in moves. */
  readonly moves: number | null;
  /** The same as a chapter to be replayed. */
  readonly chapter: string | null;
}

/** Verdicts that stay until an administrator or the user does something: see 0004 and 0008 of the decisions. */
const lastingVerdicts: ReadonlySet<string> = new Set([
  'Wiped: device',
  'Wiped: account',
  'Refused: Provision 129',
  'Refused: Http 403',
  'Answered: Status 129',
  'Failed: ReprovisionLoop',
]);

export function* explore(
  composed: Composed,
  options: SearchOptions = {},
): Generator<Progress, Exploration, boolean | undefined> {
  const found = yield* search(composed, options);
  const { rows, transitions, depth, breaches, isWhole } = found;
  const anyVerdict = isWhole ? livenessOf(composed, found, () => true) : null;
  const lasting = isWhole ? livenessOf(composed, found, (verdict) => lastingVerdicts.has(verdict)) : null;
  return {
    bounds: composed.bounds,
    states: rows.size,
    transitions,
    depth,
    isWhole,
    invariants: [
      ...invariantNames.map((name, bit) => verified(composed, found, name, breaches[bit] ?? null)),
      lived('agreementOrVerdict', END, anyVerdict, composed, found),
      lived('agreementInTheEnd', LAST_END, lasting, composed, found),
    ],
    worstCaseRequests: anyVerdict?.worstCaseRequests ?? null,
    worstCaseUntilSettled: lasting?.worstCaseRequests ?? null,
    ends: anyVerdict?.ends ?? {},
    worstCase: anyVerdict ? chartTo(composed, found, anyVerdict.worst) : [],
  };
}

const END = 'Once nothing fails and nothing changes, every run ends in agreement or in a verdict.';
const LAST_END = 'And one that is tried again after each verdict ends in agreement, or in a verdict that lasts.';

function verified(composed: Composed, found: Found, name: InvariantName, breach: Breach | null): Verified {
  const { id, promise } = invariants[name];
  if (!breach) return { id, name, promise, holds: found.isWhole ? true : null, moves: null, chapter: null };
  const last = stepFrom(composed, rowOf(found.rows, breach.from, composed.width), breach.move);
  const steps = [...pathTo(composed, found, breach.from), ...(last ? [last] : [])];
  return { id, name, promise, holds: false, moves: steps.length, chapter: chapterOf(composed, name, steps) };
}

function lived(name: string, promise: string, liveness: Liveness | null, composed: Composed, found: Found): Verified {
  const holds = liveness && liveness.stuck < 0;
  if (!liveness || holds) return { id: 'L', name, promise, holds, moves: null, chapter: null };
  const chart = chartTo(composed, found, liveness.stuck);
  const what = liveness.isCycle ? 'comes back to this state' : 'can not go on from this state';
  return { id: 'L', name, promise, holds, moves: chart.length, chapter: [...chart, `The run ${what}.`].join('\n') };
}

function chartTo(composed: Composed, found: Found, state: number): readonly string[] {
  return chartOf(composed, withLastingNames(composed, pathTo(composed, found, state)));
}
