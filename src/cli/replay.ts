import { existsSync, statSync } from 'node:fs';
import { type Entry, sessionsIn } from '../timeline/index.js';
import { marksIn } from '../timeline/marks.js';
import { type ReplayProblem, refuse } from '../timeline/replay-problem.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import { readInput } from './files.js';
import { lookOf } from './look.js';
import { isPermalink, type Read, readReplay, replayBounds } from './replay-read.js';
import { timelineText } from './replay-view.js';
import type { Terminal } from './terminal.js';
import { printable } from './text.js';

export interface ReplayOptions {
  /** In the page instead of the terminal. */
  readonly inspect?: true;
  /** The entries, one a line. */
  readonly json?: true;
  /** Only this one. */
  readonly session?: string;
}

/**
 * Shows a recording, a chapter, facts, a timeline or a permalink as a timeline of both sides; exit code 1 where it left
 * the specification or a promise falls.
 *
 * @throws UsageError for what cannot be read, with code and place.
 */
export async function replayFile(file: string, options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.inspect && options.json) throw new UsageError('--inspect and --json exclude each other');
  const read = await readReplay(await inputOf(file, terminal));
  if (!read.ok) throw new UsageError(problemText(file, read.error));
  const entries = chosen(read.value.entries, options.session);
  const verdict = marksIn(entries).length === 0 ? exitCodes.Done : exitCodes.Refused;
  if (options.inspect) {
    const { showEntries } = await import('./inspect.js');
    const shown = await showEntries(entries, titleOf(file, read.value), terminal);
    return shown === exitCodes.Done ? verdict : shown;
  }
  if (options.json) for (const entry of entries) terminal.out(jsonLine(entry));
  else terminal.out(timelineText(entries, lookOf(terminal)));
  return verdict;
}

/** A permalink is short enough to be an argument; a file of that name goes before. */
async function inputOf(file: string, terminal: Terminal): Promise<Uint8Array> {
  if (file !== '-' && !existsSync(file) && isPermalink(file)) return new TextEncoder().encode(file);
  const size = file === '-' ? 0 : (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  if (size > replayBounds.bytes) throw new UsageError(problemText(file, tooLarge.error));
  return readInput(file, terminal);
}

const tooLarge = refuse('ERR_REPLAY_SIZE', `More than ${replayBounds.bytes / 0x10_0000} MiB.`);

function chosen(entries: readonly Entry[], session: string | undefined): readonly Entry[] {
  if (session === undefined) return entries;
  const own = entries.filter((entry) => entry.session === session);
  if (own.length > 0) return own;
  const known = sessionsIn(entries).slice(0, 20).map(printable).join(', ');
  throw new UsageError(`no session ${printable(session)}; there are: ${known}`);
}

function titleOf(file: string, { kind }: Read): string {
  return printable(file === '-' || kind === 'permalink' ? kind : `${kind} ${file}`);
}

function problemText(file: string, { code, message, line, path }: ReplayProblem): string {
  const where = [line !== undefined && ` line ${line}`, path !== undefined && ` ${path}`].filter(Boolean).join(',');
  return printable(`${file}:${where} ${message} (${code})`);
}

/** As `jsonText`, on one line. */
function jsonLine(entry: Entry): string {
  const text = JSON.stringify(entry);
  return `${text.replace(/[\x7f-\x9f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)}\n`;
}
