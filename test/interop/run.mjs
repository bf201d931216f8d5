/**
 * `npm run test:interop`: our client against a real server, our server against a real client, and the bytes of both
 * before two other codecs. Debian packages that are missing are installed, where that is possible; see
 * `docs/interop.md`. Arguments name peers, all when there are none; `--write` replaces the fixtures that were observed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codecOracle } from './codec-oracle.mjs';
import { horde } from './horde.mjs';
import { stopAll } from './processes.mjs';
import { createReport } from './report.mjs';
import { thunderbird } from './thunderbird.mjs';

const report = createReport();
const scratch = await mkdtemp(join(tmpdir(), 'eas-interop-'));

async function tidy() {
  await stopAll();
  await rm(scratch, { recursive: true, force: true });
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => tidy().finally(() => process.exit(code)));
}

// The oracle comes last: it judges what the others recorded.
const peers = { horde, thunderbird, 'codec-oracle': codecOracle };
const [flags, names] = [true, false].map((isFlag) =>
  process.argv.slice(2).filter((text) => text.startsWith('--') === isFlag),
);
const unknown = [...names.filter((name) => !Object.hasOwn(peers, name)), ...flags.filter((flag) => flag !== '--write')];

try {
  if (unknown.length > 0) throw new Error(`expected some of ${Object.keys(peers).join(', ')} and --write: ${unknown}`);
  const records = [];
  for (const [name, peer] of Object.entries(peers)) {
    const isAsked = names.length === 0 || names.includes(name);
    if (isAsked) await peer({ report, records, scratch, isWriting: flags.includes('--write') });
  }
} finally {
  await tidy();
}
report.summary();
process.exitCode = report.counts.failed === 0 ? 0 : 1;
