import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activeSyncPath, type HttpRequest } from '../../src/http/message.js';
import { parseQuery } from '../../src/http/query.js';
import { type RefusalReason, readRequest, readTarget, requestRefusals } from '../../src/http/request.js';
import { text } from './arbitraries.js';

const body = Uint8Array.of(3, 1, 106, 0);
const plain = `${activeSyncPath}?User=alice@example.org&DeviceId=A1&DeviceType=SP&Cmd=FolderSync`;
const packed = `${activeSyncPath}?oQkJBApBU1BST1YwMDAxBFktBOsCU1AIBWFsaWNl`;
const packedWithoutKey = `${activeSyncPath}?jRQJBApBU1BST1YwMDAxAAJTUA==`;

const post = (url: string, headers: HttpRequest['headers'] = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers,
  body,
});
const refusal = (reason: RefusalReason) => ({ ok: false, error: { reason, status: requestRefusals[reason].status } });

describe('readRequest', () => {
  it('is total', () => {
    const url = fc.tuple(
      fc.constantFrom('', activeSyncPath, `https://a${activeSyncPath}`),
      fc.constantFrom('', '?', '?Cmd=Sync&'),
      text,
    );
    const headers = fc.dictionary(fc.oneof(text, fc.constantFrom('MS-ASProtocolVersion', 'X-MS-PolicyKey')), text);
    fc.assert(
      fc.property(fc.constantFrom('POST', 'OPTIONS', 'GET', ''), url, headers, (method, url, headers) => {
        const read = readRequest({ method, url: url.join(''), headers, body });
        if (!read.ok) expect(read.error.status).toBe(requestRefusals[read.error.reason].status);
      }),
    );
  });

  it('reads a plain-text command with its headers', () => {
    const headers = {
      'ms-asprotocolversion': '14.1',
      'x-ms-policykey': '1307199584',
      'content-type': 'application/vnd.ms-sync',
    };
    expect(readRequest(post(plain, headers))).toEqual({
      ok: true,
      value: {
        kind: 'Command',
        query: {
          form: 'plain',
          command: 'FolderSync',
          user: 'alice@example.org',
          deviceId: 'A1',
          deviceType: 'SP',
          parameters: {},
          others: [],
        },
        command: 'FolderSync',
        protocolVersion: '14.1',
        policyKey: '1307199584',
        deviceId: 'A1',
        deviceType: 'SP',
        contentType: 'application/vnd.ms-sync',
        body,
      },
    });
  });

  it('reads a base64 command without any header', () => {
    expect(readRequest(post(packed))).toMatchObject({
      ok: true,
      value: {
        command: 'FolderSync',
        protocolVersion: '16.1',
        policyKey: '3942919513',
        deviceId: 'ASPROV0001',
        deviceType: 'SP',
        contentType: null,
      },
    });
  });

  it('believes the query when the headers say something else', () => {
    const headers = { 'MS-ASProtocolVersion': '12.1', 'X-MS-PolicyKey': '1' };
    expect(readRequest(post(packed, headers))).toMatchObject({
      ok: true,
      value: { protocolVersion: '16.1', policyKey: '3942919513' },
    });
  });

  it.each<[string, string, HttpRequest['headers'], string | null]>([
    ['no header and no field', packedWithoutKey, {}, null],
    ['a header beside an empty field', packedWithoutKey, { 'X-MS-PolicyKey': '7' }, '7'],
    ['a field of zero bytes', `${activeSyncPath}?jRQJBApBU1BST1YwMDAxBAAAAAACU1A=`, { 'X-MS-PolicyKey': '7' }, '0'],
    ['no header', plain, { 'MS-ASProtocolVersion': '12.1' }, null],
    ['a header of 0', plain, { 'MS-ASProtocolVersion': '12.1', 'X-MS-PolicyKey': '0' }, '0'],
    ['an empty header', plain, { 'MS-ASProtocolVersion': '12.1', 'X-MS-PolicyKey': '' }, ''],
    ['a header of another kind', plain, { 'MS-ASProtocolVersion': '12.1', 'X-MS-PolicyKey': ' 007x ' }, '007x'],
  ])('tells the key of %s', (_, url, headers, policyKey) => {
    expect(readRequest(post(url, headers))).toMatchObject({ ok: true, value: { policyKey } });
  });

  it.each([
    activeSyncPath,
    `${activeSyncPath}?Cmd=&x`,
    '/microsoft-server-activesync',
    `https://mail.example.org${activeSyncPath}`,
  ])('takes OPTIONS at %s, whatever its headers', (url) => {
    const headers = { 'Content-Type': 'application/vnd.ms-sync.wbxml', 'Sec-Fetch-Mode': 'cors' };
    expect(readRequest({ method: 'OPTIONS', url, headers, body })).toEqual({ ok: true, value: { kind: 'Options' } });
  });

  it('reads the base64 form in every version, though clients have it from 12.1 on', () => {
    const url = `${activeSyncPath}?GRQJBApBU1BST1YwMDAxAAJTUA==`;
    expect(readRequest(post(url))).toMatchObject({ ok: true, value: { protocolVersion: '2.5', command: 'Provision' } });
  });

  it('takes absolute URLs', () => {
    expect(readRequest(post(`HTTPS://mail.example.org:443${packed}`)).ok).toBe(true);
    expect(readRequest(post(`http://mail.example.org${packed}`)).ok).toBe(true);
  });

  it('leaves device id and type to the caller', () => {
    const long = 'x'.repeat(35);
    const url = `${activeSyncPath}?Cmd=FolderSync&User=a&DeviceId=${long}&DeviceType=${long}`;
    expect(readRequest(post(url, { 'MS-ASProtocolVersion': '14.0' }))).toMatchObject({
      ok: true,
      value: { deviceId: long, deviceType: long },
    });
  });

  it.each<[RefusalReason, number, Partial<HttpRequest>]>([
    ['WrongPath', 404, { url: `/Microsoft-Server-ActiveSyncX${packed.slice(activeSyncPath.length)}` }],
    ['WrongPath', 404, { url: `/owa${packed}` }],
    ['WrongPath', 404, { url: packed.replace('?', 'https://mail.example.org?') }],
    ['WrongPath', 404, { url: `//mail.example.org${packed}` }],
    ['WrongPath', 404, { url: '', method: 'OPTIONS' }],
    ['UnknownMethod', 501, { url: packed, method: 'GET' }],
    ['UnknownMethod', 501, { url: packed, method: 'post' }],
    ['MissingVersion', 400, { url: plain }],
    ['UnknownVersion', 400, { url: plain, headers: { 'MS-ASProtocolVersion': '19.1' } }],
    ['UnknownVersion', 400, { url: plain, headers: { 'MS-ASProtocolVersion': '14.1, 14.1' } }],
    ['UnknownVersion', 400, { url: `${activeSyncPath}?vwkJBApBU1BST1YwMDAxAAJTUA==` }],
    [
      'UnknownCommand',
      501,
      { url: plain.replace('FolderSync', 'Unknown'), headers: { 'MS-ASProtocolVersion': '14.1' } },
    ],
    ['UnknownCommand', 501, { url: plain.replace('FolderSync', 'Find'), headers: { 'MS-ASProtocolVersion': '14.1' } }],
    [
      'UnknownCommand',
      501,
      { url: plain.replace('FolderSync', 'GetAttachment'), headers: { 'MS-ASProtocolVersion': '14.0' } },
    ],
    [
      'UnknownCommand',
      501,
      { url: plain.replace('FolderSync', 'toString'), headers: { 'MS-ASProtocolVersion': '14.0' } },
    ],
  ])('refuses for %s with %i: %j', (reason, status, part) => {
    expect(readRequest({ ...post(packed), ...part })).toEqual({ ok: false, error: { reason, status } });
  });

  it.each([
    activeSyncPath,
    `${activeSyncPath}?`,
    `${activeSyncPath}?User=a`,
    `${activeSyncPath}?Cmd=Sync&User=%`,
    `${packed}=`,
  ])('refuses the query of %s with 400, and says why', (url) => {
    const read = readRequest(post(url, { 'MS-ASProtocolVersion': '14.1' }));
    expect(read).toMatchObject(refusal('BadQuery'));
    expect(read).toMatchObject({ error: { status: 400, problem: { code: 'ERR_QUERY_SYNTAX' } } });
  });
});

describe('readTarget', () => {
  it('has what stands behind the first question mark for the query', () => {
    const path = fc.oneof(fc.constantFrom('', activeSyncPath), text).filter((path) => !path.includes('?'));
    fc.assert(
      fc.property(path, fc.oneof(fc.constant('Cmd=Sync'), text), (path, query) => {
        expect(readTarget(`${path}?${query}`).query).toEqual(parseQuery(query));
      }),
    );
  });

  it('has the empty query without a question mark', () => {
    expect(readTarget(activeSyncPath)).toEqual({ isOurs: true, query: parseQuery('') });
  });
});
