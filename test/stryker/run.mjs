/**
 * `npm run stryker -- [AREA…] [FILE…] [--changed] [REPORT.json…]`: mutants of the sources, put to the unit tests that cover
 * them. Without an area all of them, which takes hours; with files only those, with `--changed` the lines that the last
 * commit touched, up to a number. Reports that Stryker wrote of parts of an area are judged together, without a run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { areas } from './areas.mjs';
import { judged } from './score.mjs';

/** Of one area. */
const MOST_LINES = 60;
/** Of a few changed lines: mutants alive that are for a person to look at. */
const SPARED = 2;
const asked = process.argv.slice(2);
const isChanged = asked.includes('--changed');
const files = asked.filter((argument) => argument.endsWith('.ts'));
const reports = asked.filter((argument) => argument.endsWith('.json'));
const unknown = asked.filter(
  (argument) => ![...files, ...reports, '--changed'].includes(argument) && !Object.hasOwn(areas, argument),
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
  if (reports.length > 0) return { area, ...judged(reports.map(readReport), least) };
  const ours = files.filter((file) => mutate.some((glob) => matchesGlob(file, glob)));
  const targets = isChanged ? changedIn(mutate) : files.length > 0 ? ours : mutate;
  if (targets.length === 0) return { area, ok: true, text: 'skipped: nothing of it was asked for, or changed' };
  const folder = mkdtempSync(join(tmpdir(), 'stryker-'));
  try {
    const environment = { ...process.env, STRYKER_AREA: area, STRYKER_REPORT: join(folder, 'report.json') };
    const options = ['stryker', 'run', 'test/stryker/stryker.config.mjs', '--mutate', targets.join(',')];
    spawnSync('npx', options, { env: environment, stdio: 'inherit' });
    return { area, ...judged([readReport(environment.STRYKER_REPORT)], least, isChanged ? SPARED : 0) };
  } catch (error) {
    return { area, ok: false, text: `no report: ${error.message}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
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
