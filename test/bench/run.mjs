/** `npm run bench`: every ratio against a reference measured in the same run. `--json` prints one object only. */
import { readdir } from 'node:fs/promises';

const folder = new URL('.', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.bench.mjs')).sort();
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const results = [];
for (const name of names.filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))) {
  const { results: measure } = await import(new URL(name, folder));
  results.push(...(await measure()));
}

if (process.argv.includes('--json')) console.log(JSON.stringify({ results }));
else for (const result of results) console.log(line(result));
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

/** A result without a limit is shown for comparison only. */
function line({ name, ratio, limit, bound = 'at most', ok, detail }) {
  const verdict = limit === null ? 'shown' : ok ? 'ok' : 'MISSED';
  const against = limit === null ? '' : `${bound} ${limit}`;
  return `${verdict.padEnd(7)}${name.padEnd(58)}${ratio.toFixed(2).padStart(8)}  ${against.padEnd(14)}${detail}`;
}
