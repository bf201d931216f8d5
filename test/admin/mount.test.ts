/** Over real sockets: the administration on a port of its own, beside the server that it is of. */
import { expect, onTestFinished, test } from 'vitest';
import { createAdministration } from '../../src/admin/index.js';
import { listen } from '../../src/cli/listen.js';
import { createMemoryStore, toNodeListener } from '../../src/server/index.js';
import { recordKey } from '../../src/server/record.js';
import { dial } from '../server/support/dial.js';
import { credentials, deviceOf } from '../support/device.js';
import { policyA, serverUnderTest } from '../support/server.js';
import { token } from './support/administration.js';

async function mounted(options: Parameters<typeof serverUnderTest>[0] = {}) {
  const under = serverUnderTest({ sightings: 10, ...options });
  const administration = createAdministration({
    devices: under.server.devices,
    policy: {
      read: () => under.policy,
      write(policy) {
        under.policy = policy;
      },
    },
    token,
    clock: () => under.now,
    loopbackOnly: true,
  });
  const { url, close } = await listen(toNodeListener(administration), { host: '127.0.0.1', port: 0 });
  onTestFinished(() => close(0));
  const { origin, port } = new URL(url);
  const ask = async (method: string, path: string, value?: unknown, authorization = `Bearer ${token}`) => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { authorization, ...(value !== undefined && { 'content-type': 'application/json' }) },
      ...(value !== undefined && { body: JSON.stringify(value) }),
    });
    return { status: response.status, headers: response.headers, json: await response.json() };
  };
  return { under, ask, port: Number(port), device: deviceOf(under.server, { version: '14.1' }) };
}

const DEVICE = `/devices/${encodeURIComponent(credentials.user)}/device0001`;

test('a device whose record can not be read is named, and can be forgotten', async () => {
  const store = createMemoryStore();
  const { ask, device } = await mounted({ store });
  store.put(recordKey({ user: credentials.user, deviceId: 'device0001' }), null, '{"machine":');
  const lost = { user: credentials.user, deviceId: 'device0001' };
  expect((await ask('GET', '/devices')).json).toEqual({ devices: [], unreadable: [lost] });
  expect(await ask('GET', DEVICE)).toMatchObject({ status: 503, json: { error: { code: 'StoreFailed' } } });
  expect(await device.folderSync()).toMatchObject({ http: 503 });
  expect((await ask('DELETE', DEVICE)).json).toEqual({ removed: true });
  expect((await ask('GET', '/devices')).json).toEqual({ devices: [], unreadable: [] });
  expect(await device.folderSync({ key: await device.settle() })).toEqual({ http: 200, status: '1' });
});

test('a device is found, asked back, given another policy, wiped and forgotten', async () => {
  const { under, ask, device } = await mounted();
  expect((await ask('GET', '/devices')).json).toEqual({ devices: [], unreadable: [] });

  const key = await device.settle();
  expect(await device.folderSync({ key })).toEqual({ http: 200, status: '1' });
  under.now += 90_000;
  expect((await ask('GET', '/devices?state=Provisioned')).json).toMatchObject({
    devices: [
      { user: credentials.user, deviceId: 'device0001', keyAge: 90, information: { Model: 'TestModel' }, wipe: null },
    ],
  });

  expect((await ask('POST', `${DEVICE}/reprovision`, { reason: 'InvalidPolicyKey' })).json).toMatchObject({
    state: 'NeedsReprovision',
  });
  expect(await device.folderSync({ key })).toEqual({ http: 200, status: '144' });
  const second = await device.settle();

  expect((await ask('PUT', '/policy', { MinDevicePasswordLength: 99 })).status).toBe(422);
  expect((await ask('GET', '/policy')).json).toEqual(policyA);
  expect(await device.folderSync({ key: second })).toEqual({ http: 200, status: '1' });
  expect((await ask('PUT', '/policy', { AllowCamera: false })).status).toBe(200);
  expect((await device.folderSync({ key: second })).status).toMatch(/^14[2-4]$/);
  const third = await device.settle();

  expect((await ask('POST', `${DEVICE}/wipe`, { scope: 'device' })).json).toMatchObject({
    wipe: { scope: 'device', progress: 'Ordered', orderedAt: new Date(under.now).toISOString() },
  });
  expect(await device.folderSync({ key: third })).toEqual({ http: 200, status: '140' });
  expect((await ask('GET', DEVICE)).json).toMatchObject({ wipe: { progress: 'Announced' } });
  expect((await ask('POST', `${DEVICE}/cancel-wipe`)).status).toBe(200);
  expect((await ask('POST', `${DEVICE}/cancel-wipe`)).status).toBe(409);

  await ask('POST', `${DEVICE}/wipe`, { scope: 'device' });
  await device.provision({});
  await device.provision({ remoteWipe: { status: 1 } });
  expect((await ask('GET', DEVICE)).json).toMatchObject({
    wiped: 'device',
    wipe: { progress: 'Completed' },
    history: expect.arrayContaining([expect.objectContaining({ command: 'Provision', events: ['WipeSucceeded'] })]),
  });
  expect((await device.folderSync()).status).toBe('129');
  expect((await ask('POST', `${DEVICE}/readmit`)).json).toMatchObject({ wiped: null, wipe: null });
  expect((await device.folderSync()).status).toBe('142');

  expect((await ask('DELETE', DEVICE)).json).toEqual({ removed: true });
  expect((await ask('GET', DEVICE)).status).toBe(404);
});

test('nobody comes in without the token, or by another name', async () => {
  const { ask, port } = await mounted();
  const { status, headers } = await ask('GET', '/devices', undefined, 'Bearer wrong');
  expect({ status, challenge: headers.get('www-authenticate') }).toEqual({ status: 401, challenge: 'Bearer' });
  const socket = dial(port);
  socket.write(`GET /devices HTTP/1.1\r\nHost: evil.example:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  expect(await socket.until(/\}\n$/)).toMatch(/^HTTP\/1\.1 421 /);
});

test('a path is taken as it was sent, without being resolved', async () => {
  const { port } = await mounted();
  for (const path of [
    '/devices/../policy',
    '/devices/%2e%2e/policy',
    '//policy',
    '/policy/',
    `/devices/${'a'.repeat(9000)}/d1`,
  ]) {
    const socket = dial(port);
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );
    expect(await socket.closed).toMatch(/^HTTP\/1\.1 4[01]4 /);
  }
});

test('a body that is too long is refused while it is sent', async () => {
  const { under, port } = await mounted();
  const socket = dial(port);
  const head = `PUT /policy HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  for (let sent = 0; sent < 9; sent++) socket.write(`2000\r\n${' '.repeat(0x2000)}\r\n`);
  expect(await socket.until(/\}\n$/)).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"BodyTooLarge"/);
  expect(under.policy).toBe(policyA);
});
