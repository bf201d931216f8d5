import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { routes } from '../../src/admin/routes.js';
import type { DeviceView } from '../../src/server/administration.js';
import { administrationOf } from './support/administration.js';
import { anyView, settledDevice } from './support/views.js';

const DEVICE = '/devices/anna/A1B2C3D4';
const device = { user: 'anna', deviceId: 'A1B2C3D4' };
const code = (code: string) => ({ error: expect.objectContaining({ code }) });

describe('GET /devices', () => {
  const listed = (json: unknown) => (json as { devices: DeviceView[] }).devices;

  test('lists every device once, by user and then by device id', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyView, { selector: ({ user, deviceId }) => `${user}/${deviceId}` }),
        async (views) => {
          const { status, json } = await administrationOf(views).ask('GET', '/devices');
          expect(status).toBe(200);
          const names = listed(json).map(({ user, deviceId }) => [user, deviceId]);
          const expected = views.map(({ user, deviceId }) => [user, deviceId]);
          expect(names).toEqual(
            expected.sort(([a = '', b = ''], [c = '', d = '']) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1)),
          );
        },
      ),
    );
  });

  test('leaves out those that another user or state is asked for', async () => {
    const other = {
      ...settledDevice,
      user: 'bob & co',
      state: { ...settledDevice.state, name: 'Acknowledging' },
    } as const;
    const under = administrationOf([settledDevice, other]);
    const usersAt = async (url: string) => listed((await under.ask('GET', url)).json).map(({ user }) => user);
    expect(await usersAt('/devices')).toEqual(['anna', 'bob & co']);
    expect(await usersAt('/devices?user=bob+%26%20co')).toEqual(['bob & co']);
    expect(await usersAt('/devices?state=Provisioned')).toEqual(['anna']);
    expect(await usersAt('/devices?state=Provisioned&user=bob+%26+co')).toEqual([]);
    expect(await usersAt('/devices?user=')).toEqual([]);
  });

  test.each(['?state=provisioned', '?state=', '?states=Provisioned', '?user=a&user=b', '?__proto__=1', '?user=a&x'])(
    'with %s is 400, and nothing is asked',
    async (query) => {
      const under = administrationOf([settledDevice]);
      expect(await under.ask('GET', `/devices${query}`)).toMatchObject({ status: 400, json: code('BadQuery') });
      expect(under.calls).toEqual([['clock']]);
    },
  );

  test('is 501 where the store can not list', async () => {
    const orders = { list: () => Promise.reject(new TypeError('store: no keys')) };
    expect(await administrationOf([], { orders }).ask('GET', '/devices')).toMatchObject({
      status: 501,
      json: code('NotListable'),
    });
  });

  test('names those that can not be read, of the user and in any state', async () => {
    const unreadable = ['bob/d2', 'bob/d1', 'anna/d3'].map((text) => {
      const [user = '', deviceId = ''] = text.split('/');
      return { user, deviceId };
    });
    const under = administrationOf([settledDevice], {
      orders: { list: async () => ({ devices: [settledDevice], unreadable }) },
    });
    const namesAt = async (url: string) =>
      (await under.ask('GET', url)).text.match(/"unreadable":.*\]/)?.[0].match(/"d\d"/g) ?? [];
    expect(await namesAt('/devices')).toEqual(['"d3"', '"d1"', '"d2"']);
    expect(await namesAt('/devices?user=bob')).toEqual(['"d1"', '"d2"']);
    expect(await namesAt('/devices?state=Provisioned')).toEqual(['"d3"', '"d1"', '"d2"']);
    expect((await under.ask('GET', '/devices?user=anna&state=Unprovisioned')).json).toEqual({
      devices: [],
      unreadable: [{ user: 'anna', deviceId: 'd3' }],
    });
  });

  test('is without history', async () => {
    const { json } = await administrationOf([settledDevice]).ask('GET', '/devices');
    expect(listed(json)[0]).not.toHaveProperty('history');
  });
});

describe('a device', () => {
  test('is shown in full, with times as people write them and its key by the last digits', async () => {
    const { status, json } = await administrationOf([settledDevice]).ask('GET', DEVICE);
    expect(status).toBe(200);
    expect(json).toEqual({
      user: 'anna',
      deviceId: 'A1B2C3D4',
      state: 'Provisioned',
      reason: null,
      failure: null,
      policyKey: '…2131',
      policyRevision: '5f2b8c01d4e97a36',
      keyIssuedAt: '2026-10-01T00:00:00.000Z',
      keyAge: 51 * 86_400 + 43_200,
      lastSeen: '2026-11-21T12:00:00.000Z',
      deviceType: 'Tablet',
      protocolVersion: '16.1',
      information: { Model: 'Tablet 3', OS: 'Any 11' },
      wiped: null,
      wipe: null,
      history: [
        {
          at: '2026-10-01T00:00:00.000Z',
          command: 'Provision',
          from: 'Acknowledging',
          to: 'Provisioned',
          events: ['Provisioned'],
          reason: null,
          httpStatus: 200,
          policyKey: '…2131',
        },
      ],
    });
  });

  test('is found whatever its user is called', async () => {
    await fc.assert(
      fc.asyncProperty(anyView, async (view) => {
        const { status, json } = await administrationOf([view]).ask(
          'GET',
          `/devices/${encodeURIComponent(view.user)}/${view.deviceId}`,
        );
        expect(status).toBe(200);
        expect(json).toMatchObject({ user: view.user, deviceId: view.deviceId });
      }),
    );
  });
});

/** Each order, what it asks of the library, and with what. */
const orders: readonly (readonly [string, string, unknown, readonly unknown[]])[] = [
  ['POST', '/reprovision', undefined, ['devices.require', device, 'PolicyRefresh']],
  ['POST', '/reprovision', {}, ['devices.require', device, 'PolicyRefresh']],
  ['POST', '/reprovision', { reason: 'InvalidPolicyKey' }, ['devices.require', device, 'InvalidPolicyKey']],
  ['POST', '/reprovision', { reason: 'DeviceNotProvisioned' }, ['devices.require', device, 'DeviceNotProvisioned']],
  ['POST', '/wipe', { scope: 'device' }, ['devices.wipe', device, 'device']],
  ['POST', '/wipe', { scope: 'account' }, ['devices.wipe', device, 'account']],
  ['POST', '/cancel-wipe', undefined, ['devices.cancelWipe', device]],
  ['POST', '/readmit', undefined, ['devices.readmit', device]],
];

describe.each(orders)('%s %s %j', (method, path, value, call) => {
  test('orders just that, and shows the device', async () => {
    const under = administrationOf([settledDevice]);
    const { status, json } = await under.ask(method, `${DEVICE}${path}`, value);
    expect({ status, json }).toEqual({
      status: 200,
      json: expect.objectContaining({ user: 'anna', history: expect.any(Array) }),
    });
    expect(under.calls).toEqual([['clock'], ['devices.read', device], call, ['devices.read', device]]);
  });

  test('is no order for a stranger, whose name may be mistyped', async () => {
    const under = administrationOf([]);
    expect(await under.ask(method, `${DEVICE}${path}`, value)).toMatchObject({
      status: 404,
      json: code('UnknownDevice'),
    });
    expect(under.calls).toEqual([['clock'], ['devices.read', device]]);
  });

  test('is 503 with a time to come back when it could not be stored, and says which', async () => {
    for (const [error, named] of [
      [new Error('StoreFailed'), 'StoreFailed'],
      [new Error('LostRace'), 'LostRace'],
      [new Error('ECONNRESET'), 'StoreFailed'],
      [new TypeError('x is not a function'), 'StoreFailed'],
      ['a text', 'StoreFailed'],
    ] as const) {
      const member = String(call[0]).replace('devices.', '');
      const under = administrationOf([settledDevice], { orders: { [member]: () => Promise.reject(error) } });
      const { status, json, headers } = await under.ask(method, `${DEVICE}${path}`, value);
      expect({ status, json, headers }).toMatchObject({
        status: 503,
        json: code(named),
        headers: { 'Retry-After': '30' },
      });
    }
  });
});

describe('a body is strictly read', () => {
  test.each([
    ['/wipe', undefined, 400],
    ['/wipe', {}, 400],
    ['/wipe', { scope: 'all' }, 400],
    ['/wipe', { scope: ['device'] }, 400],
    ['/wipe', { scope: 'device', really: true }, 400],
    ['/wipe', { Scope: 'device' }, 400],
    ['/wipe', 'device', 400],
    ['/wipe', ['device'], 400],
    ['/wipe', null, 400],
    ['/reprovision', { reason: 'RemoteWipeRequested' }, 400],
    ['/reprovision', { reason: 'AccountOnlyRemoteWipeRequested' }, 400],
    ['/reprovision', { reason: null }, 400],
    ['/reprovision', { because: 'PolicyRefresh' }, 400],
    ['/reprovision', [], 400],
    ['/reprovision', null, 400],
    ['/cancel-wipe', {}, 400],
    ['/readmit', {}, 400],
  ])('POST %s %j is %i, and nothing is asked', async (path, value, status) => {
    const under = administrationOf([settledDevice]);
    expect((await under.ask('POST', `${DEVICE}${path}`, value)).status).toBe(status);
    expect(under.calls).toEqual([['clock']]);
  });

  const send = async (text: string | Uint8Array, contentType?: string) => {
    const under = administrationOf([settledDevice]);
    const headers = {
      authorization: 'Bearer correct-horse-battery-staple',
      ...(contentType && { 'content-type': contentType }),
    };
    const body = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const { status } = await under.administration.handle({ method: 'POST', url: `${DEVICE}/wipe`, headers, body });
    return { status, ordered: under.calls.some(([name]) => name === 'devices.wipe') };
  };
  const wipe = '{"scope":"device"}';

  test.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8'])('as %s', async (type) => {
    expect(await send(wipe, type)).toEqual({ status: 200, ordered: true });
  });

  test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp'])(
    'not as %s, which a page can send anywhere',
    async (type) => {
      expect(await send(wipe, type)).toEqual({ status: 415, ordered: false });
    },
  );

  test.each<[string, string | Uint8Array]>([
    ['no JSON', '{"scope":"device"'],
    ['more than JSON', `${wipe} ${wipe}`],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['a byte order mark', `\uFEFF${wipe}`],
    ['very deep', '['.repeat(60_000)],
    ['a prototype', '{"scope":"device","__proto__":{}}'],
  ])('not with %s', async (_what, text) => {
    expect(await send(text, 'application/json')).toEqual({ status: 400, ordered: false });
  });
});

test('an order that would change nothing is 409', async () => {
  const under = administrationOf([settledDevice], {
    orders: { cancelWipe: async () => false, readmit: async () => false },
  });
  expect(await under.ask('POST', `${DEVICE}/cancel-wipe`)).toMatchObject({ status: 409, json: code('NoWipeOrdered') });
  expect(await under.ask('POST', `${DEVICE}/readmit`)).toMatchObject({ status: 409, json: code('NotShutOut') });
});

test('an order that the server refuses is 409 with its reason', async () => {
  const refuse = () => Promise.reject(new Error('DeviceIsBlocked'));
  const under = administrationOf([settledDevice], { orders: { wipe: refuse } });
  expect(await under.ask('POST', `${DEVICE}/wipe`, { scope: 'account' })).toMatchObject({
    status: 409,
    json: { error: { code: 'DeviceIsBlocked', message: 'The device was wiped and is not readmitted.' } },
  });
});

test('a device is removed once', async () => {
  expect(await administrationOf([settledDevice]).ask('DELETE', DEVICE)).toMatchObject({
    status: 200,
    json: { removed: true },
  });
  const under = administrationOf([], { orders: { remove: async () => false } });
  expect(await under.ask('DELETE', DEVICE)).toMatchObject({ status: 404, json: code('UnknownDevice') });
});

describe('the policy', () => {
  test('is read and replaced, also by none', async () => {
    const under = administrationOf([]);
    expect((await under.ask('GET', '/policy')).json).toBeNull();
    const policy = { DevicePasswordEnabled: true, MaxAttachmentSize: null, UnapprovedInROMApplicationList: ['a', 'b'] };
    expect(await under.ask('PUT', '/policy', policy)).toMatchObject({ status: 200, json: policy });
    expect(under.policy).toEqual(policy);
    expect((await under.ask('GET', '/policy')).json).toEqual(policy);
    expect(await under.ask('PUT', '/policy', null)).toMatchObject({ status: 200, json: null });
    expect(under.policy).toBeNull();
  });

  test.each([
    [
      'a value out of range',
      { MinDevicePasswordLength: 99 },
      'ERR_POLICY_RANGE',
      'Expected 1 to 16, or null.',
      '/MinDevicePasswordLength',
    ],
    [
      'a value of another type',
      { AllowCamera: 'no' },
      'ERR_POLICY_VALUE',
      'Expected true, false or null.',
      '/AllowCamera',
    ],
    [
      'an unknown element',
      { AllowCameras: true },
      'ERR_POLICY_NAME',
      'Expected the name of a policy element.',
      '/AllowCameras',
    ],
    ['no object', [], 'ERR_POLICY_SHAPE', 'Expected an object of policy elements.', ''],
  ])(
    'with %s is 422 with the element and the rule, and stays as it was',
    async (_what, policy, code, message, element) => {
      const under = administrationOf([]);
      const before = { AllowCamera: false };
      under.policy = before;
      const { status, json } = await under.ask('PUT', '/policy', policy);
      expect({ status, json }).toEqual({
        status: 422,
        json: { error: { code, message, path: `EASProvisionDoc${element}` } },
      });
      expect(under.policy).toBe(before);
    },
  );

  test('that can not be read or written is 503', async () => {
    const broken = {
      read: () => Promise.reject(new Error('LostRace')),
      write: () => {
        throw new Error('read only');
      },
    };
    const under = administrationOf([], { policy: broken });
    for (const { status, json, headers } of [
      await under.ask('GET', '/policy'),
      await under.ask('PUT', '/policy', null),
    ]) {
      expect({ status, json, headers }).toMatchObject({
        status: 503,
        json: code('PolicySourceFailed'),
        headers: { 'Retry-After': '30' },
      });
    }
  });
});

describe('paths', () => {
  test.each(
    routes.map(({ method, path }) => [method, path.replace('{user}', 'anna').replace('{deviceId}', 'A1B2C3D4')]),
  )('another method than %s and its like is 405 at %s', async (_method, url) => {
    const under = administrationOf([settledDevice]);
    for (const method of ['PATCH', 'OPTIONS', 'HEAD', 'get']) {
      const { status, headers, json } = await under.ask(method, url);
      expect({ status, json }).toEqual({ status: 405, json: code('WrongMethod') });
      const own = routes.filter(
        ({ path }) =>
          path.split('/').length === url.split('/').length &&
          path.split('/').at(-1)?.replace('{deviceId}', 'A1B2C3D4') === url.split('/').at(-1),
      );
      expect(headers.Allow).toBe(own.map((route) => route.method).join(', '));
    }
    expect(under.calls.filter(([name]) => name !== 'clock')).toEqual([]);
  });

  test.each([
    '/',
    '/Devices',
    '/devices/',
    '/devices/anna',
    '/devices/anna/A1B2C3D4/',
    '/devices//A1B2C3D4',
    '/devices/anna//A1B2C3D4',
    '/devices/anna/A1B2C3D4/wipes',
    '/devices/anna/A1B2C3D4/wipe/now',
    '/devices/../policy',
    '/devices/%2e%2e/policy',
    '/devices/../devices/anna/A1B2C3D4',
    '/devices/anna%2FA1B2C3D4',
    '/devices%2Fanna/A1B2C3D4',
    '/policy/..',
    '/policy#x',
    '//policy',
    'policy',
    '/devices/anna/%00',
    '/devices/anna/A1B2-C3D4',
    `/devices/anna/${'A'.repeat(33)}`,
    '/devices/%FF/A1B2C3D4',
  ])('%s is nobody’s, and nothing is asked', async (url) => {
    const under = administrationOf([settledDevice]);
    expect((await under.ask('GET', url)).status).toBe(404);
    expect(under.calls.filter(([name]) => name !== 'clock')).toEqual([]);
  });

  test('an escape means what it stands for', async () => {
    const under = administrationOf([{ ...settledDevice, user: 'a/b' }]);
    expect((await under.ask('GET', '/%64evices/a%2fb/%41%31B2C3D4')).status).toBe(200);
  });

  test('one that is very long is 414, unread', async () => {
    const under = administrationOf([settledDevice]);
    expect((await under.ask('GET', `/devices/${'a'.repeat(8192)}/d1`)).status).toBe(414);
    expect((await under.ask('GET', `/devices?user=${'%61'.repeat(2700)}`)).status).toBe(200);
  });

  test('has no parameters of its own but where a row says so', async () => {
    expect((await administrationOf([settledDevice]).ask('GET', `${DEVICE}?user=anna`)).status).toBe(400);
  });
});
