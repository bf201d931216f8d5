/** A counterexample as a page: bounds, moves and chart, to be replayed by `replay`. */
import { type Bounds, boundsOf } from './bounds.js';
import { chartOf } from './chart.js';
import { type Composed, createComposed } from './composed.js';
import { type InvariantName, invariantNames, invariants } from './invariants.js';
import { argumentOf, type MoveName, moveNames, moveOf, nameOf } from './moves.js';
import type { Parts } from './parts.js';
import { type PathStep, stepFrom, withLastingNames } from './path.js';

/** A page with one chapter: what is broken, and the shortest way there. */
export function chapterOf(composed: Composed, name: InvariantName, steps: readonly PathStep[]): string {
  const { id, promise } = invariants[name];
  const bounds = Object.entries(composed.bounds).map(([bound, value]) => `${bound} ${value}`);
  const moves = steps.map(({ move }) => `${nameOf(move)} ${argumentOf(move)}`);
  const chart = chartOf(composed, withLastingNames(composed, steps));
  return [
    `## ${id}: ${name} does not hold`,
    promise,
    block('bounds', bounds),
    block('moves', moves),
    block('chart', chart),
  ].join('\n\n');
}

/** What came of the moves of a chapter. */
export interface Replayed {
  readonly chart: readonly string[];
  /** The promises that the last move broke. */
  readonly broken: readonly InvariantName[];
}

/** @throws TypeError for a text that is no chapter, and for a move that cannot be made; RangeError for its bounds. */
export async function replay(text: string, parts: Parts): Promise<Replayed> {
  const { composed, steps, broken, stoppedAt } = await retrace(text, parts);
  if (stoppedAt !== null) throw new TypeError(`${stoppedAt}: cannot happen here`);
  return { chart: chartOf(composed, steps), broken };
}

/** The way of a chapter, made again. */
export interface Retraced {
  readonly composed: Composed;
  /** With a name of its own for each key. */
  readonly steps: readonly PathStep[];
  /** The promises that the last move broke. */
  readonly broken: readonly InvariantName[];
  /** The first move that these parts cannot make, after which none was tried; null where all were made. */
  readonly stoppedAt: string | null;
}

/**
 * The same as `replay`, step by step, and as far as it goes: what a broken engine does the shipped one may not.
 *
 * @throws TypeError for a text that is no chapter; RangeError for its bounds.
 */
export async function retrace(text: string, parts: Parts): Promise<Retraced> {
  const composed = await createComposed(parts, boundsIn(linesIn(text, 'bounds')));
  const moves = linesIn(text, 'moves').map((line) => ({ line, move: moveIn(line) }));
  const steps: PathStep[] = [];
  let row: Int32Array = composed.start;
  let stoppedAt: string | null = null;
  for (const { line, move } of moves) {
    const step = stepFrom(composed, row, move);
    if (!step) {
      stoppedAt = line;
      break;
    }
    steps.push(step);
    row = step.after;
  }
  const broken = steps.at(-1)?.broken ?? 0;
  return {
    composed,
    steps: withLastingNames(composed, steps),
    broken: invariantNames.filter((_name, bit) => (broken & (1 << bit)) !== 0),
    stoppedAt,
  };
}

function block(kind: string, lines: readonly string[]): string {
  return [`\`\`\`${kind}`, ...lines, '```'].join('\n');
}

function linesIn(text: string, kind: string): readonly string[] {
  const found = new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)\\n\`\`\`$`, 'm').exec(text)?.[1];
  if (found === undefined) throw new TypeError(`no block of ${kind}`);
  return found.split('\n');
}

function boundsIn(lines: readonly string[]): Bounds {
  const entries = lines.map((line) => line.split(' '));
  return boundsOf(
    Object.fromEntries(entries.map(([name = '', value]) => [name, name === 'version' ? value : Number(value)])),
  );
}

function moveIn(line: string): number {
  const [name = '', argument] = line.split(' ');
  if (!isMoveName(name)) throw new TypeError(`${line}: no such move`);
  return moveOf(name, Number(argument));
}

function isMoveName(name: string): name is MoveName {
  return moveNames.some((known) => known === name);
}
