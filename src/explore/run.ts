/** One command on the device as moves: one for each await of `src/client/client.ts`. Where it goes is what ships. */
import { answerOf, outcomeOf } from '../client/command.js';
import type { Course, Going, Turn } from '../client/course.js';
import { commandStatus } from '../client/interpret-command.js';
import type { Reading } from '../client/reading.js';
import { wbxml } from '../codec/index.js';
import type { HttpResponse } from '../http/index.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { deliver, type Remembered } from './loop.js';
import type { Parts } from './parts.js';
import { type CommandVerdict, type Verdict, verdictOfCommand } from './verdict.js';

/** Where a command is: at what its course asks for, or between the request and what comes of the answer. */
export type Command =
  | Going
  | Extract<Course<Answered, Verdict>, { readonly kind: 'Look' }>
  | {
      readonly kind: 'Await';
      readonly turn: Turn;
      readonly policyKey: string;
      /** The end of an exchange meanwhile. */
      readonly ended: Verdict | null;
    }
  /** Its answer waits for the end of an exchange before the machine hears of it. */
  | { readonly kind: 'Settle'; readonly turn: Turn; readonly answer: Answered; readonly ended: Verdict | null };

/** What an answer comes to, and the command with it. */
export interface Answered extends Reading {
  readonly verdict: CommandVerdict;
}

export function answered(parts: Parts, http: HttpResponse, policyKey: string, version: ProtocolVersion): Answered {
  const body = wbxml.decode(http.body);
  const answer = answerOf(http, body.ok ? body.value : null);
  const reading = parts.readAnswer({ name: 'FolderSync', policyKey, version }, answer);
  const verdict = verdictOfCommand(outcomeOf(answer, reading, false, policyKey));
  // An answer that tells nothing about the agreement has a Status that the caller reads.
  const isTelling = verdict.kind !== 'Answered' || reading.fact !== null;
  return {
    ...reading,
    verdict: isTelling ? verdict : { ...verdict, detail: `Status ${commandStatus(answer.document)}` },
  };
}

/** What becomes of a command, and of what is remembered. */
export interface Step extends Remembered {
  readonly after: Command | CommandVerdict;
}

export function isCommand(after: Step['after']): after is Command {
  return !('detail' in after);
}

/** The machine hears of an answer, and the command goes on. */
export function takeIn(
  parts: Parts,
  { turn, answer, ended }: Extract<Command, { kind: 'Settle' }>,
  was: Remembered,
): Step {
  const settled = parts.settledBy(answer, ended);
  const { memory, durable } = settled.fact ? deliver(parts, was, settled.fact) : was;
  const course = parts.afterAnswer(turn, settled, parts.needsProvisioning(memory.state));
  if (course.kind !== 'Look') return { memory, durable, after: commandIn(course) };
  if (memory.hasLookedForWipe)
    return { memory, durable, after: commandIn(parts.afterLook<Answered, Verdict>(course.answer, null)) };
  return { memory: { ...memory, hasLookedForWipe: true }, durable, after: commandIn(course) };
}

/** The command after the end of an exchange. */
export function afterEnd(parts: Parts, command: Command, outcome: Verdict): Step['after'] {
  switch (command.kind) {
    case 'Provision':
      return commandIn(parts.afterExchange(command.turn, outcome));
    case 'Look':
      return commandIn(parts.afterLook(command.answer, outcome));
    case 'Await':
    case 'Settle':
      return { ...command, ended: outcome };
    case 'Send':
      return command;
  }
}

function commandIn(course: Course<Answered, Verdict>): Step['after'] {
  switch (course.kind) {
    case 'Ended':
      return course.outcome;
    case 'Answered':
      return course.answer.verdict;
    default:
      return course;
  }
}
