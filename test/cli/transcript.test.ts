import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordOf } from '../../src/cli/transcript.js';
import { showTranscript } from '../../src/cli/transcript-view.js';
import { base64Query } from '../../src/http/index.js';
import { fromHex } from '../support/hex.js';
import { spellingsOf } from './spellings.js';

const folderSync = fromHex('03 01 6A 00 00 07 56 52 03 30 00 01 01');
const post = { method: 'POST', url: '/Microsoft-Server-ActiveSync?Cmd=FolderSync&User=lab&DeviceId=d1&DeviceType=SP' };
const response = { status: 200, headers: { 'Content-Type': 'application/vnd.ms-sync.wbxml' }, body: folderSync };

describe('a record', () => {
  test('has the request line, the fields of the query, the headers in order and the bodies', () => {
    const request = { ...post, headers: { Host: 'a.test', 'X-MS-PolicyKey': '0' }, body: folderSync };
    const xml = '<FolderSync xmlns="FolderHierarchy">\n  <SyncKey>0</SyncKey>\n</FolderSync>';
    expect(recordOf(7, 'test', request, response)).toEqual({
      seq: 7,
      client: 'test',
      req: {
        line: `POST ${post.url} HTTP/1.1`,
        query: { form: 'plain', cmd: 'FolderSync', user: 'lab', deviceId: 'd1', deviceType: 'SP' },
        headers: [
          ['Host', 'a.test'],
          ['X-MS-PolicyKey', '0'],
        ],
        bodyHex: '03016a00000756520330000101',
        xml,
      },
      res: {
        status: 200,
        headers: [['Content-Type', 'application/vnd.ms-sync.wbxml']],
        bodyHex: '03016a00000756520330000101',
        xml,
      },
    });
  });

  test('of an absolute URL has the line that went over the wire', () => {
    const request = { ...post, url: `http://a.test:8080${post.url}`, headers: {}, body: new Uint8Array() };
    expect(recordOf(1, 'test', request, response).req.line).toBe(`POST ${post.url} HTTP/1.1`);
  });

  test('tells the form of the query, readable or not', () => {
    const packed = base64Query.encode({
      form: 'base64',
      command: 'Ping',
      protocolVersion: '14.1',
      locale: 0x0409,
      deviceId: 'd1',
      deviceType: 'SP',
      policyKey: '5',
      parameters: {},
      others: [],
    });
    const formOf = (query: string) =>
      recordOf(1, 'test', { method: 'POST', url: `/x${query}`, headers: {}, body: folderSync }, response).req.query;
    expect(formOf('')).toEqual({ form: 'none' });
    expect(formOf('?%')).toEqual({ form: 'unreadable' });
    expect(formOf(`?${packed.ok ? packed.value : ''}`)).toEqual({
      form: 'base64',
      cmd: 'Ping',
      deviceId: 'd1',
      deviceType: 'SP',
    });
  });

  test('of a body that is no WBXML has its bytes and no XML', () => {
    const request = { ...post, headers: {}, body: fromHex('DE AD') };
    expect(recordOf(1, 'test', request, response).req).toMatchObject({ bodyHex: 'dead' });
    expect(recordOf(1, 'test', request, response).req).not.toHaveProperty('xml');
  });

  test('never holds credentials or cookies, in whatever letter case the header came', () => {
    const name = fc.constantFrom('Authorization', 'authorization', 'AUTHORIZATION', 'Cookie', 'Proxy-Authorization');
    const scheme = fc.constantFrom('', 'Basic ', 'basic ', 'Bearer ', 'Custom ', 'Negotiate ');
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
    fc.assert(
      fc.property(name, scheme, secret, (header, before, token) => {
        const request = { ...post, headers: { [header]: `${before}${token}` }, body: folderSync };
        const answer = { ...response, headers: { 'Set-Cookie': token } };
        const text = JSON.stringify(recordOf(1, 'test', request, answer));
        for (const spelling of spellingsOf(token)) expect(text).not.toContain(spelling);
      }),
    );
  });

  test('keeps the scheme of what it leaves out', () => {
    const request = { ...post, headers: { authorization: 'Basic bGFiOng=' }, body: folderSync };
    expect(recordOf(1, 'test', request, response).req.headers).toEqual([['authorization', 'Basic ***']]);
  });

  test('is read back by the view of transcripts', () => {
    const line = JSON.stringify(recordOf(7, 'test', { ...post, headers: {}, body: folderSync }, response));
    const shown = showTranscript(line, (body) => ({ ok: true, value: `${body.length} bytes` }));
    expect(shown).toEqual({ ok: true, value: `#7 POST ${post.url} HTTP/1.1\n  13 bytes\n#7 HTTP 200\n  13 bytes` });
  });
});
