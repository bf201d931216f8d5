/** One command on the device between two awaits: `run` of `src/client/client.ts` taken apart. */
import { type CommandFact, commandStatus } from '../client/interpret-command.js';
import type { Memory } from '../client/memory.js';
import { wbxml } from '../codec/index.js';
import { type HttpResponse, isSuccess } from '../http/index.js';
import type { Element } from '../protocol/element.js';
import { NO_POLICY_KEY } from '../protocol/policy-key.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import { deliver, isProvisioned, type Verdict } from './loop.js';
import type { Parts } from './parts.js';

/** Where a command is. */
export type Command =
  /** It waits for the exchange under way, and is sent after it for the first or the second time. */
  | { readonly phase: 'joining'; readonly turn: Turn }
  | { readonly phase: 'sending'; readonly turn: Turn }
  | { readonly phase: 'awaiting'; readonly turn: Turn; readonly policyKey: string; readonly settledBy: Verdict | null }
  /** Its answer waits for the end of an exchange before the machine hears of it. */
  | { readonly phase: 'settling'; readonly turn: Turn; readonly answered: Answered; readonly settledBy: Verdict | null }
  /** It waits for the exchange that shows whether a 403 hid a wipe. */
  | { readonly phase: 'looking' };
type Turn = 'first' | 'second';

/** What an answer comes to. */
export interface Answered {
  readonly fact: CommandFact | null;
  readonly isDemand: boolean;
  readonly mayHideWipe: boolean;
  readonly verdict: Verdict;
}

export function answered(parts: Parts, http: HttpResponse, policyKey: string, version: ProtocolVersion): Answered {
  const body = wbxml.decode(http.body);
  const document = body.ok ? body.value : null;
  const fact = parts.interpretCommand(http, document, policyKey);
  const isDemand = fact?.type === 'ReprovisionRequired';
  return {
    fact,
    isDemand,
    mayHideWipe: http.status === 403 && policyKey === NO_POLICY_KEY && protocolVersions[version].signal === 'http',
    verdict: isDemand ? `Refused: ${fact.reason}` : verdictOf(http, document, fact),
  };
}

/** An answer that tells nothing about the agreement has a Status that the caller reads. */
function verdictOf({ status }: HttpResponse, document: Element | null, fact: CommandFact | null): Verdict {
  if (!isSuccess(status)) return `Refused: Http ${status}`;
  return fact === null ? `${ANSWERED}: Status ${commandStatus(document)}` : ANSWERED;
}

export const ANSWERED: Verdict = 'Answered';

/** What becomes of a command, and of what is remembered. */
export interface Course {
  readonly memory: Memory;
  readonly durable: Memory;
  /** Null once it has its verdict. */
  readonly command: Command | null;
  readonly verdict: Verdict | null;
  /** Whether an exchange has to be begun, or joined, for it. */
  readonly provisions: boolean;
}

/** The machine hears of an answer, unless an exchange came in between, and the command goes on. */
export function takeIn(
  parts: Parts,
  { turn, answered, settledBy }: Extract<Command, { phase: 'settling' }>,
  was: { readonly memory: Memory; readonly durable: Memory; readonly isUnderWay: boolean },
): Course {
  const { fact, isDemand, mayHideWipe, verdict } = answered;
  const { memory, durable } = fact && settledBy === null ? deliver(parts, was.memory, was.durable, fact) : was;
  const ends = (ended: Verdict): Course => ({ memory, durable, command: null, verdict: ended, provisions: false });
  const goes = (command: Command, provisions = false): Course => ({
    memory,
    durable,
    command,
    verdict: null,
    provisions,
  });
  if (turn === 'second') return ends(verdict);
  if (mayHideWipe) {
    if (settledBy !== null) return lookedInto(settledBy, verdict, ends, goes);
    if (memory.hasLookedForWipe && !was.isUnderWay) return ends(verdict);
    return { ...goes({ phase: 'looking' }, true), memory: { ...memory, hasLookedForWipe: true } };
  }
  if (!isDemand) return ends(verdict);
  if (settledBy !== null && !isProvisioned(settledBy)) return ends(settledBy);
  if (parts.needsProvisioning(memory.state)) return goes({ phase: 'joining', turn: 'second' }, true);
  return goes({ phase: 'sending', turn: 'second' });
}

/** The command after the end of an exchange. */
export function afterExchange(command: Command, outcome: Verdict): Command | Verdict {
  switch (command.phase) {
    case 'joining':
      return isProvisioned(outcome) ? { phase: 'sending', turn: command.turn } : outcome;
    case 'looking':
      return lookedInto<Command | Verdict>(
        outcome,
        'Refused: Http 403',
        (verdict) => verdict,
        (next) => next,
      );
    case 'awaiting':
    case 'settling':
      return { ...command, settledBy: outcome };
    case 'sending':
      return command;
  }
}

function lookedInto<T>(
  outcome: Verdict,
  own: Verdict,
  ends: (verdict: Verdict) => T,
  goes: (command: Command) => T,
): T {
  if (outcome.startsWith('Refused')) return ends(own);
  return isProvisioned(outcome) ? goes({ phase: 'sending', turn: 'second' }) : ends(outcome);
}
