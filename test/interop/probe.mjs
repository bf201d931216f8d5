import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';
import { expect } from './report.mjs';

/** `eas-provisioning probe URL ... --json --verbose`: the report, whatever it says. */
export async function probe(url, { user, password }, options = []) {
  const { code, stdout, stderr } = await run(
    process.execPath,
    [cli, 'probe', url, '--user', user, '--password', password, ...options, '--json', '--verbose'],
    { limit: 300_000 },
  );
  expect(code === 0 || code === 1, `probe ended with ${code}: ${stderr}`);
  expect(!`${stdout}${stderr}`.includes(password), 'probe prints the password');
  return JSON.parse(stdout);
}

/** What was seen, without keys, times and device ids, so that two runs can be compared; and without a judgment. */
export function normalized({ offered, versions, results }) {
  const holding = { Holds: true, Broken: false, NotTried: null };
  return {
    offered,
    versions,
    attacks: results.map(({ id, attack, verdict, evidence }) => ({
      id,
      attack,
      holds: holding[verdict],
      trials: evidence.map((trial) => {
        const names = keyNames(trial.exchanges);
        const told = (text) => names.reduce((shown, [key, name]) => shown.replaceAll(key, name), text);
        return {
          protocolVersion: trial.protocolVersion,
          holds: holding[trial.verdict],
          observed: trial.reason && told(trial.reason),
          exchanges: trial.exchanges.map((exchange) => told(line(exchange))),
        };
      }),
    })),
  };
}

/** Writes the fixture. */
export async function store(name, report) {
  await writeFile(new URL(`../fixtures/${name}.json`, import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
}

const cli = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

function line({ command, as, policyKey, headers, httpStatus, status }) {
  const sent = [`key ${policyKey ?? 'none'}`, ...(as === 'user' ? [] : [as]), ...headers].join(', ');
  return `${command}, ${sent}: HTTP ${httpStatus}${status === null ? '' : `, Status ${status}`}`;
}

/** The keys that were issued, in whatever way they were sent back, each with its name; the longest first. */
function keyNames(exchanges) {
  const text = exchanges.map(({ received }) => received ?? '').join('\n');
  const keys = [...new Set([...text.matchAll(/PolicyKey="?(?<key>\w+)/g)].map(({ groups }) => groups.key))];
  return keys
    .flatMap((key, at) => [
      [key, `{${at + 1}}`],
      [Number(key).toString(16), `{${at + 1} in hexadecimal}`],
      [String(Number(key) + 2 ** 32), `{${at + 1} + 2^32}`],
      [String(Number(key) - 2 ** 32), `{${at + 1} - 2^32}`],
    ])
    .sort(([one], [other]) => other.length - one.length);
}
