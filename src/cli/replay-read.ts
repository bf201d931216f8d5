/** What a file for `replay` holds, found out from its content, as entries. */
import { ok, type Result } from '../protocol/result.js';
import { resume } from '../simulation/index.js';
import { fromChapters } from '../timeline/from-chapter.js';
import { fromFacts, readFactLists } from '../timeline/from-facts.js';
import { fromRecording, type RecordedExchange } from '../timeline/from-recording.js';
import type { Entry } from '../timeline/index.js';
import { readEntry } from '../timeline/read-entry.js';
import { type ReplayProblem, refuse } from '../timeline/replay-problem.js';
import { exchangeIn, isExchange } from './replay-recording.js';

/** Bounds of what is read: bytes of the file, characters of a line, lines. */
export const replayBounds = { bytes: 0x400_0000, line: 0x80_0000, lines: 200_000 } as const;

export interface Read {
  /** What it was taken for. */
  readonly kind: 'recording' | 'chapter' | 'facts' | 'timeline' | 'permalink';
  readonly entries: readonly Entry[];
}

/** Never throws; the problem says where. */
export async function readReplay(bytes: Uint8Array): Promise<Result<Read, ReplayProblem>> {
  const { bytes: most } = replayBounds;
  if (bytes.length > most) return refuse('ERR_REPLAY_SIZE', `More than ${most / 0x10_0000} MiB.`);
  const text = new TextDecoder().decode(bytes);
  if (isPermalink(text)) return named('permalink', await fromPermalink(text));
  if (/^```moves$/m.test(text) && !/^\s*[[{]/.test(text)) return named('chapter', await fromChapters(text));
  const whole = factsIn(text);
  if (whole) return named('facts', whole);
  return linesIn(text);
}

/** A permalink, or the URL that it stands in. */
export function isPermalink(text: string): boolean {
  return text.length <= MAX_PERMALINK && /^\s*(?:\S*#s=)?\d{1,2}\.\d(?:\.[a-z\d]*)*\s*$/.test(text);
}

const MAX_PERMALINK = 0x1_0000;

async function fromPermalink(text: string): Promise<Result<readonly Entry[], ReplayProblem>> {
  const simulation = await resume(text.trim().replace(/^.*#s=/, ''));
  if (simulation.ok) return ok(simulation.value.entries);
  const { message, offset } = simulation.error;
  return refuse('ERR_REPLAY_PERMALINK', message, offset === undefined ? {} : { path: `character ${offset}` });
}

function named(kind: Read['kind'], entries: Result<readonly Entry[], ReplayProblem>): Result<Read, ReplayProblem> {
  return entries.ok ? ok({ kind, entries: entries.value }) : entries;
}

/** Facts are one JSON value, laid out as one likes; null for what is something else. */
function factsIn(text: string): Result<readonly Entry[], ReplayProblem> | null {
  const [first = ''] = text.trimStart().split('\n', 1);
  const json = parsed(first) ?? parsed(text);
  const head = Array.isArray(json?.value) ? json.value[0] : json?.value;
  if (typeof head !== 'object' || head === null || !('facts' in head || 'role' in head) || 'kind' in head) return null;
  const lists = readFactLists(parsed(text)?.value);
  return lists.ok ? ok(fromFacts(lists.value)) : lists;
}

/** Exchanges or entries, one a line; the first decides which. */
function linesIn(text: string): Result<Read, ReplayProblem> {
  const exchanges: RecordedExchange[] = [];
  const entries: Entry[] = [];
  let kind: 'recording' | 'timeline' | null = null;
  let line = 0;
  for (const source of lines(text)) {
    line += 1;
    if (line > replayBounds.lines) return refuse('ERR_REPLAY_SIZE', `More than ${replayBounds.lines} lines.`, { line });
    if (source.length > replayBounds.line) return refuse('ERR_REPLAY_SIZE', 'A line too long to be read.', { line });
    if (source.trim() === '') continue;
    const json = parsed(source)?.value;
    if (isHead(json) && kind === null && line === 1) continue;
    kind ??= isExchange(json) ? 'recording' : isEntryLike(json) ? 'timeline' : null;
    if (kind === null)
      return refuse('ERR_REPLAY_KIND', 'The first line is neither an exchange nor an entry.', { line });
    if (kind === 'recording') {
      const exchange = exchangeIn(json, line);
      if (!exchange.ok) return exchange;
      exchanges.push(exchange.value);
    } else {
      const entry = readEntry(json);
      if (!entry.ok) return refuse(entry.error.code, entry.error.message, { ...entry.error, line });
      entries.push(entry.value);
    }
  }
  if (kind === null) return refuse('ERR_REPLAY_KIND', 'There is nothing in it.');
  return ok({ kind, entries: kind === 'recording' ? fromRecording(exchanges) : entries });
}

/** One after another, so that a file of nothing but line feeds is no array of millions. */
function* lines(text: string): Generator<string> {
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf('\n', from);
    yield end < 0 ? text.slice(from) : text.slice(from, end);
    if (end < 0) return;
    from = end + 1;
  }
}

/** The first line of what a page is sent (`mode` and `title`). */
function isHead(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'mode' in json && 'title' in json;
}

function isEntryLike(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'kind' in json;
}

/** What JSON says; null for what is none, which is not the same as the `null` of JSON. */
function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
