/** What the mutants of an area came to: a score, and whoever is still alive without a reason. */
import { equivalent } from './equivalent.mjs';

/**
 * Of reports as Stryker writes them, each of some files of the area; of a file in several the last one counts.
 *
 * @param {readonly object[]} reports
 * @param {number} least the least score, in percent
 * @param {number} spared so many alive are no failure, whatever the score: of a few lines it says little
 */
export function judged(reports, least, spared = 0) {
  const files = Object.assign({}, ...reports.map((report) => report.files));
  const all = Object.entries(files).flatMap(([file, report]) => mutantsOf(file, report));
  const explained = all.filter(isExplained);
  const killed = all.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  const alive = all.filter((mutant) => isAlive(mutant) && !isExplained(mutant));
  // Where one row stands for several mutants, it is needed as long as one of them lives.
  const stale = killed.filter(({ row }) => row !== null && !all.some((other) => other.row === row && isAlive(other)));
  const score = killed.length + alive.length === 0 ? 100 : (100 * killed.length) / (killed.length + alive.length);
  return {
    ok: stale.length === 0 && (score >= least || alive.length <= spared),
    text: [
      `${score.toFixed(1)} %, at least ${least} %: ${killed.length} killed, ${alive.length} alive, ${explained.length} equivalent`,
      ...stale.map(({ place }) => `  not equivalent, though explained: ${place}`),
      ...alive.map(({ place }) => `  alive: ${place}`),
    ].join('\n'),
  };
}

function mutantsOf(file, { source, mutants }) {
  const rows = equivalent[file] ?? [];
  return mutants.map(({ location, replacement = '', status }) => {
    const from = flat(textAt(source, location));
    const to = flat(replacement);
    const line = source.split('\n')[location.start.line - 1];
    const row = rows.find((one) => one.from === from && one.to === to && line.includes(one.line ?? ''));
    const place = `${file}:${location.start.line}:${location.start.column} ${from} -> ${to}`;
    return { place, status, row: row ?? null };
  });
}

function isAlive({ status }) {
  return status === 'Survived' || status === 'NoCoverage';
}

function isExplained(mutant) {
  return mutant.row !== null && isAlive(mutant);
}

function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

/** On one line, as a row of the table has it. */
function flat(text) {
  return text.replace(/\s+/g, ' ').trim();
}
