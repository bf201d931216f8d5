/** What is in flight, and who waits for it. */
import type { Desk } from './desk.js';
import { remembered } from './memo.js';
import type { Waiter } from './messages.js';
import { moveOf } from './moves.js';
import { nodePlacesOf, places, widthOf } from './row.js';
import type { Tables } from './tables.js';

/** Who may wait on the device, by number. */
export const waiters = ['exchange', 'wipe', 'command 1', 'command 2'] as const satisfies readonly Waiter[];
const NOBODY = waiters.length;

export type Link = ReturnType<typeof createLink>;

export function createLink({ bounds, requests, answers }: Tables) {
  const { inFlight } = bounds;
  const answersFrom = places.requests + inFlight;
  const width = widthOf(bounds);
  const nodePlaces = nodePlacesOf(bounds);

  const readdressed = remembered((request, to) =>
    requests.of({ ...requests.at(request), to: waiters[to] ?? 'nobody' }),
  );
  const addressed = remembered((answer, to) => answers.of({ ...answers.at(answer), to: waiters[to] ?? 'nobody' }));
  const requestWaiters = remembered((request) => waiterOf(requests.at(request).to));
  const answerWaiters = remembered((answer) => waiterOf(answers.at(answer).to));
  const waiterOfRequest = (request: number) => requestWaiters(request, 0);
  const waiterOfAnswer = (answer: number) => answerWaiters(answer, 0);
  /** A request as the server sees it: whoever waits for the answer. */
  const content = (request: number) => readdressed(request, NOBODY);

  function roomIn(row: Int32Array, from: number): number {
    for (let at = from; at < from + inFlight; at++) if (row[at] === 0) return at;
    return -1;
  }

  /** Whether a message of a waiter is in flight, or in the hands of the server. */
  function isHeld(row: Int32Array, waiter: number): boolean {
    for (let at = places.requests; at < answersFrom; at++) {
      if (row[at] !== 0 && waiterOfRequest(row[at]!) === waiter) return true;
    }
    for (const place of nodePlaces) if (row[place] !== 0 && waiterOfRequest(row[place]!) === waiter) return true;
    for (let at = answersFrom; at < width; at++) {
      if (row[at] !== 0 && waiterOfAnswer(row[at]!) === waiter) return true;
    }
    return false;
  }

  return {
    answersFrom,
    width,
    nodePlaces,
    content,
    waiterOfRequest,
    waiterOfAnswer,
    isHeld,
    /** An answer as the device sees it. */
    answerContent: (answer: number) => addressed(answer, NOBODY),
    requestRoom: (row: Int32Array) => roomIn(row, places.requests),

    /** Puts an answer on its way, unless nobody waits for it; whether there was room. */
    respond(next: Int32Array, request: number, answer: number): boolean {
      const waiter = waiterOfRequest(request);
      if (waiter === NOBODY) return true;
      const room = roomIn(next, answersFrom);
      if (room < 0) return false;
      next[room] = addressed(answer, waiter);
      return true;
    },

    /** Nobody waits any more: requests go on, answers find nobody. */
    abandon(next: Int32Array, waiter: number): void {
      for (let at = places.requests; at < answersFrom; at++) {
        if (next[at] !== 0 && waiterOfRequest(next[at]!) === waiter) next[at] = content(next[at]!);
      }
      for (const place of nodePlaces) {
        if (next[place] !== 0 && waiterOfRequest(next[place]!) === waiter) next[place] = content(next[place]!);
      }
      for (let at = answersFrom; at < width; at++) {
        if (next[at] !== 0 && waiterOfAnswer(next[at]!) === waiter) next[at] = 0;
      }
    },

    /** Distinct requests of the exchange that it waits for, counted to 2; the link may hold the same one twice. */
    awaitedIn(row: Int32Array): number {
      let first = 0;
      for (let at = places.requests; at < answersFrom; at++) {
        const request = row[at]!;
        if (request === 0 || waiterOfRequest(request) !== 0) continue;
        if (first !== 0 && first !== request) return 2;
        first = request;
      }
      for (const place of nodePlaces) {
        const request = row[place]!;
        if (request === 0 || waiterOfRequest(request) !== 0) continue;
        if (first !== 0 && first !== request) return 2;
        first = request;
      }
      return first === 0 ? 0 : 1;
    },

    /** What happens to messages on their way. */
    moves(desk: Desk): void {
      const { row, next } = desk;
      if (!desk.mayFail) return;
      for (let at = places.requests; at < width; at++) {
        const message = row[at]!;
        const from = at < answersFrom ? places.requests : answersFrom;
        if (message === 0 || (at > from && message === row[at - 1])) continue;
        desk.begin();
        next[at] = 0;
        desk.fault(moveOf(at < answersFrom ? 'loseRequest' : 'loseAnswer', at - from));
        const room = at < answersFrom ? roomIn(row, from) : -1;
        if (room < 0) continue;
        desk.begin();
        next[room] = message;
        desk.fault(moveOf('repeatRequest', at - from));
      }
    },
  };
}

function waiterOf(to: Waiter): number {
  return to === 'nobody' ? NOBODY : waiters.indexOf(to);
}
