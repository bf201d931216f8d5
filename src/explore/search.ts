/** Breadth first through every state within the bounds. */
import { type Column, createColumn, createRowSet, type RowSet } from './columns.js';
import type { Composed } from './composed.js';
import { type InvariantName, invariantNames } from './invariants.js';

/** Where a promise was broken: the shortest way leads to `from`, and `move` from there. */
export interface Breach {
  readonly from: number;
  readonly move: number;
}

/** What was found, by number of state. */
export interface Found {
  readonly rows: RowSet;
  readonly parents: Column;
  /** The calm moves out of each state: those of state n from `calmFrom.at(n)` on, each `target * 2 + isRequest`. */
  readonly calm: Column;
  readonly calmFrom: Column;
  readonly transitions: number;
  readonly depth: number;
  /** By the bit of the promise; null where it holds. */
  readonly breaches: readonly (Breach | null)[];
  /** Whether all states within the bounds were looked at. */
  readonly isWhole: boolean;
}

export interface Progress {
  readonly states: number;
  readonly expanded: number;
  readonly transitions: number;
  readonly depth: number;
  /** Of rows and tables, in bytes, about. */
  readonly memory: number;
}

export interface SearchOptions {
  /** Ends once this promise is broken; otherwise it goes on for the others. */
  readonly until?: InvariantName;
}

/** States between two reports of progress. */
const OFTEN = 1 << 13;

/** Tells its progress now and then, and ends early where it is answered with true. */
export function* search(
  composed: Composed,
  { until }: SearchOptions = {},
): Generator<Progress, Found, boolean | undefined> {
  const { width, start, expand } = composed;
  const rows = createRowSet(width);
  const parents = createColumn();
  const calm = createColumn();
  const calmFrom = createColumn();
  const breaches: (Breach | null)[] = invariantNames.map(() => null);
  const last = until === undefined ? 0 : 1 << invariantNames.indexOf(until);
  let broken = 0;
  let transitions = 0;
  let depth = 0;
  let endOfLevel = 1;
  let current = 0;

  rows.add(start);
  parents.push(-1);
  const row = new Int32Array(width);
  const visit = (next: Int32Array, move: number, isCalm: boolean, isRequest: boolean, breaks: number) => {
    transitions += 1;
    const before = rows.size;
    const index = rows.add(next);
    if (index === before) parents.push(current);
    if (isCalm) calm.push(index * 2 + (isRequest ? 1 : 0));
    if ((breaks & ~broken) === 0) return;
    for (let bit = 0; bit < breaches.length; bit++) {
      if ((breaks & ~broken & (1 << bit)) !== 0) breaches[bit] = { from: current, move };
    }
    broken |= breaks;
  };

  let isStopped = false;
  for (; current < rows.size && !isStopped; current++) {
    if (current === endOfLevel) {
      depth += 1;
      endOfLevel = rows.size;
    }
    calmFrom.push(calm.length);
    rows.read(current, row);
    expand(row, visit);
    if ((broken & last) !== 0) isStopped = true;
    if ((current & (OFTEN - 1)) === OFTEN - 1) {
      const memory = rows.memory + (calm.length + calmFrom.length + parents.length) * 4;
      if ((yield { states: rows.size, expanded: current + 1, transitions, depth, memory }) === true) isStopped = true;
    }
  }
  calmFrom.push(calm.length);
  return { rows, parents, calm, calmFrom, transitions, depth, breaches, isWhole: current === rows.size };
}
