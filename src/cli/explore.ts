import { writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { type Bounds, boundsOf, deepBounds, defaultRuns } from '../explore/bounds.js';
import { createComposed } from '../explore/composed.js';
import { type Exploration, explore as exploreAll } from '../explore/explore.js';
import { shippedParts } from '../explore/parts.js';
import type { Progress } from '../explore/search.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import { explorationJson, explorationText, progressText, verdictText } from './explore-view.js';
import { failure } from './files.js';
import { lookOf } from './look.js';
import type { Terminal } from './terminal.js';
import { jsonText } from './text.js';

export interface ExploreOptions {
  readonly json?: boolean;
  readonly deep?: boolean;
  /** In MiB, of the whole process. */
  readonly memory: number;
  /** A file for the chapters of what does not hold. */
  readonly chapters?: string;
  readonly protocolVersion?: Bounds['version'];
  readonly revisions?: number;
  readonly faults?: number;
  readonly changes?: number;
  readonly inFlight?: number;
  readonly commands?: number;
  readonly servers?: number;
}

/** An exploration, and how long it took. */
export interface Timed extends Exploration {
  readonly name: string;
  readonly seconds: number;
}

/** Explores both sides together, as far as the options say, and tells what holds. */
export async function explore(options: ExploreOptions, terminal: Terminal): Promise<ExitCode> {
  let isStopped = false;
  void terminal.stopped().then(() => {
    isStopped = true;
  });
  const runs: Timed[] = [];
  for (const [name, bounds] of Object.entries(runsOf(options))) {
    if (isStopped) break;
    const run = await explored(name, bounds, options, terminal, () => isStopped);
    runs.push(run);
    if (!options.json) terminal.out(explorationText(run, lookOf(terminal)));
  }
  terminal.out(options.json ? jsonText(explorationJson(runs)) : verdictText(runs, lookOf(terminal)));
  const chapters = runs.flatMap(({ invariants }) => invariants.flatMap(({ chapter }) => (chapter ? [chapter] : [])));
  if (options.chapters !== undefined && chapters.length > 0) {
    write(options.chapters, `# Counterexamples\n\n${chapters.join('\n\n')}\n`);
  }
  return chapters.length === 0 ? exitCodes.Done : exitCodes.Refused;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(failure('write', path, error));
  }
}

function runsOf({ deep, ...options }: ExploreOptions): Readonly<Record<string, Bounds>> {
  const { protocolVersion: version, revisions, faults, changes, inFlight, commands, servers } = options;
  const given = Object.fromEntries(
    Object.entries({ version, revisions, faults, changes, inFlight, commands, servers }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as Partial<Bounds>;
  if (deep) return { 'as far as memory goes': boundsFrom({ ...deepBounds, ...given }) };
  if (Object.keys(given).length > 0) return { 'the bounds that were given': boundsFrom(given) };
  return Object.fromEntries(Object.entries(defaultRuns).map(([name, bounds]) => [name, boundsFrom(bounds)]));
}

function boundsFrom(given: Partial<Bounds>): Bounds {
  try {
    return boundsOf(given);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Lets signals in between, tells progress each second, and ends where memory does. */
async function explored(
  name: string,
  bounds: Bounds,
  { json, memory }: ExploreOptions,
  terminal: Terminal,
  isStopped: () => boolean,
): Promise<Timed> {
  const began = performance.now();
  const composed = await createComposed(shippedParts, bounds);
  const search = exploreAll(composed);
  let last: { readonly at: number; readonly progress: Progress | null } = { at: began, progress: null };
  let turn = search.next();
  while (!turn.done) {
    const now = performance.now();
    if (!json && now - last.at >= 1000) {
      const rate = ((turn.value.expanded - (last.progress?.expanded ?? 0)) / (now - last.at)) * 1000;
      terminal.err(progressText(turn.value, rate, process.memoryUsage().rss));
      last = { at: now, progress: turn.value };
    }
    await setImmediate();
    turn = search.next(isStopped() || process.memoryUsage().rss > memory * MIB);
  }
  return { name, ...turn.value, seconds: (performance.now() - began) / 1000 };
}

const MIB = 1024 * 1024;
