/** What becomes of every state once nothing fails any more and nobody changes anything. */
import type { Composed } from './composed.js';
import { places } from './row.js';
import type { Found } from './search.js';
import { verdictText } from './verdict.js';

export interface Liveness {
  /** The greatest number of requests from any state to agreement or to a verdict; null where there is a cycle. */
  readonly worstCaseRequests: number | null;
  /** The state that it is from. */
  readonly worst: number;
  /** A state that calm moves lead back to, or that has none and is not at its end; -1 where there is none. */
  readonly stuck: number;
  readonly isCycle: boolean;
  /** How many states each end was found in: agreement, or the verdict of the last command. */
  readonly ends: Readonly<Record<string, number>>;
}

const AGREED = 'agreement';

/** The longest way through the calm moves, depth first, without recursion. */
export function livenessOf(composed: Composed, found: Found, isEndOfAll: (verdict: string) => boolean): Liveness {
  const { width, isQuiet, isAgreed, client } = composed;
  const { rows, calm, calmFrom } = found;
  const states = calmFrom.length - 1;
  const cost = new Int16Array(states);
  const isEnd = new Uint8Array(states);
  const ends: Record<string, number> = {};
  const row = new Int32Array(width);
  for (let state = 0; state < states; state++) {
    rows.read(state, row);
    if (!isQuiet(row)) continue;
    const verdict = row[places.verdict]!;
    const end = isAgreed(row) ? AGREED : verdict === 0 ? null : verdictText(client.verdicts.at(verdict));
    if (end === null || (end !== AGREED && !isEndOfAll(end))) continue;
    isEnd[state] = 1;
    ends[end] = (ends[end] ?? 0) + 1;
  }

  /** 0 not seen, 1 on the way, 2 done. */
  const colour = new Uint8Array(states);
  const way = new Int32Array(states);
  const at = new Int32Array(states);
  const stuck = (state: number, isCycle: boolean): Liveness => ({
    worstCaseRequests: null,
    worst: state,
    stuck: state,
    isCycle,
    ends,
  });
  for (let root = 0; root < states; root++) {
    if (colour[root] !== 0) continue;
    let depth = 0;
    way[0] = root;
    at[0] = calmFrom.at(root);
    colour[root] = 1;
    while (depth >= 0) {
      const state = way[depth]!;
      const last = calmFrom.at(state + 1);
      if (at[depth]! < last) {
        const target = calm.at(at[depth]!) >> 1;
        // An end that is come to is the end; what follows if it goes on is asked of it as a beginning.
        if (target >= states || isEnd[target] === 1 || colour[target] === 2) at[depth]! += 1;
        else if (colour[target] === 1) return stuck(target, true);
        else {
          depth += 1;
          way[depth] = target;
          at[depth] = calmFrom.at(target);
          colour[target] = 1;
        }
        continue;
      }
      const first = calmFrom.at(state);
      if (first === last && isEnd[state] === 0) return stuck(state, false);
      let most = 0;
      for (let edge = first; edge < last; edge++) {
        const target = calm.at(edge) >> 1;
        const further = target >= states || isEnd[target] === 1 ? 0 : cost[target]!;
        most = Math.max(most, further + (calm.at(edge) & 1));
      }
      cost[state] = most;
      colour[state] = 2;
      depth -= 1;
    }
  }

  let worst = 0;
  for (let state = 1; state < states; state++) if (cost[state]! > cost[worst]!) worst = state;
  return { worstCaseRequests: cost[worst] ?? 0, worst, stuck: -1, isCycle: false, ends };
}
