/** What may happen to a device in its life with Horde: each resolves to what was seen. */
import { join } from 'node:path';
import { provision } from './command-line.mjs';
import { createDevice, standing } from './device.mjs';
import { folderSync } from './folder-sync.mjs';
import { account } from './horde-server.mjs';
import { expect } from './report.mjs';

/** The next command after the policy changed brings the new one and a new key; the old key is worth nothing. */
export async function followsThePolicy(server, device, options) {
  const { url, changePolicy } = await server();
  const living = createDevice(url, account, device, options);
  const first = await provisioned(living);
  await changePolicy(9);
  const second = await provisioned(living);
  await changePolicy(6);
  const third = await provisioned(living);
  const lengths = [first, second, third].map(({ policy }) => lengthIn(policy));
  expect(lengths.join() === '6,9,6', `lengths ${lengths}`);
  expect(new Set([first.policyKey, second.policyKey, third.policyKey]).size === 3, `keys do not change`);
  const { folders } = await folderSync(
    url,
    account,
    device,
    options.protocolVersion,
    second.policyKey,
    options.queryForm,
  );
  expect(folders === null, 'FolderSync passes under a key that was taken back');
  return 'two changes, each noticed at the next command: its length, a new key';
}

/** Wiped in mid-life, directed again when it comes back, and let in when the order is taken back. */
export async function isWiped(server, device, options) {
  const { url, administer } = await server();
  const living = createDevice(url, account, device, options);
  const before = await provisioned(living);
  const known = asHordeKnows(device, options);
  await administer('wipe', known);
  for (const times of [1, 2]) {
    const outcome = await living.folderSync();
    const told = `time ${times}: ${JSON.stringify(outcome)}, ${await standing(living)}, after ${living.story()}`;
    expect(outcome.kind === 'Wiped' && outcome.scope === 'device' && living.wiped === times, told);
    expect((await standing(living)) === 'Unprovisioned 0', told);
  }
  const noted = await administer('show', known);
  expect(noted.includes(`rwstatus=${wiped}`), `Horde notes ${noted}`);
  await administer('unwipe', known);
  const after = await provisioned(living);
  expect(after.policyKey !== before.policyKey, 'it came back to its old key');
  return 'wiped, wiped again when it came back, provisioned anew when that was taken back';
}

/**
 * Every acknowledgment but 1 is answered with Policy Status 2, as if there were no policy, and commands are refused all the
 * same. No key is taken from that, nothing loops, and the device is let in when it applied all.
 */
export async function isRefused(server, device, options) {
  const { url } = await server();
  const living = createDevice(url, account, device, options);
  for (const applies of [2, 3, 4]) {
    living.applies = applies;
    const outcome = await living.client.provision();
    const story = living.story();
    const told = `applied ${applies}: ${JSON.stringify(outcome)}, ${await standing(living)}, after ${story}`;
    expect(outcome.kind === 'Refused' && outcome.explanation.code === 'Policy 2', told);
    expect(story.split('Provision ').length === 3, told);
    expect((await living.client.policy()) === null, told);
  }
  const { status } = await folderSync(url, account, device, options.protocolVersion, '0', options.queryForm);
  expect(status === 449, `a command is answered with HTTP ${status}, though there is no policy`);
  living.applies = 1;
  await provisioned(living);
  return '2, 3 and 4 answered with Policy 2, nothing taken from it; provisioned when it applied all';
}

/**
 * The command line with `--state`: the second run goes under the key of the first, the third notices that the policy
 * changed meanwhile, the fourth is wiped and the fifth is a first contact.
 */
export async function goesOn(server, device, { protocolVersion, queryForm, record, scratch }) {
  const { url, administer, changePolicy } = await server();
  const options = ['--protocol-version', protocolVersion, '--query', queryForm, '--record', record];
  const state = join(scratch, `${device.id}.json`);
  const next = () => provision(url, account, device, [...options, '--state', state, '--accept-wipe']);
  const [first, second] = [await next(), await next()];
  expect(first.code === 0 && second.code === 0, `${first.said}${second.said}`);
  expect(commandsOf(first) === anew, first.said);
  expect(commandsOf(second) === 'FolderSync' && second.printed.policyKey === first.printed.policyKey, second.said);
  await changePolicy(9);
  const third = await next();
  expect(third.code === 0 && commandsOf(third) === anew && lengthIn(third.printed.policy) === 9, third.said);
  await changePolicy(6);
  await administer('wipe', asHordeKnows(device, { queryForm }));
  const fourth = await next();
  expect(fourth.printed.outcome.kind === 'Wiped' && fourth.printed.policyKey === '0', fourth.said);
  await administer('unwipe', asHordeKnows(device, { queryForm }));
  const fifth = await next();
  expect(fifth.code === 0 && commandsOf(fifth) === anew, fifth.said);
  return 'goes on under its key, notices another policy, is wiped, begins anew';
}

function commandsOf({ printed }) {
  return printed.steps.map(({ command }) => command).join(', ');
}

const anew = 'FolderSync, Provision, Provision, FolderSync';

async function provisioned(living) {
  const outcome = await living.folderSync();
  const story = living.story();
  const policy = await living.client.policy();
  expect(
    outcome.kind === 'Answered' && policy !== null,
    `${JSON.stringify(outcome)}, ${await standing(living)}, after ${story}`,
  );
  return { policy, policyKey: outcome.policyKey, story };
}

function lengthIn(policy) {
  if (typeof policy !== 'string') return policy.MinDevicePasswordLength;
  return Number(policy.match(/name="MinimumPasswordLength" value="(\d+)"/)?.[1]);
}

/** Of a base64 query it takes the bytes of the device id, in hexadecimal. */
function asHordeKnows({ id }, { queryForm }) {
  return { id: queryForm === 'base64' ? Buffer.from(id).toString('hex').toUpperCase() : id };
}

/** Horde_ActiveSync::RWSTATUS_WIPED. */
const wiped = 3;
