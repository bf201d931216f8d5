/** The shortest way to a state, found again from what the search kept. */
import type { Composed } from './composed.js';
import { nameOf } from './moves.js';
import type { Found } from './search.js';
import { FRESH_KEY } from './values.js';

/** One move, with the rows before and after it. */
export interface PathStep {
  readonly move: number;
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly broken: number;
}

/** From the first state to a state, and one move further if there is one. */
export function pathTo(composed: Composed, { rows, parents }: Pick<Found, 'rows' | 'parents'>, to: number) {
  const indexes: number[] = [];
  for (let index = to; index >= 0; index = parents.at(index)) indexes.push(index);
  indexes.reverse();
  return indexes.slice(1).map((index, at): PathStep => {
    const before = rowOf(rows, indexes[at] ?? 0, composed.width);
    const after = rowOf(rows, index, composed.width);
    const step = stepsFrom(composed, before).find((found) => isSame(found.after, after));
    if (!step) throw new TypeError('a state that nothing leads to');
    return step;
  });
}

/** The step that a move is from a state; null where the move cannot be made. */
export function stepFrom(composed: Composed, before: Int32Array, move: number): PathStep | null {
  return stepsFrom(composed, before).find((step) => step.move === move) ?? null;
}

export function rowOf(rows: Found['rows'], index: number, width: number): Int32Array {
  const row = new Int32Array(width);
  rows.read(index, row);
  return row;
}

function stepsFrom({ expand }: Composed, before: Int32Array): readonly PathStep[] {
  const steps: PathStep[] = [];
  expand(before, (next, move, _isCalm, _isRequest, broken) => {
    steps.push({ move, before, after: next.slice(), broken });
  });
  return steps;
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  return one.every((value, at) => value === other[at]);
}

/** The same steps with a name of its own for each key, from the first state on: the rows are no longer in order. */
export function withLastingNames(composed: Composed, steps: readonly PathStep[]): readonly PathStep[] {
  let before: Int32Array = composed.start.slice();
  let named = 0;
  return steps.map((step) => {
    const lasting = rawStep(composed, before, step);
    before = lasting.after;
    if (composed.ordering.rename(before, FRESH_KEY, named + 1)) named += 1;
    return lasting;
  });
}

function rawStep({ expand, ordering }: Composed, before: Int32Array, { move, after, broken }: PathStep): PathStep {
  const found: PathStep[] = [];
  const visit = (next: Int32Array, other: number) => {
    if (nameOf(other) === nameOf(move)) found.push({ move: other, before, after: next.slice(), broken });
  };
  expand(before, visit, true);
  const step = found.find((raw) => {
    const canonical = raw.after.slice();
    ordering.canonical(canonical);
    return isSame(canonical, after);
  });
  if (!step) throw new TypeError('a step that cannot be made again');
  return step;
}
