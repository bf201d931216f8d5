/** Where moves are made: the row before, the row after, and what a move is told as. */
import { CHANGE, changesIn, FAULT, faultsIn, places } from './row.js';

/** Is told of each move, with the row after it, which is only lent. */
export type Visit = (next: Int32Array, move: number, isCalm: boolean, isRequest: boolean, broken: number) => void;

export interface Desk {
  /** The state that the moves are made from. */
  readonly row: Int32Array;
  /** The state that a move leads to, while it is made. */
  readonly next: Int32Array;
  readonly mayFail: boolean;
  readonly mayChange: boolean;
  /** Begins a move. */
  begin(): void;
  /** Ends a move that happens by itself, or by somebody's own accord where it is not calm. */
  end(move: number, of?: { readonly isCalm?: boolean; readonly isRequest?: boolean; readonly broken?: number }): void;
  /** Ends a move that is a fault. */
  fault(move: number): void;
  /** Ends a move of the surroundings. */
  change(move: number, broken?: number): void;
  /** Turns to another state. */
  turnTo(row: Int32Array, visit: Visit): void;
}

const bySelf = {};

export function createDesk(width: number, finished: (next: Int32Array) => number): Desk {
  const row = new Int32Array(width);
  const next = new Int32Array(width);
  let visit: Visit = () => {};

  function tell(move: number, isCalm: boolean, isRequest: boolean, broken: number) {
    const more = finished(next);
    visit(next, move, isCalm, isRequest, broken | more);
  }

  return {
    row,
    next,
    get mayFail() {
      return faultsIn(row[places.flags]!) > 0;
    },
    get mayChange() {
      return changesIn(row[places.flags]!) > 0;
    },
    begin: () => next.set(row),
    end(move, { isCalm = true, isRequest = false, broken = 0 } = bySelf) {
      tell(move, isCalm, isRequest, broken);
    },
    fault(move) {
      next[places.flags]! -= FAULT;
      tell(move, false, false, 0);
    },
    change(move, broken = 0) {
      next[places.flags]! -= CHANGE;
      tell(move, false, false, broken);
    },
    turnTo(state, visitor) {
      row.set(state);
      visit = visitor;
    },
  };
}
