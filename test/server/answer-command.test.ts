import { describe, expect, test } from 'vitest';
import { wbxml } from '../../src/codec/index.js';
import type { AdmittedCommand, ServerOptions, Store } from '../../src/server/index.js';
import { credentials, deviceOf, folderSyncBody, statusOf, unwrap } from '../support/device.js';
import { serverUnderTest } from '../support/server.js';

const nothing = new Uint8Array();
const fail = (): Promise<never> => Promise.reject(new Error('down'));
const thrower = (): never => {
  throw new Error('down');
};

/** A server without a policy, whose host answers as told. */
function answering(answer: ReturnType<ServerOptions['commands']>) {
  const under = serverUnderTest({ policyFor: () => null, commands: () => answer });
  return { ...under, device: deviceOf(under.server) };
}

/** A server that tells which commands its host was given. */
function listening(options: Partial<ServerOptions>) {
  const heard: AdmittedCommand[] = [];
  const commands = (command: AdmittedCommand) => {
    heard.push(command);
    return {};
  };
  const under = serverUnderTest({ ...options, commands });
  return { ...under, heard, device: deviceOf(under.server) };
}

describe('a command that passed is answered', () => {
  test.each([200, 201, 451, 507, 599])('with the status %d that the host gives', async (status) => {
    const { device, exchanges } = answering({ status });
    expect(await device.send('Sync', nothing)).toEqual({ status, headers: {}, body: nothing });
    expect(exchanges.at(-1)?.reason).toBeNull();
  });

  test.each([0, 199, 600, 200.5, Number.NaN])('with 500 where the host gives the status %d', async (status) => {
    const { device, exchanges } = answering({ status });
    expect(await device.send('Sync', nothing)).toEqual({ status: 500, headers: {}, body: nothing });
    expect(exchanges.at(-1)?.reason).toBe('HostFailed');
  });

  test.each([
    ['throws', thrower],
    ['rejects', fail],
  ])('with 500 where the host %s', async (_what, commands) => {
    const { server, exchanges } = serverUnderTest({ policyFor: () => null, commands });
    expect(await deviceOf(server).send('Sync', nothing)).toEqual({ status: 500, headers: {}, body: nothing });
    expect(exchanges.at(-1)).toMatchObject({ reason: 'HostFailed', state: { name: 'Unprovisioned' } });
  });

  test('with a document under the host’s own headers, which come first', async () => {
    const body = { name: 'Ping:Ping', content: [{ name: 'Ping:Status', content: '1' }] };
    const { device } = answering({ headers: { 'X-MS-RP': '14.1', 'Cache-Control': 'no-store' }, body });
    const type = 'application/vnd.ms-sync.wbxml';
    expect(await device.send('Ping', nothing)).toEqual({
      status: 200,
      headers: { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-MS-RP': '14.1' },
      body: unwrap(wbxml.encode(body)),
    });
  });

  test('with 500 alone where the document can not be written, whatever goes with it', async () => {
    const body = { name: 'Nowhere:Nothing', content: null };
    const refused = { status: 500, headers: {}, body: nothing };
    expect(await answering(body).device.send('Sync', nothing)).toEqual(refused);
    const dressed = { status: 201, headers: { 'X-MS-RP': '14.1' }, body };
    expect(await answering(dressed).device.send('Sync', nothing)).toEqual(refused);
  });

  test('as the host says, though what it says has a name too: a document has content', async () => {
    const named = { status: 404, name: 'NotFound' };
    expect((await answering(named).device.send('Sync', nothing)).status).toBe(404);
  });
});

describe('what the store fails at is not taken for an answer', () => {
  const stores: readonly (readonly [string, Store])[] = [
    ['can not be read', { get: fail, put: () => true }],
    ['holds junk', { get: () => ({ version: 1, data: '{}' }), put: () => true }],
  ];
  test.each(stores)('503 where it %s, and the host never hears of it', async (_what, store) => {
    const { device, exchanges, heard } = listening({ store });
    expect(await device.folderSync()).toEqual({ http: 503, status: null });
    expect(exchanges.at(-1)).toMatchObject({ reason: 'StoreFailed', state: null });
    expect(heard).toEqual([]);
  });
});

describe('a body', () => {
  test('without a Content-Type is read as WBXML', async () => {
    const { server, heard } = listening({ policyFor: () => null });
    const authorization = `Basic ${btoa(`${credentials.user}:${credentials.password}`)}`;
    const answer = await server.handle({
      method: 'POST',
      url: '/Microsoft-Server-ActiveSync?Cmd=FolderSync&User=u&DeviceId=D1&DeviceType=SP',
      headers: { authorization, 'MS-ASProtocolVersion': '14.1' },
      body: folderSyncBody,
    });
    expect(answer.status).toBe(200);
    expect(heard.map(({ document }) => document)).toEqual([unwrap(wbxml.decode(folderSyncBody))]);
  });

  test('that a Settings command may have opens nothing to another, and tells nothing of the device (I12)', async () => {
    const model = { name: 'Settings:Model', content: 'M' };
    const set = { name: 'Settings:Set', content: [model] };
    const information = { name: 'Settings:DeviceInformation', content: [set] };
    const body = unwrap(wbxml.encode({ name: 'Settings:Settings', content: [information] }));
    const strict = serverUnderTest({ admitDeviceInformation: true });
    expect(statusOf(await deviceOf(strict.server).send('FolderSync', body))).toBe('142');
    const open = serverUnderTest({ policyFor: () => null });
    expect(statusOf(await deviceOf(open.server).send('FolderSync', body))).toBe('1');
    expect(open.exchanges.at(-1)?.events).toEqual([]);
    expect(open.store.size).toBe(0);
  });
});
