/** How messages reach a page: a window, a frame, a WebSocket. */
import type { AddressInfo } from 'node:net';
import { createWebSocketReceiver, type StatelyInspectionEvent } from '@statelyai/inspect';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { start, step } from '../../machines/index.js';
import { createProvisioningInspector, type ProvisioningInspector } from '../../src/inspect/index.js';

/** More elements than the package's own serialization would leave of one. */
const policy = {
  DevicePasswordEnabled: true,
  MinDevicePasswordLength: 6,
  unknownElements: Array.from({ length: 15 }, (_, place) => ({ name: `Provision:0x${place}`, content: 'program' })),
};

function offer(inspector: ProvisioningInspector): void {
  const [before] = step(start('client'), { type: 'PolicyRequested' });
  const event = { type: 'PolicyOffered', policyKey: '4000000000', policy, revision: null } as const;
  const [after, effects] = step(before, event);
  inspector.attach('phone', before)({ before, event, after, effects });
}

const told = [
  '@xstate.actor',
  '@xstate.actor',
  '@xstate.actor',
  '@xstate.event PolicyOffered',
  '@xstate.snapshot PolicyOffered',
  '@xstate.event ApplyPolicy',
];

function heard(messages: readonly StatelyInspectionEvent[]): readonly string[] {
  return messages.map((message) => ('event' in message ? `${message.type} ${message.event.type}` : message.type));
}

/** As much of a window as opens another. */
function fakeWindow() {
  const opened: { readonly url: string; readonly messages: StatelyInspectionEvent[] }[] = [];
  const listeners: ((event: { readonly data: unknown }) => void)[] = [];
  return {
    opened,
    open(url: string) {
      const messages: StatelyInspectionEvent[] = [];
      opened.push({ url, messages });
      return { postMessage: (message: StatelyInspectionEvent) => void messages.push(structuredClone(message)) };
    },
    addEventListener: (_: string, listener: (typeof listeners)[number]) => void listeners.push(listener),
    /** The page says that it is there. */
    connect() {
      for (const listener of listeners) listener({ data: { type: '@statelyai.connected' } });
    },
  };
}

describe('in a browser', () => {
  test.each([
    [{}, 'https://stately.ai/inspect'],
    [{ url: 'http://127.0.0.1:8080/#receive' }, 'http://127.0.0.1:8080/#receive'],
  ])('with %o the page is opened, and told everything once it is there', (place, url) => {
    const window = fakeWindow();
    const inspector = createProvisioningInspector({ ...place, window, reveal: ['policy'] });
    offer(inspector);
    expect(window.opened).toEqual([{ url, messages: [] }]);
    window.connect();
    const messages = window.opened[0]?.messages ?? [];
    expect(heard(messages)).toEqual(told);
    expect(messages[4]).toMatchObject({ snapshot: { context: { policyKey: 'K1', pending: { policy } } } });
    inspector.stop();
    expect(messages.at(-1)).toEqual({ type: '@statelyai.disconnected' });
    offer(inspector);
    expect(messages).toHaveLength(told.length + 1);
  });

  test('a frame is shown the page instead', () => {
    const window = fakeWindow();
    const messages: StatelyInspectionEvent[] = [];
    const contentWindow = { postMessage: (message: StatelyInspectionEvent) => void messages.push(message) };
    const attributes: string[][] = [];
    const iframe = {
      contentWindow,
      addEventListener: (_: string, loaded: () => void) => loaded(),
      setAttribute: (...given: string[]) => void attributes.push(given),
    };
    const url = 'http://127.0.0.1:8080/#receive';
    offer(createProvisioningInspector({ url, window, iframe }));
    window.connect();
    expect([attributes, window.opened]).toEqual([[['src', url]], []]);
    expect(heard(messages)).toEqual(told);
  });

  test('without a window there is nothing to open a page from', () => {
    expect(() => createProvisioningInspector()).toThrow(/^url: expected ws or wss/);
    expect(() => createProvisioningInspector({ url: 'http://127.0.0.1' })).toThrow(TypeError);
  });
});

describe('over a WebSocket', () => {
  let server: WebSocketServer | null = null;
  afterEach(() => server?.close());

  test('a page is told everything, through a server that only passes it on', async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    const receivers = new Set<WebSocket>();
    const paths: string[] = [];
    const early: string[] = [];
    server.on('connection', (socket, { url = '' }) => {
      paths.push(url);
      if (url.startsWith('/stately/receive')) receivers.add(socket);
      for (const text of early) if (receivers.has(socket)) socket.send(text);
      socket.on('message', (data) => {
        early.push(String(data));
        for (const receiver of receivers) receiver.send(String(data));
      });
    });
    await vi.waitUntil(() => server?.address());
    const { port } = server.address() as AddressInfo;
    const messages: StatelyInspectionEvent[] = [];
    const receiver = createWebSocketReceiver({ server: `ws://127.0.0.1:${port}/stately/receive?token=T` });
    receiver.subscribe((message) => void messages.push(message));

    const inspector = createProvisioningInspector({ url: `ws://127.0.0.1:${port}/stately?token=T` });
    offer(inspector);
    await vi.waitUntil(() => messages.length >= told.length);
    expect(heard(messages)).toEqual(told);
    expect(paths.sort()).toEqual(['/stately/receive?token=T', '/stately?token=T']);
    expect(JSON.stringify(messages)).not.toMatch(/4000000000|program/);

    offer(inspector);
    await vi.waitUntil(() => messages.length >= 2 * told.length);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
    inspector.stop();
    await vi.waitUntil(() => server?.clients.size === 1);
    for (const socket of receivers) socket.terminate();
  });
});
