/** A counterexample of the exploration as entries: its moves made again, and the promise that falls with the last. */
import type { ProvisioningEvent, Role } from '../../machines/index.js';
import { retrace } from '../explore/chapter.js';
import type { Composed } from '../explore/composed.js';
import { invariants, revisionOf } from '../explore/invariants.js';
import { documents } from '../explore/messages.js';
import { argumentOf, type MoveName, nameOf } from '../explore/moves.js';
import { type Parts, shippedParts } from '../explore/parts.js';
import type { PathStep } from '../explore/path.js';
import { places } from '../explore/row.js';
import { answered } from '../explore/run.js';
import { orderNames } from '../explore/server-side.js';
import { ok, type Result } from '../protocol/result.js';
import { factsBetween } from './chapter-facts.js';
import { followLink, type LinkKind } from './chapter-link.js';
import type { Entry } from './entry.js';
import { brokenNote } from './marks.js';
import type { EntryPlace } from './messages.js';
import { type ReplayProblem, refuse } from './replay-problem.js';
import { transitionEntry } from './transitions.js';

/** As long as a page may be, in characters, and as many chapters as it may have. */
export const MAX_CHAPTER = 0x1_0000;
export const MAX_CHAPTERS = 100;

/** As many moves as one may have: the longest that an exploration found has fewer than a hundred. */
export const MAX_CHAPTER_MOVES = 1000;

/**
 * Every chapter of a page, each a session of the name of its promise. Where a move cannot be made, a note says
 * which, and the session ends. `ERR_REPLAY_CHAPTER` where there is no chapter, or one without known moves and bounds;
 * `ERR_REPLAY_SIZE`.
 *
 * @param parts what is explored: the shipped functions unless told otherwise.
 */
export async function fromChapters(
  text: string,
  parts: Parts = shippedParts,
): Promise<Result<readonly Entry[], ReplayProblem>> {
  if (text.length > MAX_CHAPTER * MAX_CHAPTERS) return refuse('ERR_REPLAY_SIZE', 'A page too long to be read.');
  const pages = text.split(/^(?=## )/m).filter((page) => page.includes('```moves'));
  if (pages.length === 0) return refuse('ERR_REPLAY_CHAPTER', 'No chapter with moves.');
  if (pages.length > MAX_CHAPTERS) return refuse('ERR_REPLAY_SIZE', `More than ${MAX_CHAPTERS} chapters.`);
  const entries: Entry[] = [];
  let line = 1 + lineFeeds(text.slice(0, text.indexOf(pages[0] ?? '')));
  let id = 0;
  const nextId = () => ++id;
  for (const [index, page] of pages.entries()) {
    if (page.length > MAX_CHAPTER) return refuse('ERR_REPLAY_SIZE', `More than ${MAX_CHAPTER} characters.`, { line });
    const [moves = ''] = page.slice(page.indexOf('```moves')).split('\n```', 1);
    if (lineFeeds(moves) > MAX_CHAPTER_MOVES) {
      return refuse('ERR_REPLAY_SIZE', `More than ${MAX_CHAPTER_MOVES} moves.`, { line });
    }
    const [, name = `chapter ${index + 1}`] = /^## [^:\n]{1,40}: (\w{1,80})/.exec(page) ?? [];
    const session = pages.length > 1 ? `${index + 1} ${name}` : name;
    const chapter = await fromChapter(page, parts, { at: 0, session }, nextId);
    if (!chapter.ok) return refuse('ERR_REPLAY_CHAPTER', chapter.error, { line });
    entries.push(...chapter.value);
    line += lineFeeds(page);
  }
  return ok(entries);
}

async function fromChapter(
  page: string,
  parts: Parts,
  place: EntryPlace,
  nextId: () => number,
): Promise<Result<readonly Entry[], string>> {
  try {
    const { composed, steps, broken, stoppedAt } = await retrace(page, parts);
    const link = followLink(composed, place, nextId);
    const entries = steps.flatMap((step): readonly Entry[] => {
      const { sent, fates } = link.moved(step, linkKinds[nameOf(step.move)] ?? 'loses');
      return [...fates, ...notesOf(step, place), ...sidesOf(composed, step, place), ...sent];
    });
    const marks = broken.map((name) =>
      brokenNote(place, `${invariants[name].id} ${name}. ${invariants[name].promise}`),
    );
    return ok([...entries, ...marks, ...stopNotes(place, stoppedAt)]);
  } catch (error) {
    // What `retrace` throws for a text that is no chapter is said in words of its own.
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Not a mark: it is what one hopes for once the defect is mended. */
function stopNotes(place: EntryPlace, stoppedAt: string | null): readonly Entry[] {
  const text = `The chapter goes on with the move ${stoppedAt}, which this engine does not make.`;
  return stoppedAt === null ? [] : [{ kind: 'Note', ...place, by: 'environment', text }];
}

const linkKinds: Readonly<Partial<Record<MoveName, LinkKind>>> = {
  receive: 'takes request',
  answer: 'takes answer',
  repeatRequest: 'repeats',
};

/** What is neither a message nor a fact. */
function notesOf({ move }: PathStep, place: EntryPlace): readonly Entry[] {
  const argument = argumentOf(move);
  const note = (by: Role | 'link' | 'environment', text: string): readonly Entry[] => [
    { kind: 'Note', ...place, by, text },
  ];
  const texts: Readonly<Partial<Record<MoveName, () => readonly Entry[]>>> = {
    begin: () => note('client', `Command ${argument + 1} begins.`),
    word: () => note('client', `The device says ${argument}.`),
    wake: () => note('client', 'The timer fires.'),
    resume: () => note('client', `Command ${argument + 1} goes on.`),
    silence: () => note('client', 'No answer comes.'),
    impatience: () => note('client', 'It gives up waiting.'),
    write: () => note('server', 'It writes what it decided, and answers.'),
    policy: () => note('environment', argument === 0 ? 'No policy is set.' : `Policy ${argument} is set.`),
    order: () => note('environment', `Ordered: ${orderNames[argument] ?? ''}.`),
    due: () => note('environment', `Deadline ${argument + 1} falls due.`),
  };
  return texts[nameOf(move)]?.() ?? [];
}

/** The facts of both sides, found from the states before and after; a note where no fact leads there, as in a crash. */
function sidesOf(composed: Composed, step: PathStep, place: EntryPlace): readonly Entry[] {
  const { client, server, parts } = composed;
  const { move, before, after } = step;
  const name = nameOf(move);
  const memory = (row: Int32Array) => client.memories.at(row[places.memory] ?? 0).state;
  const record = (row: Int32Array) => server.records.at(row[places.record] ?? 0).state;
  const entries: Entry[] = [];
  const crashed = { crashDevice: 'client', crashServer: 'server' } as const;
  if (name === 'crashDevice' || name === 'crashServer') {
    const by = crashed[name];
    const state = by === 'client' ? memory(after) : record(after);
    entries.push({ kind: 'Note', ...place, by, text: 'It crashes, and starts again from what it stored.', state });
    return entries;
  }
  const own = factsBetween(memory(before), memory(after), likelyOfClient(composed, step), parts.step);
  const theirs = factsBetween(record(before), record(after), likelyOfServer(composed), parts.step);
  for (const transition of [...(theirs ?? []), ...(own ?? [])]) entries.push(transitionEntry(place, transition));
  const text = 'It changed, and no fact that is known leads there.';
  if (theirs === null) entries.push({ kind: 'Note', ...place, by: 'server', text, state: record(after) });
  if (own === null) entries.push({ kind: 'Note', ...place, by: 'client', text, state: memory(after) });
  return entries;
}

/** What the device is told, or waits to be told. */
function likelyOfClient(composed: Composed, { move, before }: PathStep): readonly ProvisioningEvent[] {
  const { client, answers, wire, parts, bounds } = composed;
  const exchange = before[places.exchange] ? client.exchanges.at(before[places.exchange] ?? 0) : null;
  const waiting = exchange?.told.map(({ fact }) => fact) ?? [];
  if (nameOf(move) === 'resume') {
    const command = client.commands.at(before[places.command1 + argumentOf(move)] ?? 0);
    return command.kind === 'Settle' && command.answer.fact ? [command.answer.fact] : waiting;
  }
  if (nameOf(move) !== 'answer') return waiting;
  const answer = answers.at(before[places.requests + bounds.inFlight + argumentOf(move)] ?? 0);
  const http = wire.answer(answer);
  if (answer.to === 'exchange') {
    const asked = exchange?.asked ?? 'InitialRequest';
    return [parts.interpretAnswer({ asked, version: bounds.version }, http).fact, ...waiting];
  }
  const { fact } = answered(parts, http, client.keyOf(before[places.memory] ?? 0), bounds.version);
  return fact ? [fact, ...waiting] : waiting;
}

/** Policies by their revision; what else the server hears stands in its states. */
function likelyOfServer({ bounds }: Composed): readonly ProvisioningEvent[] {
  return documents
    .slice(0, bounds.revisions)
    .map((document) => ({ type: 'PolicyDetermined', revision: revisionOf(document) }) as const);
}

function lineFeeds(text: string): number {
  return text.split('\n').length - 1;
}
