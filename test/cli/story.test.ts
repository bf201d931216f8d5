/**
 * One device's life on a served administration, told through the command line alone: first contact, policy change,
 * refresh, a wipe of the account, a wipe that fails, a cancelled one, a wipe of the device, and back in again.
 */
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { runCommandLine } from '../../src/cli/program.js';
import { FakeTerminal } from './fake-terminal.js';
import { account } from './peer.js';
import { temporaryPath } from './temporary.js';

const TOKEN = 'story-token-0123456789';
const HOUR = 60 * 60 * 1000;
const device = 'PHONE1';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 21, 8) });
});
afterEach(() => {
  vi.useRealTimers();
});

async function run(...argv: string[]) {
  const terminal = new FakeTerminal({ env: { EAS_PASSWORD: account.password, EAS_ADMIN_TOKEN: TOKEN } });
  const code = await runCommandLine([...argv, '--json'], terminal);
  return { code, said: terminal.output === '' ? null : JSON.parse(terminal.output), errors: terminal.errors };
}

async function served() {
  const terminal = new FakeTerminal({ env: { EAS_ADMIN_TOKEN: TOKEN } });
  const options = ['--port', '0', '--admin-port', '0', '--refresh-interval', '8h', '--user'];
  const code = runCommandLine(['serve', ...options, `${account.user}:${account.password}`], terminal);
  onTestFinished(async () => {
    terminal.stop();
    await code;
  });
  const [url = '', administration = ''] = await terminal.untilLines(2);
  return { url, admin: administration.replace('administration: ', '') };
}

test('from first contact to removal, as the device and its administrator see it', async () => {
  const { url, admin } = await served();
  const state = temporaryPath('state.json');
  const phone = (...options: string[]) =>
    run('provision', url, '--user', account.user, '--device-id', device, '--state', state, ...options);
  const order = (name: string, ...options: string[]) =>
    run('devices', name, account.user, device, '--admin', admin, ...options);
  const shown = async () => (await order('show')).said;
  /** What the device said of the refusals that it met on the way. */
  const refusals = (report: { steps: { statuses: Record<string, number> | number[] | string[] }[] }) =>
    report.steps.flatMap(({ statuses }) => Object.values(statuses).map(Number)).filter((status) => status > 100);

  // First contact.
  expect((await run('devices', 'list', '--admin', admin)).said).toEqual({ devices: [], unreadable: [] });
  const first = await phone();
  expect(first).toMatchObject({ code: 0, said: { state: 'Provisioned', outcome: { kind: 'Provisioned' } } });
  expect(await shown()).toMatchObject({ state: 'Provisioned', wipe: null });

  // Nothing to do.
  const again = await phone();
  expect([again.code, refusals(again.said), again.said.policyKey]).toEqual([0, [], first.said.policyKey]);

  // The policy changes: this device is asked back, and agrees to the new one.
  const before = (await shown()).policyRevision;
  const file = temporaryPath('policy.json');
  writeFileSync(file, JSON.stringify({ DevicePasswordEnabled: true, MinDevicePasswordLength: 8 }));
  expect((await run('devices', 'policy', file, '--admin', admin)).code).toBe(0);
  const changed = await phone();
  expect([changed.code, refusals(changed.said)]).toEqual([0, [144]]);
  expect(changed.said.policy).toMatchObject({ MinDevicePasswordLength: 8 });
  expect((await shown()).policyRevision).not.toBe(before);

  // Eight hours later the refresh is due.
  vi.setSystemTime(Date.now() + 8 * HOUR);
  const refreshed = await phone();
  expect([refreshed.code, refusals(refreshed.said)]).toEqual([0, [143]]);

  // A wipe of the account, which only 16.1 carries.
  expect((await order('wipe', '--scope', 'account', '--yes')).code).toBe(0);
  const account161 = await phone('--accept-wipe');
  expect(account161).toMatchObject({ code: 1, said: { outcome: { kind: 'Wiped' }, state: 'Unprovisioned' } });
  expect(await shown()).toMatchObject({ wiped: 'account', wipe: { scope: 'account', progress: 'Completed' } });
  expect(await phone()).toMatchObject({ code: 1, said: { outcome: { kind: 'Refused' } } });
  expect((await order('readmit')).code).toBe(0);
  expect(await phone()).toMatchObject({ code: 0, said: { outcome: { kind: 'Provisioned' } } });

  // A wipe of the device that it does not carry out, and the order taken back.
  await order('wipe', '--scope', 'device', '--yes');
  expect(await phone()).toMatchObject({ code: 1, said: { outcome: { kind: 'Failed' } } });
  expect(await shown()).toMatchObject({ wiped: null, wipe: { scope: 'device', progress: 'Failed' } });
  expect((await order('cancel-wipe')).code).toBe(0);
  expect(await shown()).toMatchObject({ wipe: null });
  expect(await phone()).toMatchObject({ code: 0, said: { outcome: { kind: 'Provisioned' } } });

  // Ordered again and carried out: it stays out until it is readmitted.
  await order('wipe', '--scope', 'device', '--yes');
  expect(await phone('--accept-wipe')).toMatchObject({ code: 1, said: { outcome: { kind: 'Wiped' } } });
  expect(await phone()).toMatchObject({ code: 1, said: { outcome: { kind: 'Refused' } } });
  await order('readmit');
  expect(await phone()).toMatchObject({ code: 0, said: { outcome: { kind: 'Provisioned' } } });

  // Removed, it is a stranger, and welcome.
  const history = (await shown()).history as { events: string[] }[];
  const happened = new Set(history.flatMap(({ events }) => events));
  for (const event of ['WipeFailed', 'WipeCancelled', 'WipeSucceeded', 'Readmitted', 'Provisioned']) {
    expect(happened).toContain(event);
  }
  expect((await order('remove')).code).toBe(0);
  expect((await order('show')).code).toBe(1);
  expect(await phone()).toMatchObject({ code: 0, said: { outcome: { kind: 'Provisioned' } } });
});
