import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './command-line.mjs';
import { startOwnServer, storyOf, twoPolicies } from './own-server.mjs';
import { install, packages, unpack, versionsOf } from './packages.mjs';
import { run } from './processes.mjs';
import { expect } from './report.mjs';

/** The EAS provider of Debian's Thunderbird against our server. */
export async function thunderbird({ report, records, scratch }) {
  const folder = join(scratch, 'provider');
  const absent = (await install(packages.thunderbird, report.note)) ?? (await unpackProvider(folder, report.note));
  const [policy, other] = await twoPolicies();
  const peer = { folder, scratch };
  for (const version of ['14.0', '2.5']) {
    const record = join(scratch, `thunderbird-${version}.jsonl`);
    const ours = (setting) => startOwnServer(account, { record, policy, ...setting });
    const runs = [
      ['', () => synchronizes(peer, version, record)],
      ['policy changed between synchronizations', () => followsThePolicy(peer, version, ours, other)],
      ['policy changed while it applies one', () => isOvertaken(peer, version, ours, other)],
      ['policy taken away', () => losesThePolicy(peer, version, ours)],
      ['no policy', () => hasNoPolicy(peer, version, ours, {})],
      ['no policy, Provision first', () => hasNoPolicy(peer, version, ours, { PREPROVISION: '1' })],
    ];
    for (const [name, body] of runs) {
      await report.run(['thunderbird', version, name].filter(Boolean).join(', '), absent, body);
    }
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

async function synchronizes(peer, version, record) {
  const server = await serve(account, ['--record', record]);
  const { code, said, status, policykey, folders } = await ends(peer, server.url, version, { RESYNCS: '1' });
  const stopped = await server.stop();
  expect(code === 0 && status === 'success', `exit code ${code}:\n${said}\nour server:\n${server.output()}`);
  expect(stopped === 0, `our server stopped with ${stopped}: ${server.output().slice(-1000)}`);
  return `provisioned under key ${policykey}, ${folders} folders, one more sync`;
}

/** Its first command after the change is refused; it provisions again by itself. */
async function followsThePolicy(peer, version, ours, other) {
  const when = (exchange, own) => {
    if (isSynchronized(exchange)) own.policy = other;
  };
  const { story, ended } = await lives(peer, version, await ours({ when }), { RESYNCS: '2' });
  expect(ended.code === 0 && ended.folders > 0, `${story}\n${ended.said}`);
  expect(
    /Provisioned,.*PolicyChanged InvalidPolicyKey, Provision PolicyOffered, Provision Provisioned,/.test(story),
    story,
  );
  expect(count(story, 'PolicyOffered') === 2 && count(story, 'PolicyChanged') === 1, story);
  return 'its next command refused, provisioned anew, synchronized twice since';
}

/** Policy Status 5 to an acknowledgment of a policy that is not the current one: it stops, and its next try succeeds. */
async function isOvertaken(peer, version, ours, other) {
  const when = ({ events }, own) => {
    if (events.includes('PolicyOffered')) own.policy = other;
  };
  const { story, ended } = await lives(peer, version, await ours({ when }), { RESYNCS: '2', PERSISTS: '1' });
  expect(story.includes('PolicyOffered, Provision PolicyChanged WrongPolicyKey'), story);
  expect(ended.code === 0 && ended.folders > 0, `${story}\n${ended.said}`);
  expect(count(story, 'PolicyOffered') === 2, story);
  return 'refused with Policy 5, gave up; provisioned at its next synchronization';
}

async function losesThePolicy(peer, version, ours) {
  const when = (exchange, own) => {
    if (isSynchronized(exchange)) own.policy = null;
  };
  const { story, ended } = await lives(peer, version, await ours({ when }), { RESYNCS: '2' });
  expect(
    ended.code === 0 && count(story, 'PolicyOffered') === 1 && count(story, 'FolderSync') >= 3,
    `${story}\n${ended.said}`,
  );
  return 'nothing demanded from then on';
}

/** Never asked to provision, it goes under key 0; asked for a policy all the same, it is told that there is none. */
async function hasNoPolicy(peer, version, ours, env) {
  const { story, ended } = await lives(peer, version, await ours({ policy: null }), { RESYNCS: '1', ...env });
  expect(ended.status === 'success' && ended.folders > 0 && ended.policykey === '0', `${story}\n${ended.said}`);
  expect(count(story, 'Provision') === (env.PREPROVISION ? 1 : 0), story);
  return `${story}: no key, ${ended.folders} folders`;
}

/** One life of it with a server, told from the server's side, and how it ended. */
async function lives(peer, version, server, env) {
  try {
    const ended = await ends(peer, server.url, version, env);
    return { story: storyOf(server), ended };
  } finally {
    await server.stop();
  }
}

/** The exit code of the host is 0 only where the provider holds a key at the end. */
async function ends({ folder, scratch }, url, version, env) {
  const { code, stdout, stderr } = await run(script, [new URL(url).origin, account.user, account.password], {
    limit: 120_000,
    env: {
      PROVIDER: join(folder, 'usr/share/webext/eas4tbsync@jobisoft.de.xpi'),
      ASVERSION: version,
      TIMEOUT: '90',
      TMPDIR: scratch,
      ...env,
    },
  });
  const said = `${stdout}${stderr}`.slice(-3000);
  const result = stdout.match(/^RESULT [^{]*(\{.*\})$/m);
  expect(result !== null, `exit code ${code}:\n${said}`);
  const ended = JSON.parse(result[1]);
  expect(ended.asversion === version, `it spoke ${ended.asversion}`);
  return { code, said, ...ended };
}

function isSynchronized({ command, httpStatus, reason }) {
  return command === 'FolderSync' && httpStatus === 200 && reason === null;
}

function count(story, word) {
  return story.split(/, | /).filter((other) => other === word).length;
}
