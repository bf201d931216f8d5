import { describe, expect, test } from 'vitest';
import { provisionRequest, provisionResponse } from '../../src/codec/index.js';
import type { ServerOptions } from '../../src/server/index.js';
import { credentials, deviceOf, initialMessage, keyIn, statusOf, unwrap } from '../support/device.js';
import { serverUnderTest } from '../support/server.js';

const who = { user: credentials.user, deviceId: 'DEVICE0001' };
const policyType = 'MS-EAS-Provisioning-WBXML';
const initial = unwrap(provisionRequest.encode(initialMessage()));

function thrower(): never {
  throw new Error('down');
}

describe('a body', () => {
  test('that is announced as anything but WBXML is not read: 101, up to 12.1 HTTP 400', async () => {
    const { server, exchanges, store } = serverUnderTest();
    const device = deviceOf(server, { headers: { 'Content-Type': 'text/xml' } });
    expect(statusOf(await device.send('Provision', initial))).toBe('101');
    expect(await device.initial({ version: '12.1' })).toBe(400);
    expect(exchanges.map(({ reason, state }) => [reason, state])).toEqual([
      ['InvalidContent', null],
      ['InvalidContent', null],
    ]);
    expect(store.size).toBe(0);
  });

  test('without a Content-Type is read as WBXML', async () => {
    const { server } = serverUnderTest();
    const authorization = `Basic ${btoa(`${credentials.user}:${credentials.password}`)}`;
    const answer = await server.handle({
      method: 'POST',
      url: '/Microsoft-Server-ActiveSync?Cmd=Provision&User=u&DeviceId=D1&DeviceType=SP',
      headers: { authorization, 'MS-ASProtocolVersion': '14.1' },
      body: initial,
    });
    expect(keyIn(unwrap(provisionResponse.decode(answer.body)))).toBe('100');
  });
});

describe('a request that is refused for what it asks', () => {
  test('still tells what the device is, once that is stored [R488]', async () => {
    const { server, exchanges } = serverUnderTest();
    const device = deviceOf(server);
    const message = { deviceInformation: { Model: 'Odd' }, policies: [{ policyType: 'Other' }] };
    expect(await device.provision(message)).toEqual({
      deviceInformationStatus: 1,
      status: 1,
      policies: [{ policyType, status: 3 }],
    });
    expect(exchanges.at(-1)).toMatchObject({ reason: 'UnknownPolicyType', events: [], state: null });
    expect(await server.devices.read(who)).toMatchObject({
      information: { Model: 'Odd' },
      state: { name: 'Unprovisioned' },
    });
  });

  test('and tells nothing of it leaves no trace', async () => {
    const { server, store } = serverUnderTest();
    expect(await deviceOf(server).provision({ policies: [{ policyType: 'Other' }] })).toEqual({
      status: 1,
      policies: [{ policyType, status: 3 }],
    });
    expect(store.size).toBe(0);
  });
});

describe('what the host fails at', () => {
  const failing: readonly (readonly [string, Partial<ServerOptions>])[] = [
    ['a key that is none', { mintKey: () => '0' }],
    ['a generator that throws', { mintKey: thrower }],
  ];
  test.each(failing)('is Provision Status 3 for %s, and nothing is stored', async (_what, options) => {
    const { server, exchanges, store } = serverUnderTest(options);
    expect(await deviceOf(server).initial()).toEqual({ status: 3 });
    expect(exchanges.at(-1)).toMatchObject({ reason: 'HostFailed', httpStatus: 200 });
    expect(store.size).toBe(0);
  });

  test('is 503 where nobody can say what the policy is: that is no answer of the machine’s (I15)', async () => {
    const { server, exchanges } = serverUnderTest({ policyFor: () => Promise.reject(new Error('down')) });
    expect(await deviceOf(server).initial()).toBe(503);
    expect(exchanges.at(-1)).toMatchObject({ reason: 'PolicySourceFailed', state: { name: 'Unprovisioned' } });
  });
});
