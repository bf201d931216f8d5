/** Why something cannot be replayed: a value with a code and a place, never thrown. */
import { err } from '../protocol/result.js';

/** Every code: what it means. One row each. */
export const replayProblems = {
  ERR_REPLAY_SIZE: 'Larger, longer or more numerous than what is read.',
  ERR_REPLAY_KIND: 'Neither a recording, a chapter, a list of facts, a timeline nor a permalink.',
  ERR_REPLAY_RECORDING: 'Not a recorded exchange.',
  ERR_REPLAY_CHAPTER: 'Not a chapter of the exploration, or one with a move or a bound that there is not.',
  ERR_REPLAY_FACTS: 'Not a list of facts, or not a fact that the machine knows.',
  ERR_REPLAY_TIMELINE: 'Not an entry of a timeline.',
  ERR_REPLAY_PERMALINK: 'Not a permalink of this version of the page.',
} as const;

export type ReplayProblemCode = keyof typeof replayProblems;

export interface ReplayProblem {
  readonly code: ReplayProblemCode;
  /** What was found and what was expected; never what a body holds. */
  readonly message: string;
  /** Counted from 1, where the file is read by lines. */
  readonly line?: number;
  /** `facts[3].policyKey`, where the place is one in JSON. */
  readonly path?: string;
}

export function refuse(code: ReplayProblemCode, message: string, place: Pick<ReplayProblem, 'line' | 'path'> = {}) {
  return err<ReplayProblem>({ code, message, ...place });
}
