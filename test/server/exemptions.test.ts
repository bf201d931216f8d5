import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Exemption, exemptionFor, isExemption } from '../../src/server/exemptions.js';
import { deviceOf } from '../support/device.js';
import { serverUnderTest } from '../support/server.js';

const request = { user: 'kiosk@example.test', deviceId: 'KIOSK1', deviceType: 'Kiosk', command: 'Sync' } as const;
const field = fc.constantFrom('user', 'deviceId', 'deviceType', 'command');

describe('an exemption fits as a whole or not at all (I13)', () => {
  test('what it names has to be equal: a part, or more, is not', () => {
    fc.assert(
      fc.property(field, fc.string({ minLength: 1, maxLength: 3 }), fc.boolean(), (name, extra, before) => {
        const longer = before ? extra + request[name] : request[name] + extra;
        expect(exemptionFor({ ...request, [name]: longer }, [{ name: 'x', [name]: request[name] }])).toBeNull();
        const part = request[name].slice(1);
        expect(exemptionFor(request, [{ name: 'x', [name]: part }])).toBeNull();
      }),
    );
  });

  test.each(['user', 'deviceId', 'deviceType', 'command'] as const)(
    'one that names only the %s fits by that',
    (name) => {
      const exemption = { name: 'x', [name]: request[name] };
      expect(exemptionFor(request, [exemption])).toBe(exemption);
    },
  );

  test('all that it names has to fit, and the first that fits is told', () => {
    const exemptions = [
      { name: 'other user', user: 'other', deviceId: 'KIOSK1' },
      { name: 'kiosk', deviceId: 'kiosk1', deviceType: 'Kiosk' },
      { name: 'all syncs', command: 'Sync' },
    ] as const;
    expect(exemptionFor(request, exemptions)?.name).toBe('kiosk');
    expect(exemptionFor({ ...request, deviceType: 'Phone' }, exemptions)?.name).toBe('all syncs');
  });

  test('one that names nothing would exempt everyone: it is none', () => {
    expect(isExemption({ name: 'everyone' })).toBe(false);
    expect(isExemption({ name: '', user: 'u' })).toBe(false);
    expect(isExemption({ name: 'u', user: '' })).toBe(false);
    expect(isExemption({ name: 'u', user: 'u' })).toBe(true);
  });

  test.each(['name', 'user', 'deviceId', 'deviceType', 'command'])('one whose %s is no text is none', (field) => {
    const read: Exemption = JSON.parse(JSON.stringify({ name: 'x', user: 'u', [field]: 7 }));
    expect(isExemption(read)).toBe(false);
  });
});

describe('on a server', () => {
  const exemptions = [{ name: 'kiosks', deviceType: 'Kiosk' }];

  test('it passes unprovisioned and is named to the observer; its refusals are not', async () => {
    const { server, exchanges } = serverUnderTest({ exemptions });
    expect(await deviceOf(server, { deviceType: 'Kiosk' }).folderSync()).toEqual({ http: 200, status: '1' });
    expect(await deviceOf(server, { deviceType: 'Phone' }).folderSync()).toEqual({ http: 200, status: '142' });
    expect(exchanges.map(({ exemption }) => exemption)).toEqual(['kiosks', null]);
  });

  test('a User-Agent that holds the name of a product opens nothing', async () => {
    const { server } = serverUnderTest({ exemptions });
    const headers = { 'User-Agent': 'Kiosk kiosks MSFT-WP/8.0' };
    expect(await deviceOf(server, { headers }).folderSync()).toEqual({ http: 200, status: '142' });
  });

  test('a wipe comes before it (I5)', async () => {
    const { server, exchanges } = serverUnderTest({ exemptions });
    const device = deviceOf(server, { deviceType: 'Kiosk' });
    await server.devices.wipe({ user: 'user@example.test', deviceId: 'DEVICE0001' }, 'device');
    expect(await device.folderSync()).toEqual({ http: 200, status: '140' });
    expect(exchanges.at(-1)?.exemption).toBeNull();
  });
});
