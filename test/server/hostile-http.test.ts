/**
 * HTTP as an attacker writes it, over real sockets. Each request has the right password and a body that would be written
 * down if it came whole: so that what is stored tells whether any of it was carried out.
 */
import { once } from 'node:events';
import { createServer, type ServerOptions as NodeOptions, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { provisionRequest } from '../../src/codec/index.js';
import { basicCredentials } from '../../src/http/index.js';
import { recordKey } from '../../src/server/record.js';
import { createMemoryStore } from '../../src/server/store.js';
import { type MountOptions, toNodeListener } from '../../src/server/to-node-listener.js';
import { credentials, deviceOf } from '../support/device.js';
import { heldBytes } from '../support/heap.js';
import { serverUnderTest } from '../support/server.js';
import { crowd } from './support/crowd.js';
import { dial } from './support/dial.js';

const MAX_BODY = 4096;
/** It is about 3,700, most of it Node’s own. */
const BYTES_PER_CONNECTION = 8192;
/** Where the provisioned device is stored. */
const GOOD = recordKey({ user: credentials.user, deviceId: 'GOOD' });

/** A server with one provisioned device, what is stored of it, and a way to see that it is still served. */
async function besieged({ bodyTimeout = 60 }: MountOptions = {}, nodeOptions: NodeOptions = {}) {
  const store = createMemoryStore();
  const { server, exchanges } = serverUnderTest({ store, maxBody: MAX_BODY });
  const key = await deviceOf(server, { deviceId: 'GOOD' }).settle();
  const node = createServer(nodeOptions, toNodeListener(server, { bodyTimeout }));
  const sockets: Socket[] = [];
  node.on('connection', (socket) => void sockets.push(socket));
  node.listen(0, '127.0.0.1');
  await once(node, 'listening');
  onTestFinished(async () => {
    node.closeAllConnections();
    await new Promise((resolve) => node.close(resolve));
  });
  const { port } = node.address() as AddressInfo;
  const stored = () => JSON.stringify([store.get(GOOD), store.size]);
  await deviceOf(server, { deviceId: 'GOOD', key }).folderSync();
  const before = stored();
  return {
    node,
    port,
    sockets,
    exchanges,
    /** Nothing was written, and who was admitted still is, over a connection of its own. */
    async expectUnharmed() {
      expect(stored()).toBe(before);
      const client = dial(port);
      client.write(whole('GOOD', key, 'Cmd=FolderSync'));
      expect(await client.until(/\r\n\r\n[\s\S]+/)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
      client.socket.destroy();
      expect(exchanges.at(-1)).toMatchObject({ deviceId: 'GOOD', command: 'FolderSync', reason: null });
      expect(stored()).toBe(before);
    },
  };
}

/** As latin1, byte for byte. */
const initial = bytesOf(
  provisionRequest.encode({
    deviceInformation: { Model: 'Hostile' },
    policies: [{ policyType: 'MS-EAS-Provisioning-WBXML' }],
  }),
);
const authorization = basicCredentials.encode(credentials);

function head(fields: readonly string[], deviceId = 'EVIL', key = '0', command = 'Cmd=Provision'): string {
  return [
    `POST /Microsoft-Server-ActiveSync?${command}&User=user&DeviceId=${deviceId}&DeviceType=SP HTTP/1.1`,
    'Host: mail.example.test',
    'MS-ASProtocolVersion: 14.1',
    `X-MS-PolicyKey: ${key}`,
    `Authorization: ${authorization.ok ? authorization.value : ''}`,
    ...fields,
    '',
    '',
  ].join('\r\n');
}

function whole(deviceId: string, key: string, command: string): string {
  return head(['Content-Length: 0'], deviceId, key, command);
}

function bytesOf(encoded: ReturnType<typeof provisionRequest.encode>): string {
  if (!encoded.ok) throw new Error(encoded.error.message);
  return String.fromCharCode(...encoded.value);
}

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const { length } = initial;
const chunked = head(['Transfer-Encoding: chunked']);
const almost = head([`Content-Length: ${length}`]) + initial.slice(0, -1);

test('the body of these attacks is one that would be written down', async () => {
  const { port, exchanges } = await besieged();
  const client = dial(port);
  client.write(head([`Content-Length: ${length}`]) + initial);
  await client.until(/\r\n\r\n[\s\S]+/);
  expect(exchanges.at(-1)).toMatchObject({ deviceId: 'EVIL', events: ['PolicyOffered'] });
  client.socket.destroy();
});

/** What is sent, what comes back before the connection is over, and whether the client ends its side. */
const attacks: readonly (readonly [what: string, sent: string, answer: RegExp, end: 'ends' | 'stays'])[] = [
  [
    'a body shorter than announced, and the end',
    head([`Content-Length: ${length + 1}`]) + initial,
    /^(?!.* 200 )/s,
    'ends',
  ],
  [
    'a body shorter than announced, and silence',
    head([`Content-Length: ${length + 1}`]) + initial,
    /^HTTP\/1.1 408 /,
    'stays',
  ],
  ['no body at all, though announced', head([`Content-Length: ${length}`]), /^HTTP\/1.1 408 /, 'stays'],
  [
    'two lengths',
    head([`Content-Length: ${length}`, `Content-Length: ${length + 1}`]) + initial,
    /^HTTP\/1.1 400 /,
    'stays',
  ],
  ['two lengths in one', head([`Content-Length: ${length}, ${length}`]) + initial, /^HTTP\/1.1 400 /, 'stays'],
  ['a length that is no number', head(['Content-Length: 0x10']) + initial, /^HTTP\/1.1 400 /, 'stays'],
  ['a negative length', head(['Content-Length: -1']) + initial, /^HTTP\/1.1 400 /, 'stays'],
  [
    'a length of more than can be',
    head([`Content-Length: ${'9'.repeat(30)}`]) + initial,
    /^HTTP\/1.1 4(?:00|13) /,
    'stays',
  ],
  [
    'a length and chunks',
    head([`Content-Length: ${length}`, 'Transfer-Encoding: chunked']) + initial,
    /^HTTP\/1.1 400 /,
    'stays',
  ],
  ['a chunk that never ends', chunked + chunk(initial), /^HTTP\/1.1 408 /, 'stays'],
  ['a chunk size that is no number', `${chunked}zz\r\n${initial}\r\n0\r\n\r\n`, /^HTTP\/1.1 400 /, 'stays'],
  ['a chunk that is longer than its size', `${chunked}1\r\n${initial}\r\n0\r\n\r\n`, /^HTTP\/1.1 400 /, 'stays'],
  ['a chunk of more than memory', `${chunked}FFFFFFFF\r\n${initial}`, /^HTTP\/1.1 4(?:00|08|13) /, 'stays'],
  ['chunks, and half of the last one', `${chunked}${chunk(initial)}0`, /^(?!.* 200 )/s, 'ends'],
  ['an encoding that nobody knows', head(['Transfer-Encoding: gzip']) + initial, /^HTTP\/1.1 400 /, 'stays'],
  ['a head that folds', head([`Content-Length:`, ` ${length}`]) + initial, /^HTTP\/1.1 (?:400|408) /, 'stays'],
  ['a head without end', `${head([]).slice(0, -4)}\r\nX-Fill: ${'x'.repeat(20_000)}\r\n`, /^HTTP\/1.1 431 /, 'stays'],
  ['a body beyond the limit', head([`Content-Length: ${MAX_BODY + 1}`]), /^HTTP\/1.1 413 /, 'stays'],
  ['chunks beyond the limit', chunked + chunk('x'.repeat(1024)).repeat(5), /^HTTP\/1.1 413 /, 'stays'],
  ['half a request line', 'POST /Microsoft-Server-ActiveSync?Cmd=Prov', /^(?!.* 200 )/s, 'ends'],
  ['a version of HTTP that is none', head([]).replace('HTTP/1.1', 'HTTP/9.9') + initial, /^HTTP\/1.1 400 /, 'stays'],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^HTTP\/1.1 400 /, 'stays'],
];

test.each(attacks)('%s: nothing is carried out, and others are served', async (_what, sent, answer, end) => {
  const site = await besieged();
  const client = dial(site.port);
  if (end === 'ends') client.socket.end(sent, 'latin1');
  else client.write(sent);
  await site.expectUnharmed();
  expect(await client.closed).toMatch(answer);
  await site.expectUnharmed();
});

test('a length that is too short: what is read is cut off, and the rest is no request', async () => {
  const site = await besieged();
  const client = dial(site.port);
  client.write(head([`Content-Length: ${length - 1}`]) + initial);
  // Node refuses the rest at once, and the answer to what came before may not be out yet.
  expect(await client.closed).toMatch(/HTTP\/1.1 400 [\s\S]*$/);
  const evil = site.exchanges.filter(({ deviceId }) => deviceId === 'EVIL');
  expect(evil).toMatchObject([{ reason: 'InvalidWBXML' }]);
  await site.expectUnharmed();
});

test('heads that never end are ended by the host’s server, and do not stand in the way meanwhile', async () => {
  const timeouts = { headersTimeout: 60, requestTimeout: 80, connectionsCheckingInterval: 10 };
  const site = await besieged({}, timeouts);
  const clients = Array.from({ length: 50 }, () => {
    const client = dial(site.port);
    client.write(head([]).slice(0, -4));
    return client;
  });
  await site.expectUnharmed();
  const answers = await Promise.all(clients.map(({ closed }) => closed));
  expect(new Set(answers.map((text) => text.slice(0, 12)))).toEqual(new Set(['HTTP/1.1 408']));
  await site.expectUnharmed();
});

test('bodies that never end, a hundred at once: each is 408, each connection is over', async () => {
  const site = await besieged({ bodyTimeout: 150 });
  const clients = Array.from({ length: 100 }, () => {
    const client = dial(site.port);
    client.write(head([`Content-Length: ${length}`]) + initial.slice(0, 3));
    return client;
  });
  await site.expectUnharmed();
  const answers = await Promise.all(clients.map(({ closed }) => closed));
  expect(answers.every((text) => text.startsWith('HTTP/1.1 408 '))).toBe(true);
  await site.expectUnharmed();
  await untilAlone(site.node);
});

test('a body without end is not taken in: a few buffers of it are read, whatever is sent', async () => {
  const site = await besieged();
  const client = dial(site.port);
  const more = chunk('x'.repeat(16_384));
  client.write(chunked);
  const pour = () => {
    while (!client.socket.destroyed && client.socket.write(more, 'latin1'));
  };
  client.socket.on('drain', pour);
  pour();
  expect(await client.closed).toMatch(/^HTTP\/1.1 413 /);
  const [socket] = site.sockets;
  expect(socket?.bytesRead).toBeLessThan(MAX_BODY + 512 * 1024);
  await site.expectUnharmed();
});

test('idle connections by the thousand: admitted traffic is served, memory is bounded, they are let go of', async () => {
  const site = await besieged({ bodyTimeout: 60_000 });
  let bodies = 0;
  site.node.on('request', ({ url }) => {
    if (url?.includes('EVIL')) bodies += 1;
  });
  await site.expectUnharmed();
  const before = heldBytes();
  // In turn nothing at all, half a request line, and a body that lacks its last byte.
  const idle = await crowd(site.port, 2000, ['', 'POST /Micro', almost]);
  while (bodies < Math.floor(idle.size / 3)) await new Promise((resolve) => setImmediate(resolve));
  for (let times = 0; times < 20; times++) await site.expectUnharmed();
  expect(site.sockets.filter(({ destroyed }) => !destroyed).length).toBeGreaterThanOrEqual(idle.size);
  expect((heldBytes() - before) / idle.size).toBeLessThan(BYTES_PER_CONNECTION);
  await idle.leave();
  await untilAlone(site.node);
  await site.expectUnharmed();
});

test('two hundred requests sent ahead: each has its answer, in order, and none does more than another', async () => {
  const site = await besieged();
  const client = dial(site.port);
  const keys = Array.from({ length: 200 }, (_, at) => String(900_000 + at));
  client.socket.end(keys.map((key) => whole('GOOD', key, 'Cmd=FolderSync')).join(''), 'latin1');
  const statuses = (await client.closed).match(/HTTP\/1.1 \d+/g);
  expect(statuses).toEqual(keys.map(() => 'HTTP/1.1 200'));
  const asked = site.exchanges.slice(-200);
  expect(asked.map(({ policyKey }) => policyKey)).toEqual(keys);
  expect(asked.every(({ reason }) => reason === 'InvalidPolicyKey')).toBe(true);
  await site.expectUnharmed();
});

test('a request with something struck out, put in or doubled is carried out as a whole or not at all', async () => {
  const site = await besieged({ bodyTimeout: 20 });
  const honest = head([`Content-Length: ${length}`]) + initial;
  const damage = fc.record({ at: fc.nat(honest.length - 1), kind: fc.constantFrom('cut', 'drop', 'double', 'flip') });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, kind }) => {
      const [start, end] = [honest.slice(0, at), honest.slice(at)];
      const sent = {
        cut: start,
        drop: start + end.slice(1),
        double: start + (end[0] ?? '') + end,
        flip: start + String.fromCharCode((end.charCodeAt(0) ^ 1) & 0xff) + end.slice(1),
      }[kind];
      const count = site.exchanges.length;
      const client = dial(site.port);
      client.socket.end(sent, 'latin1');
      await client.closed;
      const offered = site.exchanges.slice(count).filter(({ events }) => events.includes('PolicyOffered'));
      expect(offered.length).toBeLessThanOrEqual(1);
      if (kind === 'cut') expect(offered).toEqual([]);
    }),
    { numRuns: 80 },
  );
});

/** Settles when no connection is left. */
async function untilAlone(node: Server): Promise<void> {
  for (;;) {
    const count = await new Promise<number>((resolve, reject) =>
      node.getConnections((error, open) => (error ? reject(error) : resolve(open))),
    );
    if (count === 0) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
