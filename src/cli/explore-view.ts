/** What an exploration found, for people and for programs. */
import type { Progress } from '../explore/search.js';
import type { Timed } from './explore.js';
import type { Look } from './look.js';
import { indented } from './text.js';

/** The numbers of one exploration. */
export function explorationText(run: Timed, { colors }: Look): string {
  const { name, bounds, states, transitions, depth, seconds, isWhole } = run;
  const given = Object.entries(bounds).map(([bound, value]) => `${bound} ${value}`);
  const lines = [
    colors.bold(name),
    `  bounds       ${given.join(', ')}`,
    `  states       ${counted(states)}${isWhole ? '' : ', and not all that there are: it was stopped'}`,
    `  transitions  ${counted(transitions)}`,
    `  depth        ${depth}`,
    `  time         ${seconds.toFixed(1)} s, ${counted(Math.round(states / seconds))} states a second`,
    `  requests     ${requestsText(run)}`,
  ];
  return `${lines.join('\n')}\n\n`;
}

/** What holds in all of them, and the shortest way to what does not. */
export function verdictText(runs: readonly Timed[], { colors, glyphs }: Look): string {
  const lines = explorationJson(runs).invariants.map(({ id, promise, holds, ...broken }) => {
    if (holds === true) return `${colors.green(glyphs.done)} ${id.padEnd(4)}${promise}`;
    if (holds === null) return `${colors.dim('..')} ${id.padEnd(4)}${promise} Not broken so far.`;
    const chapter = indented(broken.counterexample ?? '', '  ');
    return `${colors.red(glyphs.refused)} ${id.padEnd(4)}${promise} Broken in ${broken.moves} moves:\n\n${chapter}\n`;
  });
  return `${lines.join('\n')}\n`;
}

function requestsText({ worstCaseRequests, worstCaseUntilSettled }: Timed): string {
  if (worstCaseRequests === null) return 'not known';
  const settled = worstCaseUntilSettled === null ? '' : `; ${worstCaseUntilSettled} if every verdict is tried again`;
  return `at most ${worstCaseRequests} after the last fault or change${settled}`;
}

/** One object: sums and worst cases over all runs, and the runs themselves. */
export function explorationJson(runs: readonly Timed[]) {
  const sum = (of: (run: Timed) => number) => runs.reduce((total, run) => total + of(run), 0);
  const greatest = (of: (run: Timed) => number | null) => {
    const found = runs.map(of);
    return found.length === 0 || found.includes(null) ? null : Math.max(...found.map(Number));
  };
  const rows = runs[0]?.invariants ?? [];
  return {
    states: sum(({ states }) => states),
    transitions: sum(({ transitions }) => transitions),
    depth: greatest(({ depth }) => depth),
    seconds: sum(({ seconds }) => seconds),
    worstCaseRequests: greatest(({ worstCaseRequests }) => worstCaseRequests),
    worstCaseUntilSettled: greatest(({ worstCaseUntilSettled }) => worstCaseUntilSettled),
    isWhole: runs.every(({ isWhole }) => isWhole),
    invariants: rows.map(({ id, name, promise }, at) => {
      const found = runs.flatMap(({ invariants }) => invariants[at] ?? []);
      const broken = found.find(({ holds }) => holds === false);
      const holds = broken ? false : found.every((row) => row.holds === true) ? true : null;
      return { id, name, promise, holds, ...(broken && { moves: broken.moves, counterexample: broken.chapter }) };
    }),
    runs: runs.map(({ name, bounds, states, transitions, depth, seconds, isWhole, worstCaseRequests, ends }) => ({
      name,
      bounds,
      states,
      transitions,
      depth,
      seconds,
      isWhole,
      worstCaseRequests,
      ends,
    })),
  };
}

export function progressText({ states, expanded, depth }: Progress, rate: number, memory: number): string {
  const frontier = states - expanded;
  const mebibytes = Math.round(memory / 1024 / 1024);
  const numbers = `${counted(states)} states, frontier ${counted(frontier)}, depth ${depth}`;
  return `${numbers}, ${counted(Math.round(rate))} a second, ${counted(mebibytes)} MiB\n`;
}

function counted(number: number): string {
  return number.toLocaleString('en-US');
}
