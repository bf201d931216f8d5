import { err, ok, type Result } from '../protocol/result.js';
import { type ProtocolVersion, versions } from '../protocol/version.js';
import { type MoveName, moveNames, moves } from './moves.js';

/** What a simulation is made of. */
export interface Session {
  readonly version: ProtocolVersion;
  readonly moves: readonly MoveName[];
}

/** Why a text is no permalink, or a session has none. Not one of the codes of coders, because no peer sends it. */
export interface PermalinkProblem {
  readonly code: 'ERR_PERMALINK';
  readonly message: string;
  /** Where in the text, in characters: the first part that is none, or the first move too many. */
  readonly offset?: number;
}

/** So many moves a session has at most. */
export const MAX_MOVES = 2000;

/**
 * A session as text for a URL: the version and the codes of the moves, `14.1.c.s8.d.s2`, where a code of letters alone may
 * stand for several in a row. Of letters, digits and dots only.
 */
export const permalink = {
  encode({ version, moves: list }: Session): Result<string, PermalinkProblem> {
    if (list.length > MAX_MOVES) return tooMany();
    const parts: string[] = [version];
    for (let at = 0, count = 1; at < list.length; at += count) {
      const { code } = moves[list[at]!];
      for (count = 1; isRepeatable(code) && list[at + count] === list[at]; ) count += 1;
      parts.push(count > 1 ? `${code}${count}` : code);
    }
    return ok(parts.join('.'));
  },

  decode(text: string): Result<Session, PermalinkProblem> {
    const version = versions.find((each) => text === each || text.startsWith(`${each}.`));
    if (version === undefined) return refuse('No protocol version at the beginning.', 0);
    const list: MoveName[] = [];
    for (let at = version.length + 1, next = 0; at <= text.length; at = next + 1) {
      const dot = text.indexOf('.', at);
      next = dot < 0 ? text.length : dot;
      const [move, count] = movesOf(text.slice(at, Math.min(next, at + LONGEST)));
      if (move === null) return refuse('No code of a move.', at);
      if (list.length + count > MAX_MOVES) return tooMany(at);
      for (let each = 0; each < count; each++) list.push(move);
    }
    return ok({ version, moves: list });
  },
};

function movesOf(part: string): readonly [move: MoveName | null, count: number] {
  const move = named.get(part);
  if (move) return [move, 1];
  const [, code = '', count = ''] = /^([a-z]+)([1-9]\d{0,4})$/.exec(part) ?? [];
  return [named.get(code) ?? null, Number(count)];
}

function isRepeatable(code: string): boolean {
  return !/\d/.test(code);
}

function tooMany(offset?: number) {
  return refuse(`More than ${MAX_MOVES} moves.`, offset);
}

function refuse(message: string, offset?: number) {
  return err<PermalinkProblem>({ code: 'ERR_PERMALINK', message, ...(offset !== undefined && { offset }) });
}

const named: ReadonlyMap<string, MoveName> = new Map(moveNames.map((name) => [moves[name].code, name]));

/** Longer than any part that means something. */
const LONGEST = 16;
