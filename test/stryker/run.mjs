/**
 * `npm run stryker -- [AREA…] [FILE…] [--changed]`: mutants of the sources, put to the unit tests that cover them. Without
 * an area all of them, which takes hours; with files only those, with `--changed` the lines that the last commit
 * touched, up to a number.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { areas } from './areas.mjs';

/** Of one area. */
const MOST_LINES = 60;
const asked = process.argv.slice(2);
const isChanged = asked.includes('--changed');
const files = asked.filter((argument) => argument.endsWith('.ts'));
const unknown = asked.filter(
  (argument) => argument !== '--changed' && !files.includes(argument) && !Object.hasOwn(areas, argument),
);
if (unknown.length > 0) {
  console.error(`no such area: ${unknown.join(', ')}; there are ${Object.keys(areas).join(', ')}`);
  process.exit(2);
}
const named = asked.filter((argument) => Object.hasOwn(areas, argument));
const rows = (named.length > 0 ? named : Object.keys(areas)).map(scoreOf);
for (const { area, text } of rows) console.log(`${area.padEnd(10)} ${text}`);
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

function scoreOf(area) {
  const { mutate, least } = areas[area];
  const ours = files.filter((file) => mutate.some((glob) => matchesGlob(file, glob)));
  const targets = isChanged ? changedIn(mutate) : files.length > 0 ? ours : mutate;
  if (targets.length === 0) return { area, ok: true, text: 'skipped: nothing of it was asked for, or changed' };
  const folder = mkdtempSync(join(tmpdir(), 'stryker-'));
  try {
    const environment = { ...process.env, STRYKER_AREA: area, STRYKER_REPORT: join(folder, 'report.json') };
    const options = ['stryker', 'run', 'test/stryker/stryker.config.mjs', '--mutate', targets.join(',')];
    spawnSync('npx', options, { env: environment, stdio: 'inherit' });
    return { area, ...judged(JSON.parse(readFileSync(environment.STRYKER_REPORT, 'utf8')), least) };
  } catch (error) {
    return { area, ok: false, text: `no report: ${error.message}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judged({ files }, least) {
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const killed = count('Killed', 'Timeout');
  const alive = count('Survived', 'NoCoverage');
  const score = killed + alive === 0 ? 100 : (100 * killed) / (killed + alive);
  const text = `${score.toFixed(1)} %, at least ${least} %: ${killed} killed, ${alive} alive, ${count('Ignored')} annotated`;
  // Of a few changed lines a score says little: two mutants alive are for a person to look at.
  return { ok: score >= least || (isChanged && alive <= 2), text };
}

/** The changed lines of the last commit, as Stryker takes them, `file:from-to`: so many that a run stays one of minutes. */
function changedIn(globs) {
  const { stdout } = spawnSync('git', ['diff', '--unified=0', '--no-prefix', 'HEAD~1', 'HEAD'], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  let file = '';
  let lines = 0;
  const ranges = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('+++ ')) file = line.slice(4);
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk || !globs.some((glob) => matchesGlob(file, glob))) continue;
    const [from, count] = [Number(hunk[1]), Number(hunk[2] ?? 1)];
    lines += count;
    if (count > 0 && lines <= MOST_LINES) ranges.push(`${file}:${from}-${from + count - 1}`);
  }
  if (lines > MOST_LINES) console.log(`${lines} lines changed: only the first of them, ${MOST_LINES} at most`);
  return ranges;
}
