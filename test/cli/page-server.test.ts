/** Who gets what of a page's server, over real sockets. */
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createJournal } from '../../src/cli/page-journal.js';
import { ask, bearer, note, readLines, startPage, token } from './page.js';

test('it listens on the loopback only, on a port that is free', async () => {
  const { origin } = await startPage();
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
});

test.skipIf(process.platform !== 'linux')('no other address of this host leads to it', async () => {
  const { port } = await startPage();
  await expect(ask({ port, host: '127.0.0.2' }, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a port that is taken is the system’s error', async () => {
  const { port } = await startPage();
  await expect(startPage({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

describe('the files', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
    ['/?theme=dark', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
    ['/main.js', 'text/javascript; charset=utf-8', 'void 0;'],
  ])('%s', async (path, type, body) => {
    const answer = await ask(await startPage(), path);
    expect(answer).toMatchObject({ status: 200, body, headers: { 'content-type': type } });
  });

  test('HEAD has the head of GET, and no body', async () => {
    const page = await startPage();
    const got = await ask(page, '/main.js');
    const asked = await ask(page, '/main.js', { method: 'HEAD' });
    expect(asked).toMatchObject({ status: 200, body: '' });
    const { date: _, ...fields } = got.headers;
    expect(asked.headers).toMatchObject(fields);
  });

  test('are not sent again to who has them', async () => {
    const page = await startPage();
    const { headers } = await ask(page, '/main.js');
    expect(headers.etag).toMatch(/^"[\w-]{43}"$/);
    const again = await ask(page, '/main.js', { headers: { 'If-None-Match': headers.etag ?? '' } });
    expect(again).toMatchObject({ status: 304, body: '' });
    expect((await ask(page, '/', { headers: { 'If-None-Match': headers.etag ?? '' } })).status).toBe(200);
  });

  test.each([
    '/package.json',
    '/../package.json',
    '/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/main.js/../../package.json',
    '/./main.js',
    '//main.js',
    '/main.js%00',
    '/main%2ejs',
    'http://127.0.0.1/main.js',
    '/main.d.ts',
    '/entries/',
    '/stately',
    '/constructor',
    '/__proto__',
  ])('%s is none of them', async (path) => {
    const answer = await ask(await startPage(), path);
    expect(answer).toMatchObject({ status: 404, body: '' });
  });
});

describe('every answer', () => {
  test.each([
    ['/', {}, 200],
    ['/nothing', {}, 404],
    ['/entries', {}, 401],
    ['/', { method: 'POST' }, 405],
  ])('to %s %o says what the page may load', async (path, options, status) => {
    const page = await startPage();
    const { headers, ...answer } = await ask(page, path, options);
    expect(answer.status).toBe(status);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        `connect-src 'self' ws://127.0.0.1:${page.port}; ` +
        "frame-ancestors http://127.0.0.1:* http://localhost:*; base-uri 'none'; form-action 'none'",
    );
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('names the server by the name that the page came under', async () => {
    const { headers } = await ask(await startPage(), '/', { headers: { Host: 'localhost:7449' } });
    expect(headers['content-security-policy']).toContain(' ws://localhost:7449;');
  });
});

describe('a Host that does not name the loopback is refused, whatever else is right', () => {
  test.each([
    'example.com',
    'example.com:7449',
    '127.0.0.1.example.com',
    'localhost.example.com',
    '0.0.0.0',
    '192.168.1.1',
    'localhost; script-src *',
  ])('%s', async (host) => {
    const page = await startPage();
    for (const path of ['/', '/main.js', '/entries', '/nothing'])
      expect((await ask(page, path, { headers: { Host: host, ...bearer } })).status).toBe(403);
  });

  test('none at all, as before HTTP 1.1', async () => {
    const { port } = await startPage();
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    for await (const data of socket.setEncoding('utf8').on('connect', () => socket.write('GET / HTTP/1.0\r\n\r\n')))
      answer += data;
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  test.each(['localhost', 'LOCALHOST:7449', '127.0.0.1', '127.0.0.2:80', '[::1]:7449'])('but not %s', async (host) => {
    expect((await ask(await startPage(), '/', { headers: { Host: host } })).status).toBe(200);
  });
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is not allowed anywhere', async (method) => {
  const page = await startPage();
  for (const path of ['/', '/entries', '/nothing']) {
    const answer = await ask(page, path, { method, headers: bearer });
    expect(answer).toMatchObject({ status: 405, body: '', headers: { allow: 'GET, HEAD' } });
  }
});

describe('/entries', () => {
  test.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['another token', { Authorization: 'Bearer another' }],
    ['half of it', { Authorization: `Bearer ${token.slice(0, 20)}` }],
    ['another scheme', { Authorization: `Basic ${token}` }],
    ['none after the scheme', { Authorization: 'Bearer ' }],
  ])('with %s is refused', async (_what, headers) => {
    const page = await startPage();
    page.journal.append(note('secret'));
    const answer = await ask(page, `/entries?token=${token}`, { headers });
    expect(answer).toMatchObject({ status: 401, body: '', headers: { 'www-authenticate': 'Bearer' } });
  });

  test('is not there where nothing is watched', async () => {
    expect((await ask(await startPage({ shown: null }), '/entries', { headers: bearer })).status).toBe(404);
  });

  test('begins with what it is, goes on with what was, and then with what comes', async () => {
    const { origin, journal } = await startPage();
    journal.append(note('one'), note('two'));
    const lines = await readLines(`${origin}/entries`);
    expect(await lines.take(3)).toEqual([{ mode: 'watch', title: 'a server' }, note('one'), note('two')]);
    journal.append(note('three'));
    expect(await lines.take(1)).toEqual([note('three')]);
    journal.end();
    expect(await lines.take(1)).toEqual([]);
  });

  test('is kept by nobody, and is lines of JSON', async () => {
    const page = await startPage();
    const { headers, body } = await ask(page, '/entries', { method: 'HEAD', headers: bearer });
    expect(headers).toMatchObject({ 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    expect(body).toBe('');
  });

  test('of a replay ends after the last entry', async () => {
    const journal = createJournal();
    journal.append(note('one'));
    journal.end();
    const page = await startPage({ shown: { mode: 'replay', title: 'a file', journal } });
    const { body } = await ask(page, '/entries', { headers: bearer });
    expect(body.split('\n')).toEqual(['{"mode":"replay","title":"a file"}', JSON.stringify(note('one')), '']);
  });

  test('goes to many readers at once, and goes on when some leave', async () => {
    const { origin, journal } = await startPage();
    const readers = await Promise.all(Array.from({ length: 20 }, () => readLines(`${origin}/entries`)));
    for (const lines of readers) await lines.take(1);
    await Promise.all(readers.slice(0, 10).map((lines) => lines.stop()));
    journal.append(note('one'));
    for (const lines of readers.slice(10)) expect(await lines.take(1)).toEqual([note('one')]);
  });

  test('has room again once a reader has left', async () => {
    const page = await startPage();
    const readers = await Promise.all(Array.from({ length: 32 }, () => readLines(`${page.origin}/entries`)));
    expect((await ask(page, '/entries', { headers: bearer })).status).toBe(503);
    await readers[0]?.stop();
    const again = async () => (await ask(page, '/entries', { method: 'HEAD', headers: bearer })).status;
    await expect.poll(again, { timeout: 10_000 }).toBe(200);
  });

  test('lets go of a reader that does not keep up, and of no other', async () => {
    const journal = createJournal({ entries: 50, characters: Number.POSITIVE_INFINITY });
    const page = await startPage({ journal });
    const quick = await readLines(`${page.origin}/entries`);
    await quick.take(1);
    const slow = connect(Number(page.port), '127.0.0.1');
    slow.write(`GET /entries HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    await new Promise((resolve) => slow.once('data', resolve));
    slow.pause();
    const long = 'x'.repeat(256 * 1024);
    for (let at = 0; at < 200; at++) {
      journal.append(note(long, at));
      expect(await quick.take(1)).toEqual([note(long, at)]);
    }
    slow.resume();
    let size = 0;
    slow.on('data', (data) => {
      size += data.length;
    });
    await new Promise((resolve) => slow.once('close', resolve));
    expect(size).toBeLessThan(150 * long.length);
  });
});

test('closing ends what would go on, and leaves nothing open', async () => {
  const { origin, close, port } = await startPage();
  const lines = await readLines(`${origin}/entries`);
  await lines.take(1);
  await close();
  await expect(lines.take(1)).rejects.toThrow();
  await expect(ask({ port }, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
