import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transport, TransportResponse } from '../../src/client/ports.js';
import { transmit, within } from '../../src/client/transmit.js';
import { virtualClock } from './support/clock.js';

const request = { method: 'POST', url: 'https://a/', headers: { A: 'b' }, body: Uint8Array.of(1) };
const { signal } = new AbortController();

function send(response: unknown, limit = 100) {
  return transmit(async () => response as TransportResponse, request, limit, signal);
}

function streamOf(chunks: readonly Uint8Array[], cancelled = () => {}): TransportResponse['body'] {
  const left = [...chunks];
  const read = async () => ({ done: left.length === 0, value: left.shift() });
  return { getReader: () => ({ read, cancel: async () => cancelled() }) };
}

describe('transmit', () => {
  test('the fetch of the platform is a transport', () => {
    const transport: Transport = fetch;
    expect(transport).toBe(fetch);
  });

  test('gives what the platform would give: names in lower case, values joined, bytes as they came', async () => {
    const headers = new Headers([
      ['Retry-After', '3'],
      ['X-Two', 'a'],
      ['X-Two', 'b'],
    ]);
    expect(await send(new Response(Uint8Array.of(1, 2, 3), { status: 503, headers }))).toEqual({
      ok: true,
      value: { status: 503, headers: { 'retry-after': '3', 'x-two': 'a, b' }, body: Uint8Array.of(1, 2, 3) },
    });
  });

  test('joins what the platform does not: cookies, and names that differ in case', async () => {
    const cookies = new Headers([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]);
    expect(await send(new Response(null, { headers: cookies }))).toMatchObject({
      value: { headers: { 'set-cookie': 'a=1, b=2' } },
    });
    const headers = new Map([
      ['X-Two', 'a'],
      ['x-two', 'b'],
    ]);
    expect(await send({ status: 200, headers, body: streamOf([]) })).toMatchObject({
      value: { headers: { 'x-two': 'a, b' } },
    });
  });

  test('hands over method, headers and body, and null for an empty body', async () => {
    const inits: unknown[] = [];
    const transport: Transport = async (url, init) => {
      inits.push([url, init]);
      return new Response(null);
    };
    await transmit(transport, request, 9, signal);
    await transmit(transport, { ...request, body: new Uint8Array() }, 9, signal);
    const init = { method: 'POST', headers: { A: 'b' }, body: Uint8Array.of(1), signal, redirect: 'manual' };
    expect(inits).toEqual([
      ['https://a/', init],
      ['https://a/', { ...init, body: null }],
    ]);
  });

  test('joins a body, however it is cut, and refuses one that is longer than the limit', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 100 }), async (chunks, limit) => {
        const whole = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
        const headers = new Headers();
        const arrayBuffer = async () => whole.buffer;
        const streamed = await send({ status: 200, headers, body: streamOf(chunks), arrayBuffer }, limit);
        const expected =
          whole.length > limit
            ? { ok: false, error: 'Malformed' }
            : { ok: true, value: { status: 200, headers: {}, body: whole } };
        expect(streamed).toEqual(expected);
        expect(await send({ status: 200, headers, arrayBuffer }, limit)).toEqual(expected);
      }),
    );
  });

  test.each([2, 3, 4])('takes a body that is just as long as the limit: 3 bytes, limit %i', async (limit) => {
    const bytes = Uint8Array.of(1, 2, 3);
    const expected = limit < 3 ? { ok: false, error: 'Malformed' } : { ok: true, value: { body: bytes } };
    const rest = { status: 200, headers: new Headers(), arrayBuffer: async () => bytes.buffer };
    expect(await send({ ...rest, body: streamOf([bytes]) }, limit)).toMatchObject(expected);
    expect(await send(rest, limit)).toMatchObject(expected);
  });

  test.each([{ done: true }, { done: true, value: Uint8Array.of(9) }, { done: false }])(
    'a stream is at its end when it says so or has nothing more: %o',
    async (last) => {
      const reads = [{ done: false, value: Uint8Array.of(1, 2) }];
      const body = { getReader: () => ({ read: async () => reads.shift() ?? last, cancel: async () => {} }) };
      expect(await send({ status: 200, headers: new Headers(), body })).toMatchObject({
        value: { body: Uint8Array.of(1, 2) },
      });
    },
  );

  test('stops reading at the limit', async () => {
    let isCancelled = false;
    const body = streamOf([new Uint8Array(60), new Uint8Array(60), new Uint8Array(60)], () => {
      isCancelled = true;
    });
    expect(await send({ status: 200, headers: new Headers(), body })).toEqual({ ok: false, error: 'Malformed' });
    expect(isCancelled).toBe(true);
  });

  test('never rejects, whatever the transport answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (response) => {
        const answer = await send(response);
        expect(answer.ok).toBe(false);
      }),
    );
    const thrown = await transmit(
      () => {
        throw new Error('at once');
      },
      request,
      9,
      signal,
    );
    expect(thrown).toEqual({ ok: false, error: 'Network' });
  });

  test.each([Number.NaN, -1, 200.5, '200'])('a status of %s is no answer', async (status) => {
    const response = { status, headers: new Headers(), arrayBuffer: async () => new ArrayBuffer(0) };
    expect(await send(response)).toEqual({ ok: false, error: 'Malformed' });
  });

  test('a status of 0 is an answer: a browser hides a redirect behind it', async () => {
    const hidden = { status: 0, headers: new Headers(), arrayBuffer: async () => new ArrayBuffer(0) };
    expect(await send(hidden)).toEqual({ ok: true, value: { status: 0, headers: {}, body: new Uint8Array() } });
  });
});

describe('within', () => {
  test('gives what work comes to, and leaves no sleeper behind', async () => {
    const clock = virtualClock();
    expect(await within(1000, clock, signal, async () => 7)).toBe(7);
    await clock.sleep(5);
    expect(clock.slept).toEqual([5]);
  });

  test('listens to who may call it off only as long as it lasts', async () => {
    const off = new AbortController();
    const listening: number[] = [];
    await within(1000, virtualClock(), off.signal, async () => {
      listening.push(getEventListeners(off.signal, 'abort').length);
    });
    listening.push(getEventListeners(off.signal, 'abort').length);
    expect(listening).toEqual([1, 0]);
  });

  test('gives up when time is over, and tells the work', async () => {
    const clock = virtualClock();
    let inside: AbortSignal | null = null;
    const outcome = await within(1000, clock, signal, (signal) => {
      inside = signal;
      return new Promise(() => {});
    });
    expect(outcome).toBe('Timeout');
    expect(inside).toMatchObject({ aborted: true });
    expect(clock.now()).toBe(1000);
  });

  test('gives up when called off, before or at once', async () => {
    const clock = virtualClock();
    const off = new AbortController();
    const outcome = within(1000, clock, off.signal, () => new Promise(() => {}));
    off.abort();
    expect(await outcome).toBe('Aborted');
    expect(await within(1000, clock, off.signal, () => Promise.reject(new Error('not begun')))).toBe('Aborted');
    expect(clock.now()).toBe(0);
  });

  test('a clock that breaks is a time that is over', async () => {
    const clock = {
      now: () => 0,
      sleep() {
        throw new Error('stopped');
      },
    };
    expect(await within(1, clock, signal, () => new Promise(() => {}))).toBe('Timeout');
  });
});
