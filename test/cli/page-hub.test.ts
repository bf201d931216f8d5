/** Programs and pages that speak Stately's protocol, as real WebSocket clients. */
import { connect } from 'node:net';
import { createWebSocketInspector, createWebSocketReceiver } from '@statelyai/inspect';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ClientOptions, type RawData, WebSocket } from 'ws';
import { ask, type StartedPage, startPage, token } from './page.js';

const producing = `/stately?token=${token}`;
const receiving = `/stately/receive?token=${token}`;

/** A WebSocket with what it is told from the first moment on. */
class Peer {
  readonly socket: WebSocket;
  readonly #messages: { readonly data: string | Buffer }[] = [];
  #tell = () => {};

  constructor(page: Pick<StartedPage, 'port'>, path: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(`ws://127.0.0.1:${page.port}${path}`, options);
    this.socket.on('message', (data: RawData, isBinary) => {
      this.#messages.push({ data: isBinary ? (data as Buffer) : String(data) });
      this.#tell();
    });
    onTestFinished(() => this.socket.terminate());
  }

  /** `open`, or the HTTP status that refused it. */
  admitted(): Promise<'open' | number> {
    return new Promise((resolve, reject) => {
      this.socket.once('open', () => resolve('open'));
      this.socket.once('unexpected-response', (request, response) => {
        request.destroy();
        resolve(response.statusCode ?? 0);
      });
      this.socket.once('error', reject);
    });
  }

  /** The next messages, once there are that many. */
  async take(count: number): Promise<readonly (string | Buffer)[]> {
    while (this.#messages.length < count)
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
      });
    return this.#messages.splice(0, count).map(({ data }) => data);
  }

  closed(): Promise<number> {
    return new Promise((resolve) => this.socket.once('close', resolve));
  }
}

async function opened(...args: ConstructorParameters<typeof Peer>): Promise<Peer> {
  const peer = new Peer(...args);
  expect(await peer.admitted()).toBe('open');
  return peer;
}

describe('is let in', () => {
  test.each([
    ['no token', '/stately', 401],
    ['another token', '/stately?token=another', 401],
    ['the token in another parameter', `/stately?key=${token}`, 401],
    ['a page without a token', '/stately/receive', 401],
    ['an unknown path', `/other?token=${token}`, 404],
    ['the path of the page itself', `/?token=${token}`, 404],
    ['the right token', producing, 'open'],
    ['a page with the right token', receiving, 'open'],
  ])('or not: %s', async (_what, path, admitted) => {
    expect(await new Peer(await startPage(), path).admitted()).toBe(admitted);
  });

  test.each([
    ['http://127.0.0.1:7449', 'open'],
    ['http://localhost:5173', 'open'],
    ['http://[::1]', 'open'],
    ['https://example.com', 403],
    ['http://localhost.example.com', 403],
    ['http://127.0.0.1@example.com', 403],
    ['null', 403],
    ['file://', 403],
  ])('or not: a browser that shows %s', async (origin, admitted) => {
    const page = await startPage();
    for (const path of [producing, receiving]) expect(await new Peer(page, path, { origin }).admitted()).toBe(admitted);
  });

  test('or not: under a name that resolves to the loopback', async () => {
    const page = await startPage();
    const headers = { Host: 'rebound.example.com' };
    for (const path of [producing, receiving]) expect(await new Peer(page, path, { headers }).admitted()).toBe(403);
  });

  test('and nobody where there is no hub', async () => {
    expect(await new Peer(await startPage({ isHub: false }), producing).admitted()).toBe(404);
  });

  test('with no more than 64 at once, and again when one has left', async () => {
    const page = await startPage();
    const peers = await Promise.all(Array.from({ length: 64 }, () => opened(page, receiving)));
    expect(await new Peer(page, receiving).admitted()).toBe(503);
    const [leaving] = peers;
    leaving?.socket.close();
    await leaving?.closed();
    expect(await new Peer(page, receiving).admitted()).toBe('open');
  });

  test('who asks for another protocol or hangs up harms nobody', async () => {
    const page = await startPage();
    const socket = connect(Number(page.port), '127.0.0.1');
    const head = `GET ${producing} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`;
    socket.end(head);
    await new Promise((resolve) => socket.resume().once('close', resolve));
    expect(await new Peer(page, producing).admitted()).toBe('open');
    expect((await ask(page, '/')).status).toBe(200);
  });
});

describe('what a producer says', () => {
  test('reaches every page, as it was said and in order', async () => {
    const page = await startPage();
    const pages = [await opened(page, receiving), await opened(page, receiving)];
    const producer = await opened(page, producing);
    const said = Array.from({ length: 100 }, (_, n) => ` {"n":${n} , "not":"parsed }`);
    for (const text of said) producer.socket.send(text);
    for (const receiver of pages) expect(await receiver.take(100)).toEqual(said);
  });

  test('reaches a page that comes later, before what is said then', async () => {
    const page = await startPage();
    const early = await opened(page, receiving);
    const producer = await opened(page, producing);
    producer.socket.send('actor');
    producer.socket.send(Buffer.from([0, 255]));
    await early.take(2);
    const late = await opened(page, receiving);
    producer.socket.send('snapshot');
    expect(await late.take(3)).toEqual(['actor', Buffer.from([0, 255]), 'snapshot']);
  });

  test('is there when the producer is gone', async () => {
    const page = await startPage();
    const early = await opened(page, receiving);
    const producer = await opened(page, producing);
    producer.socket.send('actor');
    await early.take(1);
    producer.socket.close();
    await producer.closed();
    expect(await (await opened(page, receiving)).take(1)).toEqual(['actor']);
  });

  test('may be a mebibyte, and not more: then it is cut off, and nobody else', async () => {
    const page = await startPage();
    const receiver = await opened(page, receiving);
    const [large, other] = [await opened(page, producing), await opened(page, producing)];
    const mebibyte = 'x'.repeat(1024 * 1024);
    large.socket.send(mebibyte);
    expect(await receiver.take(1)).toEqual([mebibyte]);
    large.socket.send(`${mebibyte}x`);
    expect(await large.closed()).toBe(1009);
    other.socket.send('after');
    expect(await receiver.take(1)).toEqual(['after']);
  });
});

test('a page that does not keep up is let go of, and no other', async () => {
  const page = await startPage();
  const [quick, slow] = [await opened(page, receiving), await opened(page, receiving)];
  const producer = await opened(page, producing);
  slow.socket.pause();
  const mebibyte = 'x'.repeat(1024 * 1024);
  for (let n = 0; n < 40; n++) {
    producer.socket.send(mebibyte);
    expect(await quick.take(1)).toEqual([mebibyte]);
  }
  slow.socket.resume();
  expect(await slow.closed()).toBe(1006);
  producer.socket.send('after');
  expect(await quick.take(1)).toEqual(['after']);
});

test('what a page says reaches nobody', async () => {
  const page = await startPage();
  const [one, other] = [await opened(page, receiving), await opened(page, receiving)];
  const producer = await opened(page, producing);
  one.socket.send('from a page');
  // The answer to a ping comes behind what was sent before it.
  await new Promise((resolve) => {
    one.socket.once('pong', resolve);
    one.socket.ping();
  });
  producer.socket.send('from a producer');
  expect(await other.take(1)).toEqual(['from a producer']);
  expect(await one.take(1)).toEqual(['from a producer']);
  expect(await (await opened(page, receiving)).take(1)).toEqual(['from a producer']);
});

test('closing the server closes them all', async () => {
  const page = await startPage();
  const peers = [await opened(page, receiving), await opened(page, producing)];
  const closed = Promise.all(peers.map((peer) => peer.closed()));
  await page.close();
  expect(await closed).toEqual([1006, 1006]);
});

test('the inspector and the receiver of Stately find each other through it', async () => {
  const { port } = await startPage();
  const inspector = createWebSocketInspector({ url: `ws://127.0.0.1:${port}${producing}` });
  onTestFinished(() => inspector.stop());
  inspector.actor('device', { value: 'Unprovisioned' });
  const receiver = createWebSocketReceiver({ server: `ws://127.0.0.1:${port}${receiving}` });
  const event = await new Promise((resolve) => receiver.subscribe(resolve));
  expect(event).toMatchObject({ type: '@xstate.actor', sessionId: 'device', snapshot: { value: 'Unprovisioned' } });
});
