import { describe, expect, test } from 'vitest';
import { createProvisioningClient, type ProvisioningClientOptions } from '../../src/client/index.js';
import { settingsOf } from '../../src/client/settings.js';
import { versions } from '../../src/protocol/version.js';

const options: ProvisioningClientOptions = {
  url: 'https://mail.example.com',
  user: 'alice',
  device: { id: 'ABC123', type: 'SP' },
  applyPolicy: () => 1,
};

describe('options', () => {
  test('have documented defaults', () => {
    expect(settingsOf(options)).toMatchObject({
      endpoint: 'https://mail.example.com/Microsoft-Server-ActiveSync',
      authorization: null,
      device: { information: { Model: 'SP' } },
      protocolVersion: null,
      fallbackVersion: '14.1',
      queryForm: 'plain',
      limits: { attempts: 3, cycles: 3 },
      timeout: 30_000,
      backoff: { base: 1000, cap: 60_000 },
      responseLimit: 1024 * 1024,
      provisionFirst: false,
    });
    const { confirmWipe, followRedirect } = settingsOf(options);
    expect([confirmWipe('device'), followRedirect('https://outlook.example.net/')]).toEqual([false, false]);
  });

  test('Model is the device type unless told otherwise', () => {
    const device = { ...options.device, information: { Model: 'M1', OS: 'Test' } };
    expect(settingsOf({ ...options, device }).device.information).toEqual({ Model: 'M1', OS: 'Test' });
  });

  test.each([
    ['https://mail.example.com/', 'https://mail.example.com/Microsoft-Server-ActiveSync'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/Microsoft-Server-ActiveSync'],
    ['https://mail.example.com/eas', 'https://mail.example.com/eas'],
  ])('the endpoint of %s is %s', (url, endpoint) => {
    expect(settingsOf({ ...options, url }).endpoint).toBe(endpoint);
  });

  test.each<[string, Partial<ProvisioningClientOptions>]>([
    ['no wait before another try', { backoff: { base: 0 } }],
    ['always the same wait', { backoff: { base: 9, cap: 9 } }],
    ['a single byte', { responseLimit: 1 }],
    ['information of 1024 characters', { device: { id: 'ab', type: 'SP', information: { OS: 'x'.repeat(1024) } } }],
    ['no tries but the first', { limits: { attempts: 0, cycles: 1 } }],
  ])('may be %s', (_what, bound) => {
    expect(() => settingsOf({ ...options, ...bound })).not.toThrow();
  });

  test.each([
    ['url', { url: '/Microsoft-Server-ActiveSync' }],
    ['url', { url: 'ftp://mail.example.com' }],
    ['url', { url: 'https://alice:secret@mail.example.com' }],
    ['url', { url: 'https://alice@mail.example.com' }],
    ['url', { url: 'https://:secret@mail.example.com' }],
    ['url', { url: 'https://mail.example.com/?Cmd=Sync' }],
    ['user', { user: '' }],
    ['user', { user: 7 as never }],
    ['password', { password: 'a\nb' }],
    ['password', { password: 'secret', authorization: 'Bearer x' }],
    ['authorization', { authorization: 'Bearer a\nb' }],
    ['authorization', { authorization: 7 as never }],
    ['device.id', { device: { id: 'a-b', type: 'SP' } }],
    ['device.type', { device: { id: 'ab', type: 'S P' } }],
    ['device.information', { device: { id: 'ab', type: 'SP', information: { OS: 'x'.repeat(1025) } } }],
    ['device.information', { device: { id: 'ab', type: 'SP', information: { OS: 7 as never } } }],
    ['device.information', { device: { id: 'ab', type: 'SP', information: { OS: 'a\0' } } }],
    ['device.information', { device: { id: 'ab', type: 'SP', information: { OS: '\ud83d' } } }],
    ['protocolVersion', { protocolVersion: '13.0' as '14.0' }],
    ['fallbackVersion', { fallbackVersion: '13.0' as '14.0' }],
    ['queryForm', { queryForm: 'packed' as 'plain' }],
    ['queryForm', { queryForm: 'base64', protocolVersion: '12.0' }],
    ['userAgent', { userAgent: 'a\r\nb' }],
    ['applyPolicy', { applyPolicy: undefined as never }],
    ['applyPolicy', { applyPolicy: 1 as never }],
    ['capabilities', { capabilities: { enforces: 'all' } }],
    ['capabilities', { applyPolicy: undefined as never, capabilities: { enforces: 'everything' as 'all' } }],
    ['followRedirect', { followRedirect: true as never }],
    ['provisionFirst', { provisionFirst: 1 as never }],
    ['warn', { warn: 'loudly' as never }],
    ['wipe', { confirmWipe: () => true }],
    ['confirmWipe', { confirmWipe: 1 as never, wipe: () => {} }],
    ['wipe', { confirmWipe: () => true, wipe: 1 as never }],
    ['store', { store: { load: () => null } as never }],
    ['transport', { transport: 'fetch' as never }],
    ['clock', { clock: { now: () => 0 } as never }],
    ['random', { random: 4 as never }],
    ['limits', { limits: { attempts: -1 } }],
    ['limits', { limits: { cycles: 0 } }],
    ['timeout', { timeout: 0 }],
    ['backoff', { backoff: { base: 9, cap: 8 } }],
    ['backoff', { backoff: { base: -1 } }],
    ['responseLimit', { responseLimit: 0.5 }],
    ['responseLimit', { responseLimit: 0 }],
  ] satisfies [string, Partial<ProvisioningClientOptions>][])('%s: %o is a TypeError that names it', (name, wrong) => {
    const create = () => createProvisioningClient({ ...options, ...wrong });
    expect(create).toThrow(TypeError);
    expect(create).toThrow(new RegExp(`^(?:.*, )?${name}(?:, .*)?: `));
    expect(create).not.toThrow(/secret/);
  });

  test.each(versions)('%s can be asked for', (protocolVersion) => {
    expect(settingsOf({ ...options, protocolVersion }).protocolVersion).toBe(protocolVersion);
  });
});
