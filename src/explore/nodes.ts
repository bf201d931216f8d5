/** The instances of the server on one store: read, decide, compare and set, answer. */
import { MAX_TRIES } from '../server/race.js';
import type { Desk } from './desk.js';
import type { Link } from './link.js';
import { moveOf } from './moves.js';
import { nodeInfo, nodePolicy, nodeTries, places, STALE } from './row.js';
import type { Decided } from './server-side.js';
import type { Tables } from './tables.js';

/** A request with the record that was read for it, and what was decided. */
interface Read {
  readonly request: number;
  readonly record: number;
  readonly decided: Decided;
  readonly policy: number;
  readonly tries: number;
}

export function createNodes({ parts, server, requests, answers }: Tables, link: Link) {
  const { nodePlaces, answersFrom, content, respond } = link;

  /** Whoever read the record before has to read it again. */
  function outdate(next: Int32Array): void {
    for (const place of nodePlaces) if (next[place] !== 0) next[place + 2]! |= STALE;
  }

  /** What changes nothing is answered at once; anything else is in hand until it is written. */
  function receive(desk: Desk, at: number, node: number): void {
    const { row, next } = desk;
    const request = row[at]!;
    const record = row[places.record]!;
    const move = moveOf('receive', at - places.requests);
    const decided = server.decide(record, content(request), row[places.policy]!);
    desk.begin();
    next[at] = 0;
    const broken = afterReading(next, node, {
      request,
      record,
      decided,
      policy: row[places.policy]!,
      tries: MAX_TRIES,
    });
    if (broken >= 0) desk.end(move, { broken });
  }

  /** Answers, or has it in hand to be written; the promises broken, or -1 without room for the answer. */
  function afterReading(next: Int32Array, node: number, { request, record, decided, policy, tries }: Read): number {
    if (parts.afterDeciding(record, decided.record) === 'Answer') {
      next.fill(0, node, node + 3);
      return respond(next, request, decided.answer) ? decided.broken : -1;
    }
    next[node] = request;
    next[node + 1] = record;
    next[node + 2] = nodeInfo(policy, tries, 0);
    return 0;
  }

  /** Compare and set, again where somebody else wrote; the promises broken, or -1 without room for the answer. */
  function write({ row, next }: Desk, place: number): number {
    const request = row[place]!;
    const info = row[place + 2]!;
    const policy = nodePolicy(info);
    const tries = nodeTries(info);
    const isWritten = parts.mayWrite((info & STALE) !== 0);
    switch (parts.afterWriting(isWritten, tries)) {
      case 'Answer': {
        const decided = server.decide(row[place + 1]!, content(request), policy);
        next.fill(0, place, place + 3);
        if (isWritten) {
          next[places.record] = decided.record;
          outdate(next);
        }
        return respond(next, request, decided.answer) ? decided.broken : -1;
      }
      case 'ReadAgain': {
        const record = row[places.record]!;
        const decided = server.decide(record, content(request), policy);
        return afterReading(next, place, { request, record, decided, policy, tries: tries - 1 });
      }
      case 'LostRace': {
        next.fill(0, place, place + 3);
        const of = requests.at(request).kind;
        return respond(next, request, answers.of({ to: 'nobody', kind: 'Refused', reason: 'LostRace', of })) ? 0 : -1;
      }
    }
  }

  return {
    outdate,
    moves(desk: Desk): void {
      const { row, next } = desk;
      const node = nodePlaces.find((place) => row[place] === 0);
      for (let at = places.requests; at < answersFrom && node !== undefined; at++) {
        if (row[at] === 0 || (at > places.requests && row[at] === row[at - 1])) continue;
        receive(desk, at, node);
      }
      for (const [index, place] of nodePlaces.entries()) {
        if (row[place] === 0) continue;
        desk.begin();
        const broken = write(desk, place);
        if (broken >= 0) desk.end(moveOf('write', index), { broken });
        if (!desk.mayFail) continue;
        desk.begin();
        next.fill(0, place, place + 3);
        desk.fault(moveOf('crashServer', index));
      }
    },
  };
}
