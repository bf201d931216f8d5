import { describe, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../src/http/index.js';
import { toFetch } from '../../src/server/to-fetch.js';
import { serverUnderTest } from '../support/server.js';

const url = 'https://mail.example.test/Microsoft-Server-ActiveSync?Cmd=Sync&User=u&DeviceId=D&DeviceType=SP';

/** A mount of a server that keeps what it is given. */
function mounted(answer: HttpResponse = { status: 200, headers: {}, body: new Uint8Array() }, maxBody = 8) {
  const requests: HttpRequest[] = [];
  const refused: unknown[] = [];
  const fetch = toFetch({
    maxBody,
    handle(request) {
      requests.push(request);
      return answer;
    },
    refuse({ method }, reason) {
      refused.push([method, reason]);
      return { status: 413, headers: {}, body: new Uint8Array() };
    },
  });
  return { fetch, requests, refused };
}

function post(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
) {
  return new Request(url, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
}

/** A body in pieces, which says whether its reader left before the end. */
function streamed(...pieces: readonly (Uint8Array | Error)[]) {
  const left = [...pieces];
  const seen = { isCancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else controller.enqueue(piece);
    },
    cancel() {
      seen.isCancelled = true;
    },
  });
  return { stream, seen };
}

describe('a request within the cap', () => {
  test('is handed on whole: method, URL, headers, body', async () => {
    const { fetch, requests } = mounted();
    const { stream } = streamed(Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(), Uint8Array.of(4, 5, 6, 7, 8));
    expect((await fetch(post(stream, { 'X-MS-PolicyKey': '7', 'Content-Length': '8' }))).status).toBe(200);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', url, headers: { 'x-ms-policykey': '7' } });
    expect([...(requests[0]?.body ?? [])]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('without a body is an empty one', async () => {
    const { fetch, requests } = mounted();
    await fetch(new Request(url, { method: 'OPTIONS' }));
    expect(requests[0]).toMatchObject({ method: 'OPTIONS', body: new Uint8Array() });
  });
});

describe('beyond the cap', () => {
  test('by Content-Length: 413, and the body is not read', async () => {
    const { fetch, requests, refused } = mounted();
    const { stream, seen } = streamed(new Uint8Array(9));
    const request = post(stream, { 'Content-Length': '9' });
    expect((await fetch(request)).status).toBe(413);
    expect([requests, refused, request.bodyUsed, seen.isCancelled]).toEqual([
      [],
      [['POST', 'BodyTooLarge']],
      false,
      false,
    ]);
  });

  test.each([undefined, '3', 'lots'])(
    'while streaming, whatever Content-Length says (%s): 413, and the rest is not taken',
    async (length) => {
      const { fetch, requests, refused } = mounted();
      const { stream, seen } = streamed(new Uint8Array(8), new Uint8Array(1), new Uint8Array(1));
      const response = await fetch(post(stream, length === undefined ? {} : { 'Content-Length': length }));
      expect([response.status, requests, refused]).toEqual([413, [], [['POST', 'BodyTooLarge']]]);
      expect(seen.isCancelled).toBe(true);
    },
  );

  test('the server that is mounted says so, and is heard to', async () => {
    const { server, exchanges } = serverUnderTest({ maxBody: 4 });
    expect((await toFetch(server)(post(new Uint8Array(5)))).status).toBe(413);
    expect(exchanges).toMatchObject([{ reason: 'BodyTooLarge', httpStatus: 413, method: 'POST' }]);
  });
});

test('a body that breaks off is 400, and no request', async () => {
  const { fetch, requests, refused } = mounted();
  const { stream } = streamed(Uint8Array.of(1), new Error('connection lost'));
  expect((await fetch(post(stream))).status).toBe(400);
  expect([requests, refused]).toEqual([[], []]);
});

describe('the answer', () => {
  test('has the status, the headers and the bytes it was given', async () => {
    const answer = { status: 200, headers: { 'X-MS-RP': '14.1' }, body: Uint8Array.of(3, 1, 106, 0) };
    const response = await mounted(answer).fetch(post('x'));
    expect([response.status, response.headers.get('X-MS-RP')]).toEqual([200, '14.1']);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(answer.body);
  });

  test.each([204, 304, 449, 503])('may be a bare %d', async (status) => {
    const response = await mounted({ status, headers: {}, body: new Uint8Array() }).fetch(post('x'));
    expect([response.status, response.body]).toEqual([status, null]);
  });

  test('may be a part of a larger buffer', async () => {
    const body = Uint8Array.of(9, 9, 1, 2, 9).subarray(2, 4);
    const response = await mounted({ status: 200, headers: {}, body }).fetch(post('x'));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(1, 2));
  });
});

test.each([
  ['a header that HTTP does not carry', { status: 200, headers: { 'X-A': 'a\nb' }, body: new Uint8Array() }],
  ['a body where there is none', { status: 204, headers: {}, body: Uint8Array.of(1) }],
])('%s is the host’s fault: 500', async (_case, answer) => {
  expect((await mounted(answer).fetch(post('x'))).status).toBe(500);
});
