import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { provisionRequest, provisionResponse, wbxml } from '../../src/codec/index.js';
import { commandNames, isCommandOf } from '../../src/protocol/command.js';
import { type ProtocolVersion, versions } from '../../src/protocol/version.js';
import type { ServerOptions, ServerReason } from '../../src/server/index.js';
import { deviceOf, folderSyncBody, initialMessage, keyIn, statusOf, unwrap } from '../support/device.js';
import { policyA, policyB, serverUnderTest } from '../support/server.js';

const nothing = new Uint8Array();

describe.each(versions)('the eight steps at %s', (version) => {
  test('a refusal, a policy under a temporary key, a permanent key, and the command again [R483 R509 R486 R485 R441 R466 R495 R661 R662]', async () => {
    const { server, exchanges } = serverUnderTest();
    const device = deviceOf(server, { version });
    const refusal = version < '14' || version === '2.5' ? { http: 449, status: null } : { http: 200, status: '142' };
    expect(await device.folderSync()).toEqual(refusal);
    const offer = await device.initial();
    expect(offer).toMatchObject({ status: 1, policies: [{ status: 1, policyKey: '100', data: expect.anything() }] });
    expect(await device.acknowledge('100')).toEqual({
      status: 1,
      policies: [
        {
          policyType: version === '2.5' ? 'MS-WAP-Provisioning-XML' : 'MS-EAS-Provisioning-WBXML',
          status: 1,
          policyKey: '101',
        },
      ],
    });
    expect(await device.folderSync({ key: '101' })).toEqual({ http: 200, status: '1' });
    expect(exchanges.map(({ reason, events, state }) => [reason, ...events, state?.name])).toEqual([
      ['DeviceNotProvisioned', 'Unprovisioned'],
      [null, 'PolicyOffered', 'Acknowledging'],
      [null, 'Provisioned', 'Provisioned'],
      [null, 'Provisioned'],
    ]);
  });
});

test('the policy is sent as the version can carry it', async () => {
  const { server } = serverUnderTest({ policyFor: () => ({ ...policyA, AllowCamera: false }) });
  const dataAt = async (version: ProtocolVersion) => {
    const message = await deviceOf(server, { version, deviceId: `D${version.replace('.', '')}` }).initial();
    return typeof message === 'number' ? message : message.policies?.[0]?.data;
  };
  expect(await dataAt('16.1')).toEqual({ ...policyA, AllowCamera: false });
  expect(await dataAt('12.0')).toEqual(policyA);
  expect(await dataAt('2.5')).toContain('<parm name="MinimumPasswordLength" value="4"/>');
});

test('without credentials nothing can be told of a device: all answers are one, and nothing is stored (I10)', async () => {
  const { server, store } = serverUnderTest();
  await deviceOf(server).settle();
  await deviceOf(server, { deviceId: 'OFFERED' }).initial();
  await server.devices.wipe({ user: 'user@example.test', deviceId: 'WIPED' }, 'device');
  const anyDevice = fc.constantFrom('DEVICE0001', 'OFFERED', 'WIPED', 'STRANGER');
  const anyKey = fc.constantFrom(null, '0', '100', '101', '7', 'garbage');
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...commandNames),
      anyDevice,
      anyKey,
      fc.constantFrom(...versions),
      fc.uint8Array({ maxLength: 40 }),
      async (command, deviceId, key, version, body) => {
        fc.pre(isCommandOf(version, command));
        const before = store.size;
        const answer = await deviceOf(server).send(command, body, { deviceId, key, version, password: 'wrong' });
        const { 'WWW-Authenticate': _, ...others } = answer.headers;
        expect([answer.status, others, answer.body.length, store.size]).toEqual([401, {}, 0, before]);
      },
    ),
  );
});

describe('authentication comes first (I10)', () => {
  test.each(['FolderSync', 'Provision', 'Ping'] as const)(
    'a wrong password is 401 for %s, whatever the device is',
    async (command) => {
      const { server, store, exchanges } = serverUnderTest();
      const device = deviceOf(server);
      await device.settle();
      const known = await device.send(command, nothing, { password: 'wrong' });
      const stranger = await device.send(command, nothing, { password: 'wrong', deviceId: 'STRANGER' });
      expect(known).toEqual(stranger);
      expect(known.status).toBe(401);
      expect(known.headers['WWW-Authenticate']).toMatch(/^Basic /);
      expect(store.size).toBe(1);
      expect(exchanges.at(-1)).toMatchObject({ reason: 'BadCredentials', user: null, state: null });
    },
  );

  test('OPTIONS wants credentials too, and lists what is served', async () => {
    const { server } = serverUnderTest({ versions: ['14.1', '12.1'] });
    const options = { method: 'OPTIONS', url: '/Microsoft-Server-ActiveSync', body: nothing };
    expect((await server.handle({ ...options, headers: {} })).status).toBe(401);
    const headers = { authorization: `Basic ${btoa('user@example.test:secret')}` };
    const answer = await server.handle({ ...options, headers });
    expect(answer).toEqual({
      status: 200,
      headers: {
        'MS-Server-ActiveSync': '14.3',
        Allow: 'OPTIONS,POST',
        Public: 'OPTIONS,POST',
        'MS-ASProtocolVersions': '12.1,14.1',
        'MS-ASProtocolCommands': expect.stringMatching(/\bProvision\b/),
      },
      body: nothing,
    });
  });

  test('only another path is told without them: it is not ours to guard', async () => {
    const asked: unknown[] = [];
    const authenticate = (presented: unknown) => {
      asked.push(presented);
      return null;
    };
    const { server, exchanges } = serverUnderTest({ authenticate });
    const elsewhere = { method: 'POST', url: '/owa', headers: {}, body: nothing };
    expect(await server.handle(elsewhere)).toEqual({ status: 404, headers: {}, body: nothing });
    expect(asked).toEqual([]);
    const unreadable = { ...elsewhere, url: '/Microsoft-Server-ActiveSync?%%%' };
    expect((await server.handle(unreadable)).status).toBe(401);
    expect(asked).toEqual([{ authorization: null, basic: null }]);
    expect(exchanges.map(({ reason }) => reason)).toEqual(['WrongPath', 'BadCredentials']);
  });

  test('who it is, is what authenticate says and not what the query says', async () => {
    const { server, store } = serverUnderTest({ authenticate: () => 'alice' });
    await deviceOf(server).settle();
    expect(await server.devices.read({ user: 'alice', deviceId: 'device0001' })).toMatchObject({
      state: { name: 'Provisioned' },
    });
    expect(await server.devices.read({ user: 'user@example.test', deviceId: 'DEVICE0001' })).toBeNull();
    expect(store.size).toBe(1);
  });
});

describe('the right number in the right place (I9)', () => {
  const cases = [
    ['no key [R458 R685]', { key: null }, '141', 449],
    ['key 0', { key: '0' }, '142', 449],
    ['an empty key', { key: null, headers: { 'X-MS-PolicyKey': '' } }, '142', 449],
    ['a stale key [R487 R537]', { key: '7' }, '144', 449],
    ['a garbage key', { key: null, headers: { 'X-MS-PolicyKey': 'ffff' } }, '144', 449],
    ['the temporary key', { key: '100' }, '144', 449],
  ] as const;
  test.each(cases)('%s: a status from 14.0 on, 449 up to 12.1 [R1034]', async (_case, sending, status, http) => {
    const { server } = serverUnderTest();
    const device = deviceOf(server);
    await device.initial();
    expect(await device.folderSync({ ...sending, version: '14.0' })).toEqual({ http: 200, status });
    expect(await device.folderSync({ ...sending, version: '16.1' })).toEqual({ http: 200, status });
    expect(await device.folderSync({ ...sending, version: '12.1' })).toEqual({ http, status: null });
    expect(await device.folderSync({ ...sending, version: '2.5' })).toEqual({ http, status: null });
  });

  test('a wipe is 140; up to 12.1 it is 449 with a key and 403 without', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server);
    const key = await device.settle();
    await server.devices.wipe({ user: 'user@example.test', deviceId: 'DEVICE0001' }, 'device');
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '140' });
    expect(await device.folderSync({ key, version: '12.1' })).toEqual({ http: 449, status: null });
    expect(await device.folderSync({ key: null, version: '12.1' })).toEqual({ http: 403, status: null });
  });

  test('each command is refused in its own body', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server);
    for (const [command, root] of [
      ['Sync', 'AirSync:Sync'],
      ['Settings', 'Settings:Settings'],
      ['SendMail', 'ComposeMail:SendMail'],
      ['ItemOperations', 'ItemOperations:ItemOperations'],
      ['Search', 'Search:Search'],
    ] as const) {
      const { body } = await device.send(command, nothing);
      const [page] = root.split(':');
      expect(wbxml.decode(body)).toEqual({
        ok: true,
        value: { name: root, content: [{ name: `${page}:Status`, content: '142' }] },
      });
    }
  });
});

test('every command is gated but Ping and Provision (I12)', async () => {
  const { server } = serverUnderTest();
  const device = deviceOf(server);
  expect((await device.send('Ping', nothing)).status).toBe(200);
  expect(statusOf(await device.send('MoveItems', nothing))).toBe('142');
  expect(statusOf(await device.send('ResolveRecipients', nothing))).toBe('142');
});

describe('acknowledgments (I1, I3)', () => {
  test.each([
    [2, 139, 'DeviceNotFullyProvisionable'],
    [3, 139, 'DeviceNotFullyProvisionable'],
    [4, 145, 'ExternallyManagedDevicesNotAllowed'],
  ] as const)(
    'status %i is refused with %i and without a key [R455 R684 R1046 R461 R687 R659 R660 R697]',
    async (status, provisionStatus, reason) => {
      const { server, exchanges } = serverUnderTest();
      const device = deviceOf(server);
      const answer = await device.acknowledge(keyIn(await device.initial()), status);
      expect(answer).toEqual({ status: provisionStatus });
      expect(exchanges.at(-1)).toMatchObject({ reason, state: { name: 'NeedsReprovision' } });
    },
  );

  test.each([
    [2, { partial: 'accept' }],
    [3, { notApplied: 'accept' }],
    [4, { externallyManaged: 'accept' }],
  ] as const)('status %i earns a key where it is configured so', async (status, acknowledgments) => {
    const { server } = serverUnderTest({ acknowledgments });
    const device = deviceOf(server);
    expect(keyIn(await device.acknowledge(keyIn(await device.initial()), status))).toBe('101');
  });

  test('a wrong key, a key without a download, another device’s key: Policy Status 5, and no key [R657 R658 R695 R507 R761]', async () => {
    const { server, exchanges } = serverUnderTest();
    const [one, other] = [deviceOf(server), deviceOf(server, { deviceId: 'OTHER' })];
    const wrong = { status: 1, policies: [{ policyType: 'MS-EAS-Provisioning-WBXML', status: 5 }] };
    expect(await one.acknowledge('100')).toEqual(wrong);
    const offered = keyIn(await one.initial());
    expect(await other.acknowledge(offered)).toEqual(wrong);
    expect(await one.acknowledge('1234567890')).toEqual(wrong);
    expect(exchanges.at(-1)).toMatchObject({ reason: 'WrongPolicyKey', state: { name: 'Acknowledging' } });
    expect(keyIn(await one.acknowledge(offered))).toBe('101');
  });

  test('repeated because the answer was lost: the same permanent key, until a command has passed', async () => {
    const { server, exchanges } = serverUnderTest();
    const device = deviceOf(server);
    const offered = keyIn(await device.initial());
    const key = keyIn(await device.acknowledge(offered));
    expect(keyIn(await device.acknowledge(offered))).toBe(key);
    expect(exchanges.at(-1)?.events).toEqual(['KeyRepeated']);
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
    expect(await device.acknowledge(offered)).toMatchObject({ policies: [{ status: 5 }] });
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
  });

  test('the newest temporary key wins [R475 R650]', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server);
    const [first, second] = [keyIn(await device.initial()), keyIn(await device.initial())];
    expect(await device.acknowledge(first)).toMatchObject({ policies: [{ status: 5 }] });
    expect(keyIn(await device.acknowledge(second))).toBe('102');
  });

  test('the header’s key does not matter, the body’s does', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server);
    for (const key of ['0', null, '999']) {
      expect(keyIn(await device.acknowledge(keyIn(await device.initial()), 1, { key }))).toMatch(/^\d+$/);
    }
  });

  test('an offer expires', async () => {
    const under = serverUnderTest({ offerLifetime: 1000 });
    const device = deviceOf(under.server);
    const offered = keyIn(await device.initial());
    under.now += 1000;
    expect(await device.acknowledge(offered)).toMatchObject({ policies: [{ status: 5 }] });
    expect(under.exchanges.at(-1)?.events).toEqual(['OfferExpired']);
  });
});

describe('change', () => {
  test('a changed policy ends the agreement at the next request, at whatever version (I4) [R693 R537]', async () => {
    const under = serverUnderTest();
    const device = deviceOf(under.server);
    const key = await device.settle();
    under.policy = policyB;
    expect(await device.folderSync({ key, version: '12.1' })).toEqual({ http: 449, status: null });
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '144' });
    expect(under.exchanges.flatMap(({ events }) => events)).toContain('PolicyChanged');
    expect(await device.folderSync({ key: await device.settle() })).toEqual({ http: 200, status: '1' });
  });

  test('an equal policy in another object is no change', async () => {
    const under = serverUnderTest();
    const device = deviceOf(under.server);
    const key = await device.settle();
    under.policy = { MaxAttachmentSize: null, MinDevicePasswordLength: 4, DevicePasswordEnabled: true };
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
  });

  test('a policy changed between offer and acknowledgment: the acknowledgment of the old one earns nothing (I1) [R475 R507 R650]', async () => {
    const under = serverUnderTest();
    const device = deviceOf(under.server);
    const offered = keyIn(await device.initial());
    under.policy = policyB;
    expect(await device.acknowledge(offered)).toMatchObject({ policies: [{ status: 5 }] });
  });

  test('a refresh falls due: 143, then a new agreement', async () => {
    const under = serverUnderTest({ refreshInterval: 5000 });
    const device = deviceOf(under.server);
    const key = await device.settle();
    under.now += 4999;
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
    under.now += 1;
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '143' });
    expect(await device.folderSync({ key: await device.settle() })).toEqual({ http: 200, status: '1' });
  });

  test('no policy: nothing is demanded, and Provision says so (I8) [R468 R499 R483 R509]', async () => {
    const under = serverUnderTest({ policyFor: () => null });
    const device = deviceOf(under.server);
    for (const key of [null, '0', '7']) expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
    expect(await device.initial()).toEqual({
      deviceInformationStatus: 1,
      status: 1,
      policies: [{ policyType: 'MS-EAS-Provisioning-WBXML', status: 2 }],
    });
    expect(await device.folderSync({ key: '0' })).toEqual({ http: 200, status: '1' });
  });

  test('a policy set later is asked for; one taken away is not', async () => {
    const under = serverUnderTest();
    const device = deviceOf(under.server);
    under.policy = null;
    await device.initial();
    under.policy = policyA;
    expect(await device.folderSync()).toEqual({ http: 200, status: '142' });
    const key = await device.settle();
    under.policy = null;
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
  });

  test('a lenient server lets a device pass that sends no key, and no other', async () => {
    const { server } = serverUnderTest({ allowNonProvisionable: true });
    const device = deviceOf(server);
    expect(await device.folderSync({ key: null })).toEqual({ http: 200, status: '1' });
    expect(await device.folderSync({ key: '0' })).toEqual({ http: 200, status: '142' });
  });
});

describe('wipe (I5)', () => {
  const who = { user: 'user@example.test', deviceId: 'DEVICE0001' };

  test('ordered, announced, directed, failed, directed again, done; then the device stays out until readmitted [R653 R664 R665 R666 R701]', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server);
    const key = await device.settle();
    await server.devices.wipe(who, 'device');
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '140' });
    expect(await device.provision({})).toEqual({ status: 1, remoteWipe: true });
    expect(await device.provision({ remoteWipe: { status: 2 } })).toEqual({ status: 2, remoteWipe: true });
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '140' });
    expect(await device.initial()).toEqual({ deviceInformationStatus: 1, status: 1, remoteWipe: true });
    expect(await device.provision({ remoteWipe: { status: 1 } })).toEqual({ status: 1 });
    expect(await device.folderSync()).toEqual({ http: 200, status: '129' });
    expect(await device.initial()).toEqual({ deviceInformationStatus: 1, status: 129 });
    expect(await device.folderSync({ version: '12.1' })).toEqual({ http: 403, status: null });
    expect(await device.initial({ version: '12.1' })).toBe(403);
    await server.devices.readmit(who);
    expect(await device.folderSync({ key: await device.settle() })).toEqual({ http: 200, status: '1' });
  });

  test('an acknowledged policy does not cancel it', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server);
    const offered = keyIn(await device.initial());
    await server.devices.wipe(who, 'device');
    expect(await device.acknowledge(offered)).toMatchObject({ policies: [{ status: 5 }] });
    expect(await device.initial()).toMatchObject({ remoteWipe: true });
  });

  test('an account-only wipe is never sent below 16.1, and never as a wipe of the device', async () => {
    const { server, exchanges } = serverUnderTest();
    const device = deviceOf(server);
    await server.devices.wipe(who, 'account');
    expect(await device.folderSync({ version: '16.0' })).toEqual({ http: 200, status: '129' });
    expect(exchanges.at(-1)).toMatchObject({ reason: 'WipeUndeliverable', events: [] });
    expect(await device.provision({}, { version: '16.0' })).toEqual({ status: 129 });
    expect((await server.devices.read(who))?.wipe?.progress).toBe('Undeliverable');
    expect(await device.provision({}, { version: '16.1' })).toEqual({ status: 1, accountOnlyRemoteWipe: true });
    expect(await device.provision({ remoteWipe: { status: 1 } }, { version: '16.1' })).toEqual({ status: 1 });
    expect(await device.folderSync({ version: '16.1' })).toEqual({ http: 200, status: '140' });
    expect(await device.provision({ accountOnlyRemoteWipe: { status: 1 } }, { version: '16.1' })).toEqual({
      status: 1,
    });
    expect(await server.devices.read(who)).toMatchObject({ wiped: 'account', state: { name: 'Unprovisioned' } });
  });

  test('an answer to a wipe that nobody ordered touches nothing', async () => {
    const { server, exchanges } = serverUnderTest();
    const device = deviceOf(server);
    const key = await device.settle();
    expect(await device.provision({ remoteWipe: { status: 1 } })).toEqual({ status: 1 });
    expect(exchanges.at(-1)?.reason).toBe('ProtocolError');
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
  });

  test('asked for a directive where there is none: Status 1 and nothing else [R493 R654 R758]', async () => {
    const { server } = serverUnderTest();
    expect(await deviceOf(server).provision({})).toEqual({ status: 1 });
  });

  test('an administrator’s demand is answered with its own status', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server);
    const key = await device.settle();
    await server.devices.require(who, 'PolicyRefresh');
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '143' });
  });
});

describe('odd input is answered as specified, and leaves the agreement as it is', () => {
  const type = 'MS-EAS-Provisioning-WBXML';
  const raw = (name: string, content: Parameters<typeof wbxml.encode>[0]['content']) =>
    unwrap(wbxml.encode({ name, content }));
  const provision = (message: Parameters<typeof provisionRequest.encode>[0]) =>
    unwrap(provisionRequest.encode(message));
  const cases: readonly (readonly [string, Uint8Array, ProtocolVersion, object | number, string])[] = [
    [
      'Policy outside Policies',
      raw('Provision:Provision', [
        { name: 'Provision:Policy', content: [{ name: 'Provision:PolicyType', content: type }] },
      ]),
      '14.0',
      { status: 2 },
      'ProtocolError',
    ],
    ['no PolicyType [R450 R497]', provision({ policies: [{}] }), '14.0', { status: 2 }, 'ProtocolError'],
    ['no Policy', provision({ policies: [] }), '14.0', { status: 2 }, 'ProtocolError'],
    [
      'an unknown PolicyType [R318 R471 R502]',
      provision({ policies: [{ policyType: `Invalid${type}` }] }),
      '14.0',
      { status: 1, policies: [{ policyType: type, status: 3 }] },
      'UnknownPolicyType',
    ],
    [
      'a PolicyType of another version',
      provision({ policies: [{ policyType: 'MS-WAP-Provisioning-XML' }] }),
      '14.0',
      { status: 1, policies: [{ policyType: type, status: 3 }] },
      'UnknownPolicyType',
    ],
    [
      'no DeviceInformation at 14.1',
      provision({ policies: [{ policyType: type }] }),
      '14.1',
      { status: 165 },
      'DeviceInformationRequired',
    ],
    [
      'an acknowledgment without Status',
      provision({ policies: [{ policyType: type, policyKey: '100' }] }),
      '14.0',
      { status: 2 },
      'ProtocolError',
    ],
    [
      'an acknowledgment without PolicyKey',
      provision({ policies: [{ policyType: type, status: 1 }] }),
      '14.0',
      { status: 2 },
      'ProtocolError',
    ],
    [
      'an acknowledgment status of 9',
      provision({ policies: [{ policyType: type, policyKey: '100', status: 9 }] }),
      '14.0',
      { status: 2 },
      'ProtocolError',
    ],
    ['a wipe status of 3', provision({ remoteWipe: { status: 3 } }), '14.0', { status: 2 }, 'ProtocolError'],
    [
      'an account-only answer at 16.0',
      provision({ accountOnlyRemoteWipe: { status: 1 } }),
      '16.0',
      { status: 2 },
      'ProtocolError',
    ],
    ['another command’s document', folderSyncBody, '14.0', { status: 2 }, 'ProtocolError'],
    ['no body', nothing, '14.0', { status: 2 }, 'ProtocolError'],
    ['no WBXML', new TextEncoder().encode('<Provision/>'), '14.0', { status: 102 }, 'InvalidWBXML'],
    ['no WBXML at 12.1', new TextEncoder().encode('<Provision/>'), '12.1', 400, 'InvalidWBXML'],
    ['a truncated body', provision(initialMessage()).slice(0, -3), '14.1', { status: 102 }, 'InvalidWBXML'],
  ];
  test.each(cases)('Provision with %s', async (_case, body, version, expected, reason) => {
    const { server, exchanges } = serverUnderTest();
    const device = deviceOf(server, { version });
    const key = await device.settle();
    const response = await device.send('Provision', body);
    const answer = response.status === 200 ? unwrap(provisionResponse.decode(response.body)) : response.status;
    expect(answer).toEqual(expected);
    expect(exchanges.at(-1)?.reason).toBe(reason);
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
  });

  test('DeviceInformation where it does not belong is ignored, where it may be missing it is not asked for', async () => {
    const { server } = serverUnderTest({ requireDeviceInformation: false });
    const device = deviceOf(server, { version: '14.0' });
    const described = { deviceInformation: { Model: 'M' }, policies: [{ policyType: type }] };
    expect(await device.provision(described)).toMatchObject({ status: 1, policies: [{ status: 1 }] });
    expect(await device.provision({ policies: [{ policyType: type }] }, { version: '16.1' })).toMatchObject({
      status: 1,
    });
  });

  test('DeviceInformation is recorded [R488]', async () => {
    const { server } = serverUnderTest();
    await deviceOf(server).settle();
    expect(await server.devices.read({ user: 'user@example.test', deviceId: 'DEVICE0001' })).toMatchObject({
      information: { Model: 'TestModel' },
    });
  });

  const http: readonly (readonly [
    string,
    { method?: string; url?: string; headers?: Record<string, string> },
    number,
    string,
  ])[] = [
    ['another path', { url: '/owa' }, 404, 'WrongPath'],
    ['another method', { method: 'GET' }, 501, 'UnknownMethod'],
    ['no query', { url: '/Microsoft-Server-ActiveSync' }, 400, 'BadQuery'],
    ['an unreadable query', { url: '/Microsoft-Server-ActiveSync?%%%' }, 400, 'BadQuery'],
    ['no version', { headers: {} }, 400, 'MissingVersion'],
    ['version 19.1', { headers: { 'MS-ASProtocolVersion': '19.1' } }, 400, 'UnknownVersion'],
    [
      'an unknown command',
      { url: '/Microsoft-Server-ActiveSync?Cmd=Explode&User=u&DeviceId=D&DeviceType=SP' },
      501,
      'UnknownCommand',
    ],
  ];
  test.each(http)('a request with %s', async (_case, changed, status, reason) => {
    const { server, exchanges, store } = serverUnderTest();
    const request = {
      method: 'POST',
      url: '/Microsoft-Server-ActiveSync?Cmd=FolderSync&User=u&DeviceId=D&DeviceType=SP',
      body: nothing,
      ...changed,
      headers: {
        authorization: `Basic ${btoa('user@example.test:secret')}`,
        ...(changed.headers ?? { 'MS-ASProtocolVersion': '14.1' }),
      },
    };
    expect((await server.handle(request)).status).toBe(status);
    expect(exchanges.at(-1)?.reason).toBe(reason);
    expect(store.size).toBe(0);
  });

  test.each([
    ['a device id of 35 characters', { deviceId: 'D'.repeat(35) }, '108'],
    ['a device id with a comma', { deviceId: 'a,b' }, '108'],
    ['a device type of 35 characters', { deviceType: 'T'.repeat(35) }, '109'],
  ] as const)('%s', async (_case, sending, status) => {
    const { server } = serverUnderTest();
    expect(await deviceOf(server).folderSync(sending)).toEqual({ http: 200, status });
    expect(await deviceOf(server).folderSync({ ...sending, version: '12.1' })).toEqual({ http: 400, status: null });
  });

  test('a body that is not announced as WBXML, or is none, once the command has passed the gate', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server);
    const key = await device.settle();
    const text = { key, headers: { 'Content-Type': 'text/xml' } };
    expect(statusOf(await device.send('FolderSync', folderSyncBody, text))).toBe('101');
    expect(statusOf(await device.send('FolderSync', Uint8Array.of(3, 1, 0x6a, 0, 0x56), { key }))).toBe('102');
    expect((await device.send('FolderSync', Uint8Array.of(3), { key, version: '12.1' })).status).toBe(400);
  });

  test('a body beyond the cap, a version that is not served', async () => {
    const { server, exchanges } = serverUnderTest({ maxBody: 16, versions: ['14.1'] });
    const device = deviceOf(server);
    expect((await device.send('FolderSync', new Uint8Array(17))).status).toBe(413);
    expect((await device.send('FolderSync', folderSyncBody, { version: '12.1' })).status).toBe(400);
    expect(exchanges.map(({ reason }) => reason)).toEqual(['BodyTooLarge', 'VersionNotSupported']);
  });

  test('a body as long as the cap is taken in', async () => {
    const { length } = folderSyncBody;
    const { server } = serverUnderTest({ maxBody: length, policyFor: () => null });
    expect(await deviceOf(server).folderSync()).toEqual({ http: 200, status: '1' });
    const { server: narrow } = serverUnderTest({ maxBody: length - 1, policyFor: () => null });
    expect(await deviceOf(narrow).folderSync()).toEqual({ http: 413, status: null });
  });

  test.each([
    ['BodyTooLarge', 413],
    ['BodyTooSlow', 408],
  ] as const)('%s, as a mount tells it, is observed with its time like any other', (reason, httpStatus) => {
    const { server, exchanges, now } = serverUnderTest();
    expect(server.refuse({ method: 'POST' }, reason)).toEqual({ status: httpStatus, headers: {}, body: nothing });
    expect(exchanges).toEqual([expect.objectContaining({ at: now, method: 'POST', user: null, reason, httpStatus })]);
  });
});

describe('a failing host weakens nothing (I15)', () => {
  const fail = (): Promise<never> => Promise.reject(new Error('down'));
  const failures: readonly (readonly [string, Partial<ServerOptions>, ServerReason])[] = [
    ['the policy source', { policyFor: fail }, 'PolicySourceFailed'],
    ['the store, reading', { store: { get: fail, put: () => true } }, 'StoreFailed'],
    ['the store, writing', { store: { get: () => null, put: fail } }, 'StoreFailed'],
    [
      'the store, full of junk',
      { store: { get: () => ({ version: 1, data: '{"machine":1}' }), put: () => true } },
      'StoreFailed',
    ],
    ['the race for the record', { store: { get: () => null, put: () => false } }, 'LostRace'],
    ['the credentials', { authenticate: fail }, 'CredentialsSourceFailed'],
  ];
  test.each(failures)('%s: 503 with Retry-After', async (_case, options, reason) => {
    const { server, exchanges } = serverUnderTest(options);
    const response = await deviceOf(server).send('Provision', unwrap(provisionRequest.encode(initialMessage())));
    expect([response.status, response.headers['Retry-After']]).toEqual([503, '30']);
    expect(exchanges.at(-1)?.reason).toBe(reason);
  });

  test('a command, a key generator or a policy that is none: 500, Provision Status 3, Policy Status 4', async () => {
    const { server } = serverUnderTest({ commands: fail });
    const device = deviceOf(server);
    expect((await device.send('FolderSync', folderSyncBody, { key: await device.settle() })).status).toBe(500);
    const zero = deviceOf(serverUnderTest({ mintKey: () => '0' }).server);
    expect(await zero.initial()).toEqual({ status: 3 });
    const same = deviceOf(serverUnderTest({ mintKey: () => '7' }).server);
    expect(await same.acknowledge(keyIn(await same.initial()))).toEqual({ status: 3 });
    const broken = deviceOf(
      serverUnderTest({ policyFor: () => ({ MinDevicePasswordLength: 'four' }) as object }).server,
    );
    expect(await broken.initial()).toMatchObject({ status: 1, policies: [{ status: 4 }] });
  });

  test('a status that is none, a clock that stands: 500', async () => {
    const { server } = serverUnderTest({ policyFor: () => null, commands: () => ({ status: 99 }) });
    expect((await deviceOf(server).send('Sync', nothing)).status).toBe(500);
    const clock = () => {
      throw new Error('no time');
    };
    const timeless = serverUnderTest({ clock });
    expect((await deviceOf(timeless.server).send('Sync', nothing)).status).toBe(500);
    expect(timeless.server.refuse({ method: 'POST' }, 'BodyTooLarge').status).toBe(413);
  });

  test('an observer that throws is not heard', async () => {
    const { server } = serverUnderTest({
      observe: () => {
        throw new Error('no');
      },
    });
    expect(await deviceOf(server).folderSync()).toEqual({ http: 200, status: '142' });
  });
});

describe('what is stored', () => {
  test('an admitted command under a settled agreement costs one read and no write', async () => {
    const { server, store } = serverUnderTest();
    const device = deviceOf(server);
    const key = await device.settle();
    await device.folderSync({ key });
    const before = await store.get('user%40example.test/device0001');
    for (let round = 0; round < 3; round++) await device.folderSync({ key });
    expect(await store.get('user%40example.test/device0001')).toEqual(before);
  });

  test('a refused stranger leaves no trace', async () => {
    const { server, store } = serverUnderTest();
    await deviceOf(server).folderSync();
    expect(store.size).toBe(0);
  });

  test('the base64 query carries version and key [R485]', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server, { form: 'base64' });
    expect(await device.folderSync()).toEqual({ http: 200, status: '142' });
    expect(await device.folderSync({ key: null })).toEqual({ http: 200, status: '141' });
    expect(await device.folderSync({ key: await device.settle() })).toEqual({ http: 200, status: '1' });
  });

  test('a host answers with a document, bytes, headers or a status of its own', async () => {
    const answers = [
      { status: 507 },
      { headers: { 'X-MS-RP': '14.1' }, body: Uint8Array.of(1, 2) },
      { status: 201, body: { name: 'Ping:Ping', content: null } },
    ];
    const { server } = serverUnderTest({ policyFor: () => null, commands: () => answers.shift() ?? {} });
    const device = deviceOf(server);
    expect(await device.send('Sync', nothing)).toEqual({ status: 507, headers: {}, body: nothing });
    expect(await device.send('Sync', nothing)).toEqual({
      status: 200,
      headers: { 'X-MS-RP': '14.1' },
      body: Uint8Array.of(1, 2),
    });
    expect(await device.send('Sync', nothing)).toMatchObject({
      status: 201,
      body: Uint8Array.of(3, 1, 0x6a, 0, 0, 0x0d, 5),
    });
  });
});
