/** The course of a command between two awaits: pure, so that it is explored as it ships. `client.ts` awaits. */
import { isUnprovisioned, type ProvisionOutcome, type Unprovisioned } from './outcome.js';
import type { Reading } from './reading.js';

/** A command is sent once, and once more where an exchange came of the first answer. */
export type Turn = 'first' | 'second';

/** An outcome of an exchange, as far as it matters to who waits for it. */
export interface Ended {
  readonly kind: ProvisionOutcome['kind'];
}

/** An answer, and the exchange that came to its end between the command and the answer. */
export type Settled<Answer extends Reading, Outcome extends Ended> = Answer & { readonly settledBy: Outcome | null };

/** The command is sent, or an exchange comes first: one is begun, or the one under way joined. */
export interface Going {
  readonly kind: 'Send' | 'Provision';
  readonly turn: Turn;
}

/** What is to be done next. */
export type Course<Answer, Outcome> =
  | Going
  /** An exchange is to show whether the answer hid a wipe. */
  | { readonly kind: 'Look'; readonly answer: Answer }
  /** The command's own answer is what it came to. */
  | { readonly kind: 'Answered'; readonly turn: Turn; readonly answer: Answer }
  /** An exchange is: no command goes on behind it. */
  | { readonly kind: 'Ended'; readonly outcome: Unprovisioned<Outcome> };

/** A call of `run`; whether the command waits for an exchange. */
export function firstOf(waits: boolean): Going {
  return { kind: waits ? 'Provision' : 'Send', turn: 'first' };
}

/** The exchange that it waited for has ended. */
export function afterExchange<Outcome extends Ended>(turn: Turn, outcome: Outcome): Course<never, Outcome> {
  return isUnprovisioned(outcome) ? { kind: 'Ended', outcome } : { kind: 'Send', turn };
}

/** An answer that is about the agreement waits for the end of an exchange under way. */
export function isAboutAgreement({ isDemand, mayHideWipe }: Reading): boolean {
  return isDemand || mayHideWipe;
}

/**
 * A demand that an exchange came between is settled by that exchange, and tells the machine nothing: key 0 in it may be
 * another one than key 0 now.
 */
export function settledBy<Answer extends Reading, Outcome extends Ended>(
  answer: Answer,
  ended: Outcome | null,
): Settled<Answer, Outcome> {
  if (ended === null || !isAboutAgreement(answer)) return { ...answer, settledBy: null };
  return { ...answer, fact: null, settledBy: ended };
}

/** The answer came, and the machine has heard of it; whether that asks for an exchange now. */
export function afterAnswer<Answer extends Reading, Outcome extends Ended>(
  turn: Turn,
  answer: Settled<Answer, Outcome>,
  needsProvisioning: boolean,
): Course<Settled<Answer, Outcome>, Outcome> {
  const { mayHideWipe, settledBy } = answer;
  if (turn === 'second' || !isAboutAgreement(answer)) return { kind: 'Answered', turn, answer };
  if (mayHideWipe) return settledBy ? afterLook(answer, settledBy) : { kind: 'Look', answer };
  if (settledBy && isUnprovisioned(settledBy)) return { kind: 'Ended', outcome: settledBy };
  return { kind: needsProvisioning ? 'Provision' : 'Send', turn: 'second' };
}

/** A server that has nothing to say about a wipe forbids what it forbids; `null` where it was not asked. */
export function afterLook<Answer, Outcome extends Ended>(
  answer: Answer,
  outcome: Outcome | null,
): Course<Answer, Outcome> {
  if (outcome === null || outcome.kind === 'Refused') return { kind: 'Answered', turn: 'first', answer };
  return afterExchange('second', outcome);
}
