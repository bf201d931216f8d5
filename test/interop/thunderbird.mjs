import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './command-line.mjs';
import { install, packages, unpack, versionsOf } from './packages.mjs';
import { run } from './processes.mjs';
import { expect } from './report.mjs';

/** The EAS provider of Debian's Thunderbird against our server. */
export async function thunderbird({ report, records, scratch }) {
  const folder = join(scratch, 'provider');
  const absent = (await install(packages.thunderbird, report.note)) ?? (await unpackProvider(folder, report.note));
  for (const version of ['14.0', '2.5']) {
    const record = join(scratch, `thunderbird-${version}.jsonl`);
    await report.run(`thunderbird, ${version}`, absent, () => synchronizes(version, record, folder, scratch));
    records.push({ name: `thunderbird ${version} and our server`, record, isOurClient: false });
  }
}

const account = { user: 'lab', password: 'labpass' };
const script = fileURLToPath(new URL('./peers/thunderbird-eas/run', import.meta.url));

/** Resolves to null, or to the reason for which it cannot be had. */
async function unpackProvider(folder, note) {
  await mkdir(folder, { recursive: true });
  const { version, reason } = await unpack('webext-eas4tbsync', folder, note);
  if (reason !== null) return reason;
  note(`${await versionsOf(['thunderbird'])}, webext-eas4tbsync ${version}`);
  // The host of `peers/thunderbird-eas/addon` stands in for what the scripts of this release call.
  return version.startsWith('4.11') ? null : `webext-eas4tbsync ${version} is not the release that is hosted, 4.11`;
}

async function synchronizes(version, record, folder, scratch) {
  const server = await serve(account, ['--record', record]);
  const { code, stdout, stderr } = await run(script, [new URL(server.url).origin, account.user, account.password], {
    limit: 120_000,
    env: {
      PROVIDER: join(folder, 'usr/share/webext/eas4tbsync@jobisoft.de.xpi'),
      ASVERSION: version,
      RESYNCS: '1',
      TIMEOUT: '90',
      TMPDIR: scratch,
    },
  });
  const stopped = await server.stop();
  const said = `${stdout}${stderr}`.slice(-3000);
  expect(code === 0, `exit code ${code}:\n${said}\nour server:\n${server.output()}`);
  expect(stopped === 0, `our server stopped with ${stopped}: ${server.output().slice(-1000)}`);
  const { policykey, folders, asversion } = JSON.parse(stdout.match(/^RESULT [^{]*(\{.*\})$/m)[1]);
  expect(asversion === version, `it spoke ${asversion}`);
  return `provisioned under key ${policykey}, ${folders} folders, one more sync`;
}
