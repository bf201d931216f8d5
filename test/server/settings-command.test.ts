import { describe, expect, test } from 'vitest';
import { wbxml } from '../../src/codec/index.js';
import type { Element } from '../../src/protocol/element.js';
import { informationIn, isOnlyInformation } from '../../src/server/settings-command.js';
import { credentials, deviceOf, unwrap } from '../support/device.js';
import { serverUnderTest } from '../support/server.js';

const who = { user: credentials.user, deviceId: 'DEVICE0001' };

function settings(texts: Readonly<Record<string, Element['content']>>, ...others: readonly Element[]): Element {
  const set = Object.entries(texts).map(([name, content]) => ({ name: `Settings:${name}`, content }));
  const information = { name: 'Settings:DeviceInformation', content: [{ name: 'Settings:Set', content: set }] };
  return { name: 'Settings:Settings', content: [information, ...others] };
}
const oof: Element = { name: 'Settings:Oof', content: [{ name: 'Settings:Get', content: null }] };

describe('what a Settings command says of the device', () => {
  test('is every text that has a row, and no other', () => {
    expect(informationIn(settings({ Model: 'M', IMEI: '', Password: 'secret' }, oof))).toEqual({
      Model: 'M',
      IMEI: '',
    });
  });

  test('of 1024 characters at most', () => {
    for (let length = 1000; length <= 1050; length++) {
      const read = informationIn(settings({ Model: 'x'.repeat(length) }));
      expect(read === null).toBe(length > 1024);
    }
  });

  test('stands in its Set, whatever comes before', () => {
    const set = (Model: string) => ({ name: 'Settings:Set', content: [{ name: 'Settings:Model', content: Model }] });
    const get = { name: 'Settings:Get', content: [{ name: 'Settings:Model', content: 'asked for' }] };
    const elsewhere: Element = { name: 'Settings:Oof', content: [set('elsewhere')] };
    const information: Element = { name: 'Settings:DeviceInformation', content: [get, set('M')] };
    expect(informationIn({ name: 'Settings:Settings', content: [elsewhere, information] })).toEqual({ Model: 'M' });
  });

  test.each<[string, Element['content']]>([
    ['nothing', null],
    ['bytes', new Uint8Array([77])],
    ['elements', [{ name: 'Settings:Model', content: 'M' }]],
  ])('is not what holds %s instead of a text', (_what, content) => {
    expect(informationIn(settings({ OS: 'S', Model: content }))).toEqual({ OS: 'S' });
  });

  test('is nothing where there is none', () => {
    for (const document of [null, 'InvalidWBXML', settings({}), { name: 'Settings:Settings', content: [oof] }]) {
      expect(informationIn(document)).toBeNull();
    }
  });

  test('is all it holds, or not', () => {
    expect(isOnlyInformation(settings({ Model: 'M' }))).toBe(true);
    expect(isOnlyInformation(settings({ Model: 'M' }, oof))).toBe(false);
    expect(isOnlyInformation({ name: 'Settings:Settings', content: null })).toBe(false);
  });
});

describe('on a server', () => {
  const body = (document: Element) => unwrap(wbxml.encode(document));

  test('it is kept once the command has passed, and what it leaves out stays', async () => {
    const { server, exchanges } = serverUnderTest();
    const device = deviceOf(server, { version: '12.1' });
    const key = await device.settle();
    await device.send('Settings', body(settings({ Model: 'M', OS: 'one' })), { key });
    await device.send('Settings', body(settings({ OS: 'two' })), { key });
    expect((await server.devices.read(who))?.information).toEqual({ Model: 'M', OS: 'two' });
    expect(exchanges.at(-1)?.events).toEqual(['DeviceInformationRecorded']);
    await device.send('Settings', body(settings({ OS: 'three' })), { key: '0' });
    expect((await server.devices.read(who))?.information).toEqual({ Model: 'M', OS: 'two' });
  });

  test('unprovisioned it passes only where that is configured, and only alone (I12)', async () => {
    const sent = async (admitDeviceInformation: boolean, document: Element) => {
      const { server } = serverUnderTest({ admitDeviceInformation });
      const response = await deviceOf(server).send('Settings', body(document));
      return unwrap(wbxml.decode(response.body)).content;
    };
    const passed = [{ name: 'Settings:Status', content: '1' }];
    const refused = [{ name: 'Settings:Status', content: '142' }];
    expect(await sent(true, settings({ Model: 'M' }))).toEqual(passed);
    expect(await sent(true, settings({ Model: 'M' }, oof))).toEqual(refused);
    expect(await sent(false, settings({ Model: 'M' }))).toEqual(refused);
  });
});
