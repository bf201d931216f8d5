import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../src/http/index.js';
import type { Awaitable } from '../../src/server/ports.js';
import { serverReasons } from '../../src/server/reasons.js';
import { toNodeListener } from '../../src/server/to-node-listener.js';
import { serverUnderTest } from '../support/server.js';
import { dial } from './support/dial.js';

const empty = new Uint8Array();
const ok: HttpResponse = { status: 200, headers: {}, body: empty };

/** A port on which a listener is served until the test is over, and the requests as Node sees them. */
async function serve(listener: RequestListener) {
  const arrived: [IncomingMessage, ServerResponse][] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    arrived.push([request, response]);
    waiting.shift()?.();
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  /** The next request, once its head is there. */
  const next = async () => {
    if (arrived.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    return arrived.shift()!;
  };
  return { port, next };
}

/** A mount that keeps what it is given and answers as told. */
function mount(answer: (request: HttpRequest) => Awaitable<HttpResponse> = () => ok, bodyTimeout?: number) {
  const requests: HttpRequest[] = [];
  const refused: unknown[] = [];
  const server = {
    maxBody: 8,
    handle(request: HttpRequest) {
      requests.push(request);
      return answer(request);
    },
    refuse({ method }: Pick<HttpRequest, 'method'>, reason: 'BodyTooLarge' | 'BodyTooSlow'): HttpResponse {
      refused.push([method, reason]);
      return { status: reason === 'BodyTooLarge' ? 413 : 408, headers: {}, body: empty };
    },
  };
  const listener = toNodeListener(server, bodyTimeout === undefined ? {} : { bodyTimeout });
  return { listener, requests, refused };
}

/** How often a timer of so many milliseconds was set, from now to the end of the test. */
function timersOf(milliseconds: number) {
  const spy = vi.spyOn(globalThis, 'setTimeout');
  onTestFinished(() => spy.mockRestore());
  return () => spy.mock.calls.filter(([, delay]) => delay === milliseconds).length;
}

function head(path: string, ...fields: readonly string[]): string {
  return [`POST ${path} HTTP/1.1`, 'Host: mail.example.test', ...fields, '', ''].join('\r\n');
}

function post(path: string, body = ''): string {
  return head(path, `Content-Length: ${body.length}`) + body;
}

const chunkedHead = (path: string) => head(path, 'Transfer-Encoding: chunked');
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const text = ({ body }: HttpRequest) => new TextDecoder().decode(body);
const echo = (request: HttpRequest): HttpResponse => ({ ...ok, headers: { 'X-Path': request.url } });

/** A new connection is served as if nothing had been. */
async function expectServing(port: number) {
  const fresh = dial(port);
  fresh.write(post('/fresh', 'fresh'));
  expect(await fresh.until(/\r\n\r\n/)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  fresh.socket.destroy();
}

describe('a request within the cap', () => {
  test('arrives whole, in however many pieces it comes', async () => {
    const { listener, requests } = mount();
    const { port, next } = await serve(listener);
    const client = dial(port);
    client.write(`${head('/eas?Cmd=Sync', 'X-MS-PolicyKey: 7', 'Content-Length: 8')}1234`);
    const [request] = await next();
    if (request.readableFlowing !== true) await once(request, 'resume');
    client.write('5678');
    expect(await client.until(/\r\n\r\n/)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(requests).toMatchObject([{ method: 'POST', url: '/eas?Cmd=Sync', headers: { 'x-ms-policykey': '7' } }]);
    expect(requests.map(text)).toEqual(['12345678']);
  });

  test('may be chunked', async () => {
    const { listener, requests } = mount();
    const { port } = await serve(listener);
    const client = dial(port);
    client.write(`${chunkedHead('/') + chunk('1234') + chunk('5678')}0\r\n\r\n`);
    await client.until(/\r\n\r\n/);
    expect(requests.map(text)).toEqual(['12345678']);
  });

  test('header fields are text, whatever a stranger sends', async () => {
    const { listener, requests } = mount();
    const { port } = await serve(listener);
    const client = dial(port);
    client.write(head('/', 'Set-Cookie: a', 'Set-Cookie: b', 'X-Two: a', 'X-Two: b', 'Content-Length: 0'));
    await client.until(/\r\n\r\n/);
    expect(requests[0]?.headers['x-two']).toBe('a, b');
    expect(Object.values(requests[0]?.headers ?? {}).every((value) => typeof value === 'string')).toBe(true);
  });

  test('that comes with its head needs no timer', async () => {
    const answers: ((answer: HttpResponse) => void)[] = [];
    const { listener } = mount(() => new Promise((resolve) => answers.push(resolve)), 12_345);
    const timers = timersOf(12_345);
    const { port } = await serve(listener);
    const client = dial(port);
    client.write(post('/', 'whole'));
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(timers()).toBe(0);
    answers[0]?.(ok);
    await client.until(/\r\n\r\n/);
    client.write(`${head('/', 'Content-Length: 8')}1234`);
    await vi.waitFor(() => expect(timers()).toBe(1));
  });

  test('nor does one whose client has gone before the listener was asked', async () => {
    const timers = timersOf(12_345);
    const { listener, requests, refused } = mount(() => ok, 12_345);
    const { port, next } = await serve(() => {});
    const client = dial(port);
    client.write(`${head('/', 'Content-Length: 8')}1234`);
    const [request, response] = await next();
    client.socket.destroy();
    await new Promise((resolve) => request.once('close', resolve));
    listener(request, response);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect([timers(), requests, refused]).toEqual([0, [], []]);
  });

  test('leaves the connection to the next', async () => {
    const { listener, requests } = mount(echo);
    const { port } = await serve(listener);
    const client = dial(port);
    client.write(post('/1', 'one'));
    await client.until(/X-Path: \/1\r\n[\s\S]*\r\n\r\n/);
    client.write(post('/2', 'two'));
    await client.until(/X-Path: \/2\r\n[\s\S]*\r\n\r\n/);
    expect(requests.map(text)).toEqual(['one', 'two']);
  });
});

describe('a body beyond the cap is 413, and ends the connection', () => {
  test('by Content-Length: before any of it came', async () => {
    const { listener, requests, refused } = mount();
    const { port } = await serve(listener);
    const client = dial(port);
    client.write(head('/', 'Content-Length: 9'));
    expect(await client.closed).toMatch(/^HTTP\/1.1 413 Payload Too Large\r\n[\s\S]*Connection: close\r\n/);
    expect([requests, refused]).toEqual([[], [['POST', 'BodyTooLarge']]]);
    await expectServing(port);
  });

  test('while streaming: before it is over', async () => {
    const { listener, requests, refused } = mount(() => ok, 12_345);
    const timers = timersOf(12_345);
    const { port } = await serve(listener);
    const client = dial(port);
    client.write(chunkedHead('/') + chunk('12345678') + chunk('9'));
    expect(await client.closed).toMatch(/^HTTP\/1.1 413 Payload Too Large\r\n[\s\S]*Connection: close\r\n/);
    expect(timers()).toBe(0);
    expect([requests, refused]).toEqual([[], [['POST', 'BodyTooLarge']]]);
    await expectServing(port);
  });

  test('while streaming: answered once, however much more comes', async () => {
    const { listener, requests, refused } = mount();
    const { port } = await serve(listener);
    const client = dial(port);
    client.write(`${chunkedHead('/') + chunk('123456789').repeat(3)}0\r\n\r\n`);
    expect((await client.closed).match(/HTTP\/1.1/g)).toHaveLength(1);
    expect([requests, refused]).toEqual([[], [['POST', 'BodyTooLarge']]]);
  });

  test('and its rest is not taken for a request', async () => {
    const { listener, requests } = mount();
    const { port } = await serve(listener);
    const client = dial(port);
    const smuggled = post('/smuggled');
    client.write(head('/', `Content-Length: ${smuggled.length}`) + smuggled);
    expect((await client.closed).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    expect(requests).toEqual([]);
  });
});

describe('a body that does not arrive in time is 408', () => {
  test.each([
    ['nothing of it', head('/', 'Content-Length: 8')],
    ['half of it', `${head('/', 'Content-Length: 8')}1234`],
    ['a chunk of it', chunkedHead('/') + chunk('1234')],
  ])('%s comes', async (_part, sent) => {
    const { listener, requests, refused } = mount(() => ok, 20);
    const { port } = await serve(listener);
    const client = dial(port);
    client.write(sent);
    expect(await client.closed).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n[\s\S]*Connection: close\r\n/);
    expect([requests, refused]).toEqual([[], [['POST', 'BodyTooSlow']]]);
    await expectServing(port);
  });

  test('the time is for the body, not for the answer', async () => {
    const answers: ((response: HttpResponse) => void)[] = [];
    const { listener, refused } = mount(({ url }) => (url === '/' ? new Promise((go) => answers.push(go)) : ok), 250);
    const { port, next } = await serve(listener);
    const waiting = dial(port);
    waiting.write(`${head('/', 'Content-Length: 8')}1234`);
    await next();
    waiting.write('5678');
    const slow = dial(port);
    slow.write(head('/slow', 'Content-Length: 8'));
    // Its time began later than that of the first, and is over.
    expect(await slow.closed).toMatch(/^HTTP\/1.1 408 /);
    answers[0]?.(ok);
    expect(await waiting.until(/\r\n\r\n/)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(refused).toHaveLength(1);
  });
});

describe('a connection that goes away leaves the server serving', () => {
  test('half-closed inside a body: no request', async () => {
    const { listener, requests, refused } = mount();
    const { port, next } = await serve(listener);
    const client = dial(port);
    client.write(`${head('/', 'Content-Length: 8')}1234`);
    await next();
    client.socket.end();
    expect(await client.closed).not.toMatch(/ 200 /);
    expect([requests, refused]).toEqual([[], []]);
    await expectServing(port);
  });

  test('half-closed after a whole request: answered', async () => {
    const { listener } = mount();
    const { port } = await serve(listener);
    const client = dial(port);
    client.socket.end(post('/', '1234'));
    expect(await client.closed).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  });

  test('destroyed inside a body: no request, and no answer', async () => {
    const { listener, requests, refused } = mount(() => ok, 250);
    const { port, next } = await serve(listener);
    const client = dial(port);
    client.write(`${head('/', 'Content-Length: 8')}1234`);
    const [request, response] = await next();
    const gone = new Promise((resolve) => request.once('close', resolve));
    client.socket.destroy();
    await gone;
    // Long enough for a time limit that was not taken back to run out.
    const slow = dial(port);
    slow.write(head('/slow', 'Content-Length: 8'));
    await slow.closed;
    expect([requests, refused, response.headersSent]).toEqual([[], [['POST', 'BodyTooSlow']], false]);
    await expectServing(port);
  });

  test('destroyed while the answer is made', async () => {
    const answers: ((response: HttpResponse) => void)[] = [];
    const { listener } = mount(({ url }) => (url === '/' ? new Promise((go) => answers.push(go)) : ok));
    const { port, next } = await serve(listener);
    const client = dial(port);
    client.write(post('/'));
    const [, response] = await next();
    const gone = new Promise((resolve) => response.once('close', resolve));
    client.socket.destroy();
    await gone;
    answers[0]?.({ ...ok, body: Uint8Array.of(1) });
    await expectServing(port);
    expect(response.headersSent).toBe(false);
  });
});

describe('requests sent ahead', () => {
  test('are answered in the order they were sent, whichever is done first', async () => {
    const paths = ['/0', '/1', '/2', '/3'];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(paths, { minLength: paths.length }), async (order) => {
        const answers = new Map<string, (response: HttpResponse) => void>();
        const { listener } = mount((request) => {
          const answer = new Promise<HttpResponse>((resolve) => answers.set(request.url, resolve));
          if (answers.size === paths.length) {
            for (const path of order) answers.get(path)?.({ ...ok, headers: { 'X-Path': path } });
          }
          return answer;
        });
        const { port } = await serve(listener);
        const client = dial(port);
        client.write(paths.map((path) => post(path, 'body')).join(''));
        const received = await client.until(/X-Path: \/3\r\n[\s\S]*\r\n\r\n/);
        expect(received.match(/(?<=X-Path: )\S+/g)).toEqual(paths);
        client.socket.destroy();
      }),
      { numRuns: 12 },
    );
  });
});

describe('the status line', () => {
  async function statusLine(status: number) {
    const { port } = await serve(mount(() => ({ ...ok, status })).listener);
    const client = dial(port);
    client.write(post('/'));
    const [line] = (await client.until(/\r\n\r\n/)).split('\r\n');
    client.socket.destroy();
    return line;
  }

  test('449 says what to do', async () => {
    expect(await statusLine(449)).toBe('HTTP/1.1 449 Retry after sending a PROVISION command');
  });

  test('every status the server answers with has its phrase', async () => {
    const statuses = new Set([200, ...Object.values(serverReasons).flatMap(({ http }) => http ?? [])]);
    for (const status of statuses) expect(await statusLine(status)).toMatch(/^HTTP\/1.1 \d{3} [A-Z][A-Za-z ]+$/);
  });

  test('one of the host’s own has the phrase of HTTP', async () => {
    expect(await statusLine(507)).toBe('HTTP/1.1 507 Insufficient Storage');
  });

  test('204 announces no length (RFC 9110 8.6)', async () => {
    const { port } = await serve(
      mount(() => ({ status: 204, headers: { 'X-MS-RP': '14.1' }, body: new Uint8Array() })).listener,
    );
    const client = dial(port);
    client.write(post('/'));
    const received = await client.until(/\r\n\r\n$/);
    expect(received).toMatch(/^HTTP\/1.1 204 No Content\r\n/);
    expect(received).not.toMatch(/Content-Length/i);
  });
});

test('the answer has its headers, its length and its bytes', async () => {
  const body = new TextEncoder().encode('answer');
  const { port } = await serve(mount(() => ({ status: 200, headers: { 'X-MS-RP': '14.1' }, body })).listener);
  const client = dial(port);
  client.write(post('/'));
  const received = await client.until(/answer$/);
  expect(received).toMatch(/X-MS-RP: 14.1\r\n/);
  expect(received).toMatch(/Content-Length: 6\r\n/);
});

describe('a body that is refused is observed with its reason', () => {
  test.each([
    ['BodyTooLarge', 413, 9],
    ['BodyTooSlow', 408, 8],
  ] as const)('%s', async (reason, status, length) => {
    const { server, exchanges } = serverUnderTest({ maxBody: 8 });
    const { port } = await serve(toNodeListener(server, { bodyTimeout: 20 }));
    const client = dial(port);
    client.write(head('/', `Content-Length: ${length}`));
    expect(await client.closed).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(exchanges).toMatchObject([{ reason, httpStatus: status, method: 'POST', user: null, state: null }]);
  });
});

test('a header that HTTP does not carry is the host’s fault, and ends nothing but its answer', async () => {
  const { port } = await serve(mount(() => ({ ...ok, headers: { 'X-A': 'a\nb' } })).listener);
  const peer = dial(port);
  peer.write(post('/bad'));
  expect(await peer.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 500 [\s\S]*\r\nContent-Length: 0\r\n/);
});

test('what was sent ahead behind a refused body is not carried out', async () => {
  const { listener, requests, refused } = mount();
  const { port } = await serve(listener);
  const peer = dial(port);
  peer.write(post('/long', 'ninebytes') + post('/ahead'));
  await peer.closed;
  expect(refused).toEqual([['POST', 'BodyTooLarge']]);
  expect(requests).toEqual([]);
});
