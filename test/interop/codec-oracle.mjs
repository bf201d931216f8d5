import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { provision, serve } from './command-line.mjs';
import { install, packages, versionsOf } from './packages.mjs';
import { run } from './processes.mjs';
import { expect, Skipped } from './report.mjs';

/**
 * libwbxml and Wireshark over the bytes that were recorded. `records` names what the other peers' runs recorded, and whether the client
 * in it is ours.
 */
export async function codecOracle({ report, records, scratch }) {
  const absent = await install(packages.codecOracle, report.note);
  if (absent === null) report.note(await versionsOf(['libwbxml2-utils', 'tshark']));
  const between = join(scratch, 'ours.jsonl');
  await report.run('our client against our server, all versions', null, () => provisionsAll(between));
  await report.run('codec oracle, our client and server', absent, () => judge(between, true, scratch));
  for (const { name, record, isOurClient } of records) {
    await report.run(`codec oracle, ${name}`, absent, () => judge(record, isOurClient, scratch));
  }
}

const versions = ['2.5', '12.0', '12.1', '14.0', '14.1', '16.0', '16.1'];
/** Those that carry every element; the earlier ones carry a part. */
const carryAll = versions.slice(versions.indexOf('12.1'));
const account = { user: 'lab', password: 'labpass' };
const script = fileURLToPath(new URL('./peers/codec-oracle/run', import.meta.url));
/** Every element, so that every token is judged. */
const policyFile = fileURLToPath(new URL('./policy.json', import.meta.url));

async function provisionsAll(record) {
  const policy = JSON.parse(await readFile(policyFile, 'utf8'));
  const server = await serve(account, ['--record', record, '--policy', policyFile]);
  for (const version of versions) {
    const device = { id: `OURS${version.replace('.', 'V')}`, type: 'Interop' };
    const { code, said, printed } = await provision(server.url, account, device, ['--protocol-version', version]);
    expect(code === 0, `${version}: ${said}`);
    expect(printed.protocolVersion === version, `${version}: it spoke ${printed.protocolVersion}`);
    const isWhole = !carryAll.includes(version) || isDeepStrictEqual(printed.policy, policy);
    expect(isWhole, `${version}: the policy came as ${JSON.stringify(printed.policy)}`);
  }
  expect((await server.stop()) === 0, `our server stopped badly: ${server.output().slice(-1000)}`);
  return versions.join(', ');
}

/** Bytes of ours have to be what the oracle would write; what others sent has only to be read. */
async function judge(record, isOurClient, scratch) {
  if (!existsSync(record)) throw new Skipped('nothing was recorded');
  const env = { TMPDIR: scratch, OWN_CLIENT: isOurClient ? '1' : '0' };
  const { code, stdout, stderr } = await run(script, [record], { limit: 120_000, env });
  expect(code === 0, `exit code ${code}:\n${`${stdout}${stderr}`.slice(-3000)}`);
  return stdout.replaceAll(`${record}: `, '').replaceAll(record, '').trim();
}
