/**
 * `npm run test:interop`: our client against a real server, our server against a real client, and the bytes of both
 * before two other codecs. Debian packages that are missing are installed, where that is possible; see
 * `docs/interop.md`.
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

try {
  const records = [];
  // The oracle comes last: it judges what the others recorded.
  for (const peer of [horde, thunderbird, codecOracle]) await peer({ report, records, scratch });
} finally {
  await tidy();
}
report.summary();
process.exitCode = report.counts.failed === 0 ? 0 : 1;
