import { join } from 'node:path';
import { provision } from './command-line.mjs';
import { folderSync } from './folder-sync.mjs';
import { outlivesItsKey } from './forgotten-keys.mjs';
import { followsThePolicy, goesOn, isRefused, isWiped } from './horde-life.mjs';
import { account, startHorde } from './horde-server.mjs';
import { install, packages, versionsOf } from './packages.mjs';
import { normalized, probe, store } from './probe.mjs';
import { expect } from './report.mjs';

/** Our client against Horde ActiveSync: each version that it speaks, then what may happen on the way. */
export async function horde({ report, records, scratch, isWriting = false }) {
  const absent = await install(packages.horde, report.note);
  if (absent === null) report.note(await versionsOf(['php-horde-activesync', 'php-cli']));
  const demanding = once(() => startHorde('force', scratch));
  const open = once(() => startHorde('none', scratch));
  // Of their own, because a change of the policy takes every key back.
  const changing = once(() => startHorde('force', scratch, 'changing'));
  const record = join(scratch, 'horde.jsonl');

  const runs = [
    ...versions.map((version) => [version, () => provisions(demanding, version, ['--protocol-version', version])]),
    ['version by OPTIONS', () => negotiates(demanding)],
    ['Provision first', () => provisions(demanding, '14.1', ['--protocol-version', '14.1', '--provision-first'])],
    ['wrong password', () => refusesTheLogin(demanding)],
    ['keys forgotten', () => outlivesItsKey(demanding, newDevice(), 'plain')],
    ['keys forgotten, base64 query', () => outlivesItsKey(demanding, newDevice(), 'base64')],
    ['wipe declined', () => declinesTheWipe(demanding)],
    ['wipe confirmed', () => confirmsTheWipe(demanding)],
    ...versions.map((version) => [`no policy, ${version}`, () => hasNoPolicy(open, version)]),
    ...base64.map(({ protocolVersion }) => [
      `${protocolVersion}, base64 query`,
      () => provisionsByBase64(protocolVersion),
    ]),
    ...manners.map((manner) => living('state kept in a file', goesOn, changing, manner)),
    ...manners.map((manner) => living('policy changed twice', followsThePolicy, changing, manner)),
    ...manners.map((manner) => living('wiped in mid-life', isWiped, demanding, manner)),
    ...manners.map((manner) => living('policy not applied', isRefused, demanding, manner)),
    ['probed', () => isProbed(demanding)],
  ];
  for (const [name, body] of runs) await report.run(`horde, ${name}`, absent, body);
  records.push({ name: 'our client and horde', record, isOurClient: true });

  function living(name, body, server, { protocolVersion, queryForm }) {
    const form = queryForm === 'base64' ? ', base64 query' : '';
    const options = { protocolVersion, queryForm, record, scratch };
    return [`${name}, ${protocolVersion}${form}`, () => body(server, newDevice(), options)];
  }

  function provisionsByBase64(version) {
    return provisions(demanding, version, ['--protocol-version', version, '--query', 'base64'], 'base64');
  }

  async function provisions(server, version, options, form = 'plain') {
    const { url } = await server();
    const device = newDevice();
    const { code, printed, said } = await provision(url, account, device, [...options, '--record', record]);
    expect(code === 0, said);
    const { outcome, protocolVersion, policyKey, policy } = printed;
    expect(outcome.kind === 'Provisioned', said);
    expect(protocolVersion === version, `version ${protocolVersion}`);
    expect(/^[1-9]\d*$/.test(policyKey), `policy key ${policyKey}`);
    expectPolicy(policy, version);
    await expectAdmitted(url, device, version, policyKey, form);
    const commands = printed.steps.map(({ command }) => command).join(', ');
    return `${commands}; its folders under the permanent key`;
  }

  async function negotiates(server) {
    const seen = await provisions(server, versions.at(-1), []);
    expect(seen.startsWith('OPTIONS, FolderSync, '), `it began with ${seen}`);
    return seen;
  }

  async function declinesTheWipe(server) {
    const { code, printed, said, noted } = await wipe(server, []);
    const { kind, failure } = printed.outcome;
    expect(code === 1 && kind === 'Failed' && failure.kind === 'WipeFailed', said);
    return `said so; Horde notes ${noted}`;
  }

  async function confirmsTheWipe(server) {
    const { printed, said, noted } = await wipe(server, ['--accept-wipe']);
    const { kind, scope } = printed.outcome;
    expect(kind === 'Wiped' && scope === 'device', said);
    expect(printed.policyKey === '0', `it keeps the key ${printed.policyKey}`);
    expect(noted.includes(`rwstatus=${wiped}`), `Horde notes ${noted}`);
    return `said so; Horde notes ${noted}`;
  }

  /** A device that provisioned, is to be wiped, and comes back. */
  async function wipe(server, options) {
    const { url, administer } = await server();
    const device = newDevice();
    const shared = ['--protocol-version', '14.1', '--record', record];
    const first = await provision(url, account, device, shared);
    expect(first.printed.outcome.kind === 'Provisioned', `before the wipe: ${first.said}`);
    await administer('wipe', device);
    const second = await provision(url, account, device, [...shared, ...options]);
    return { ...second, noted: await administer('show', device) };
  }

  async function hasNoPolicy(server, version) {
    const { url } = await server();
    const options = ['--protocol-version', version, '--record', record];
    const { code, printed, said } = await provision(url, account, newDevice(), options);
    expect(code === 0, said);
    expect(printed.outcome.kind === 'ProvisionedWithoutPolicy', said);
    expect(printed.policyKey === '0' && printed.policy === null, `key ${printed.policyKey}, ${printed.policy}`);
    return 'it has none, said so';
  }

  /** What it keeps is for the reader of the report to judge; that it was tried is not. */
  async function isProbed(server) {
    const { url } = await server();
    const found = await probe(url, account, ['--allow-wipe-confirmation']);
    const counted = (verdict) => found.results.filter((result) => result.verdict === verdict).length;
    const untried = found.results.filter(({ verdict, reason }) => verdict === 'NotTried' && !/ it needs /.test(reason));
    expect(untried.length === 0, `not tried: ${untried.map(({ id, reason }) => `${id} (${reason})`).join(', ')}`);
    if (isWriting) await store('probe-horde', normalized(found));
    const versions = found.versions.join(', ');
    return `in ${versions}: ${counted('Holds')} hold, ${counted('Broken')} do not, ${counted('NotTried')} not tried`;
  }

  async function refusesTheLogin(server) {
    const { url } = await server();
    const { code, printed, said } = await provision(url, { ...account, password: 'not the password' }, newDevice());
    const { kind, explanation } = printed.outcome;
    expect(code === 1 && kind === 'Refused' && explanation.code === 'Http 401', said);
    return 'refused with 401, said so';
  }
}

/** All that Horde speaks. */
const versions = ['2.5', '12.0', '12.1', '14.0', '14.1', '16.0'];
/** Every version, in both forms of the query where it has both (MS-ASHTTP 2.2.1.1.1). */
const base64 = versions
  .slice(versions.indexOf('12.1'))
  .map((protocolVersion) => ({ protocolVersion, queryForm: 'base64' }));
const manners = [...versions.map((protocolVersion) => ({ protocolVersion, queryForm: 'plain' })), ...base64];
/** Horde_ActiveSync::RWSTATUS_WIPED. */
const wiped = 3;

/** What its backend (`peers/horde/bootstrap.php`) asks for. */
const elements = { DevicePasswordEnabled: true, MinDevicePasswordLength: 6, MaxDevicePasswordFailedAttempts: 8 };
const parameters = ['name="DeviceWipeThreshold" value="8"', 'name="MinimumPasswordLength" value="6"'];

function expectPolicy(policy, version) {
  if (version === '2.5') {
    const missing = parameters.filter((parameter) => !String(policy).includes(parameter));
    expect(missing.length === 0, `the policy lacks ${missing}: ${policy}`);
    return;
  }
  const wrong = Object.entries(elements).filter(([name, value]) => policy?.[name] !== value);
  expect(wrong.length === 0, `the policy lacks ${wrong}: ${JSON.stringify(policy)}`);
}

async function expectAdmitted(url, device, version, policyKey, form) {
  const strange = await folderSync(url, account, device, version, String(Number(policyKey) - 1), form);
  expect(strange.folders === null, 'FolderSync passes under a key that was never issued');
  const { status, folders } = await folderSync(url, account, device, version, policyKey, form);
  expect(folders?.includes('Inbox'), `FolderSync under the permanent key: HTTP ${status}, folders ${folders}`);
}

let devices = 0;

/** Each run is a device that Horde never met. */
function newDevice() {
  devices += 1;
  return { id: `INTEROP${String(devices).padStart(4, '0')}`, type: 'Interop' };
}

/** What `begin` gives, begun at the first call: what none asks for is not started. */
function once(begin) {
  let begun;
  return () => {
    begun ??= begin();
    return begun;
  };
}
