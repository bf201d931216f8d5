/** Who may synchronise at all, why a refusal is one, and what holds while the policy source fails. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { provisionRequest } from '../../src/codec/index.js';
import { type AccessRefusal, serverReasons } from '../../src/server/reasons.js';
import { credentials, deviceOf, folderSyncBody, initialMessage, keyIn, unwrap } from '../support/device.js';
import { serverUnderTest } from '../support/server.js';
import { anyRecord, circumstances, gate, keys } from './support/records.js';

const who = { user: credentials.user, deviceId: 'DEVICE0001' };
const refusals: readonly AccessRefusal[] = [
  'UserDisabledForSync',
  'UserOnNewMailboxCannotSync',
  'UserOnLegacyMailboxCannotSync',
  'DeviceIsBlockedForThisUser',
  'AccessDenied',
  'AccountDisabled',
];

describe('access (MS-ASCMD 2.2.2)', () => {
  test.each(refusals)('%s: its status from 14.0 on, 403 before, for every command', async (refusal) => {
    const { server, exchanges } = serverUnderTest({ accessFor: () => refusal });
    const device = deviceOf(server);
    const { status } = serverReasons[refusal];
    expect(await device.folderSync()).toEqual({ http: 200, status: String(status) });
    expect(await device.folderSync({ version: '12.1' })).toEqual({ http: 403, status: null });
    expect((await device.send('Ping', new Uint8Array(), { version: '12.1' })).status).toBe(403);
    expect(await device.initial()).toMatchObject({ status });
    expect(await device.initial({ version: '12.1' })).toBe(403);
    expect(new Set(exchanges.map(({ reason }) => reason))).toEqual(new Set([refusal]));
  });

  test('taken away between offer and acknowledgment: no key', async () => {
    let refusal: AccessRefusal | null = null;
    const { server } = serverUnderTest({ accessFor: () => refusal });
    const device = deviceOf(server);
    const temporary = keyIn(await device.initial());
    refusal = 'AccountDisabled';
    expect(await device.acknowledge(temporary)).toEqual({ status: 131 });
  });

  test('a wipe comes before it (I5)', async () => {
    const { server } = serverUnderTest({ accessFor: () => 'UserDisabledForSync' });
    const device = deviceOf(server);
    await server.devices.wipe(who, 'device');
    expect(await device.folderSync()).toEqual({ http: 200, status: '140' });
    expect(await device.provision({})).toEqual({ status: 1, remoteWipe: true });
    expect(await device.provision({ remoteWipe: { status: 1 } })).toEqual({ status: 1 });
  });

  test('a source that fails: 503, and nothing is said of the device', async () => {
    const accessFor = () => Promise.reject(new Error('down'));
    const { server, exchanges } = serverUnderTest({ accessFor });
    expect(await deviceOf(server).folderSync()).toEqual({ http: 503, status: null });
    expect(exchanges.at(-1)).toMatchObject({ reason: 'AccessSourceFailed', state: null });
  });
});

describe('a refusal that explains itself', () => {
  test('names its reason in a header where that is configured; an answer that is none has no such header', async () => {
    const { server } = serverUnderTest({ explainRefusals: true });
    const device = deviceOf(server);
    const header = 'X-EAS-Provisioning-Reason';
    const sent = (sending = {}) => device.send('FolderSync', folderSyncBody, sending);
    expect((await sent()).headers[header]).toBe('DeviceNotProvisioned');
    expect((await sent({ version: '12.1', key: null })).headers[header]).toBe('LegacyDeviceOnStrictPolicy');
    expect((await sent({ password: 'wrong' })).headers[header]).toBe('BadCredentials');
    expect((await sent({ key: await device.settle() })).headers).not.toHaveProperty(header);
    expect(server.refuse({ method: 'POST' }, 'BodyTooLarge').headers[header]).toBe('BodyTooLarge');
    const silent = await deviceOf(serverUnderTest().server).send('FolderSync', folderSyncBody);
    expect(silent.headers).not.toHaveProperty(header);
  });
});

test('whatever a device holds, a failing policy source admits nothing that would not pass otherwise (I15)', () => {
  fc.assert(
    fc.property(
      anyRecord(),
      fc.constantFrom(null, '0', ...keys),
      fc.constantFrom('refuse', 'keep'),
      fc.constantFrom('Corrupt', 'Unavailable'),
      (record, presented, whilePolicyFails, kind) => {
        const agreed = record.state.context.revision;
        const usual = gate(record, 'Sync', presented, circumstances(agreed, 0));
        const failing = { ...circumstances(agreed, 0, { whilePolicyFails }), policy: { kind } };
        const { reason, record: after } = gate(record, 'Sync', presented, failing);
        if (reason === null) expect([usual.reason, whilePolicyFails]).toEqual([null, 'keep']);
        else expect(after.state.context.policyKey).toBe(usual.record.state.context.policyKey);
      },
    ),
  );
});

describe('while the policy source fails (I15)', () => {
  const failing = (whilePolicyFails: 'refuse' | 'keep', policy: 'throws' | 'corrupt' = 'throws') => {
    let isDown = false;
    const under = serverUnderTest({
      whilePolicyFails,
      policyFor: () => {
        if (!isDown) return under.policy;
        if (policy === 'corrupt') return { MinDevicePasswordLength: 'four' } as object;
        throw new Error('down');
      },
    });
    const turn = (down: boolean) => () => {
      isDown = down;
    };
    return Object.assign(under, { fails: turn(true), recovers: turn(false) });
  };

  test.each(['throws', 'corrupt'] as const)('it %s: refuse, and no command passes', async (kind) => {
    const under = failing('refuse', kind);
    const device = deviceOf(under.server);
    const key = await device.settle();
    under.fails();
    expect(await device.folderSync({ key })).toEqual({ http: 503, status: null });
    under.recovers();
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
  });

  test.each(['throws', 'corrupt'] as const)('it %s: keep, and what was agreed holds, no more', async (kind) => {
    const under = failing('keep', kind);
    const device = deviceOf(under.server);
    const key = await device.settle();
    under.fails();
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
    expect(await device.folderSync({ key: '0' })).toEqual({ http: 503, status: null });
    expect(await device.folderSync({ key: null, deviceId: 'STRANGER' })).toEqual({ http: 503, status: null });
  });

  test('keep, and a device that agreed there is no policy goes on without one', async () => {
    const under = failing('keep');
    under.policy = null;
    const device = deviceOf(under.server);
    await device.initial();
    under.fails();
    expect(await device.folderSync()).toEqual({ http: 200, status: '1' });
    expect(await device.folderSync({ deviceId: 'STRANGER' })).toEqual({ http: 503, status: null });
  });

  test('Provision is 503 and changes nothing: neither key nor offer is lost', async () => {
    const under = failing('keep');
    const device = deviceOf(under.server);
    const key = await device.settle();
    under.fails();
    const initial = await device.send('Provision', unwrap(provisionRequest.encode(initialMessage())));
    expect([initial.status, initial.headers['Retry-After']]).toEqual([503, '30']);
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
    under.recovers();
    const temporary = keyIn(await device.initial());
    under.fails();
    expect(await device.acknowledge(temporary)).toBe(503);
    under.recovers();
    expect(await device.folderSync({ key: keyIn(await device.acknowledge(temporary)) })).toMatchObject({ status: '1' });
  });

  test('a wipe is announced, directed and recorded all the same (I5)', async () => {
    const under = failing('refuse');
    const device = deviceOf(under.server);
    under.fails();
    await under.server.devices.wipe(who, 'device');
    expect(await device.folderSync()).toEqual({ http: 200, status: '140' });
    expect(await device.provision({})).toEqual({ status: 1, remoteWipe: true });
    expect(await device.provision({ remoteWipe: { status: 1 } })).toEqual({ status: 1 });
  });
});
