import { describe, expect, test } from 'vitest';
import { save, start, step } from '../../machines/index.js';
import { createProvisioningClient, type ProvisioningClientOptions } from '../../src/client/index.js';
import { type ProtocolVersion, versions } from '../../src/protocol/version.js';
import { folderSync, world } from './support/client.js';
import {
  commandReply,
  type Misbehavior,
  type PeerOptions,
  policy,
  provisionReply,
  type Received,
} from './support/peer.js';
import { openStore } from './support/store.js';

/** A world in which the server wants a wipe, and the device notes what it is asked. */
function doomed(
  scope: 'device' | 'account',
  { options = {}, ...peerOptions }: PeerOptions & { options?: Partial<ProvisioningClientOptions> } = {},
) {
  const log: string[] = [];
  const made = world(peerOptions, {
    protocolVersion: '16.1',
    confirmWipe(scope) {
      log.push(`confirm ${scope}`);
      return true;
    },
    wipe(scope) {
      log.push(`wipe ${scope} after ${made.peer.asked().at(-1)}`);
    },
    ...options,
  });
  made.peer.current.wipe = scope;
  return { ...made, log, client: createProvisioningClient(made.options) };
}

describe.each(['device', 'account'] as const)('a wipe of the %s', (scope) => {
  test('is fetched with the empty form, confirmed, acknowledged and carried out [R612 R622 R62301 R623 R624 R643 R644 R64504]', async () => {
    const { peer, client, log } = doomed(scope);
    expect(await client.run(folderSync)).toEqual({ kind: 'Wiped', scope });
    expect(peer.asked()).toEqual(['FolderSync 0', 'Provision empty', 'Provision wiped 1']);
    expect(peer.received.at(-1)?.message).toEqual(
      scope === 'device' ? { remoteWipe: { status: 1 } } : { accountOnlyRemoteWipe: { status: 1 } },
    );
    expect(peer.received.at(-1)?.policyKey).toBe('0');
    expect(log).toEqual([`confirm ${scope}`, `wipe ${scope} after Provision wiped 1`]);
    expect(await client.state()).toMatchObject({ name: 'Unprovisioned', context: { policyKey: '0', reason: null } });
    expect(await client.policy()).toBeNull();
  });

  test('that may not be is answered truthfully; the directive stands and is fetched again [R642 R64503]', async () => {
    const { peer, client, log } = doomed(scope, { options: { confirmWipe: () => false } });
    const failed = { kind: 'Failed', failure: { kind: 'WipeFailed', scope }, explanation: { move: 'user' } };
    expect(await client.run(folderSync)).toMatchObject(failed);
    expect(peer.asked().at(-1)).toBe('Provision wiped 2');
    peer.current.wipe = scope;
    expect(await client.run(folderSync)).toMatchObject(failed);
    expect(peer.asked().slice(3)).toEqual(['Provision empty', 'Provision wiped 2']);
    expect(log).toEqual([]);
  });

  test.each(['hang', 'break', { status: 500 }, { ...provisionReply({ status: 2, remoteWipe: true }) }] as const)(
    'does not wait for the answer to its acknowledgment, and survives its loss: %o [R645 R64505]',
    async (misbehavior) => {
      const misbehave = ({ message }: Received): Misbehavior | undefined =>
        message?.remoteWipe || message?.accountOnlyRemoteWipe ? misbehavior : undefined;
      const { clock, peer, log, client, options } = doomed(scope, { misbehave });
      let wipedAt = Number.NaN;
      const watched = createProvisioningClient({
        ...options,
        wipe() {
          wipedAt = clock.now();
        },
      });
      expect(await watched.provision()).toEqual({ kind: 'Wiped', scope });
      expect(wipedAt).toBe(0);
      expect(clock.now()).toBe(misbehavior === 'hang' ? 30_000 : 0);
      expect(peer.asked().filter((asked) => asked.startsWith('Provision wiped'))).toHaveLength(1);
      expect(log).toEqual([`confirm ${scope}`]);
      expect(await client.state()).toMatchObject({ name: 'Unprovisioned' });
    },
  );

  test('is not held up by credentials that never come: those of the request before are good enough', async () => {
    let isCut = false;
    let wipedAt = Number.NaN;
    const { clock, client, peer } = doomed(scope, {
      options: {
        authorization: () => (isCut ? new Promise(() => {}) : 'Bearer token'),
        confirmWipe() {
          isCut = true;
          return true;
        },
        wipe() {
          wipedAt = clock.now();
        },
      },
    });
    expect(await client.provision()).toEqual({ kind: 'Wiped', scope });
    expect(wipedAt).toBe(0);
    expect(peer.received.at(-1)?.headers).toMatchObject({ Authorization: 'Bearer token' });
    expect(peer.asked().at(-1)).toBe('Provision wiped 1');
  });

  test('is not held up by a version that is to be asked for again after a restart', async () => {
    const store = openStore();
    let isDead = true;
    const wipes: number[] = [];
    const { clock, peer, options } = doomed(scope, {
      versions: '14.1,16.1',
      misbehave: ({ command }, n) => (command === 'OPTIONS' && n > 1 ? 'hang' : undefined),
      options: {
        store,
        confirmWipe: () => (isDead ? new Promise(() => {}) : true),
        wipe: () => void wipes.push(clock.now()),
      },
    });
    const { protocolVersion: _, ...asking } = options;
    void createProvisioningClient(asking).provision();
    while (!peer.asked().includes('Provision initial')) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    isDead = false;
    expect(await createProvisioningClient(asking).run(folderSync)).toEqual({ kind: 'Wiped', scope });
    expect(wipes).toEqual([0]);
    expect(peer.asked()).toEqual(['OPTIONS', 'Provision initial', 'Provision wiped 1']);
    expect(peer.received.at(-1)?.headers).toMatchObject({ 'MS-ASProtocolVersion': '16.1' });
  });

  test('that fails half-way is owed still: it is carried out at the next call, and nobody is asked again (I17)', async () => {
    let isBroken = true;
    let wipes = 0;
    const { client, log, peer } = doomed(scope, {
      options: {
        wipe() {
          if (isBroken) throw new Error('no');
          wipes += 1;
        },
      },
    });
    expect(await client.provision()).toMatchObject({ kind: 'Failed', failure: { kind: 'HostFailed', port: 'wipe' } });
    expect(await client.state()).toMatchObject({ name: 'Acknowledging' });
    isBroken = false;
    expect(await client.run(folderSync)).toEqual({ kind: 'Wiped', scope });
    expect(wipes).toBe(1);
    expect(log).toEqual([`confirm ${scope}`]);
    expect(peer.asked().filter((asked) => asked === 'Provision wiped 1')).toHaveLength(2);
  });

  test('is not promised to the server before the promise is stored (I17)', async () => {
    const store = openStore();
    const { client, peer, log } = doomed(scope, {
      options: {
        store: {
          load: () => store.load(),
          save(data) {
            if (data.includes('"status":1')) throw new Error('no disk');
            store.save(data);
          },
        },
      },
    });
    expect(await client.provision()).toMatchObject({
      kind: 'Failed',
      failure: { kind: 'HostFailed', port: 'store.save' },
    });
    expect(log).toEqual([`confirm ${scope}`]);
    expect(peer.asked()).toEqual(['Provision initial']);
  });

  test('that Ping is refused for before it is taken up again is carried out, and not asked about (I17)', async () => {
    const store = openStore();
    const { options, log } = doomed(scope, {
      // Status 140 does not tell which wipe (MS-ASCMD 2.2.2): to the device it is the graver one.
      misbehave: ({ command }) => (command === 'Ping' ? commandReply(140) : undefined),
      options: { store, wipe: () => Promise.reject(new Error('no')) },
    });
    await createProvisioningClient(options).provision();
    const wiped: string[] = [];
    const next = createProvisioningClient({ ...options, wipe: (done) => void wiped.push(done) });
    expect(await next.run({ name: 'Ping' })).toEqual({ kind: 'Wiped', scope });
    expect([log, wiped]).toEqual([[`confirm ${scope}`], [scope]]);
  });
});

test('a directive outranks the policy it comes with (I5)', async () => {
  const offer = { policyType: 'MS-EAS-Provisioning-WBXML', status: 1, policyKey: '7', data: policy };
  const { client, peer } = doomed('device', {
    misbehave: (_, n) => (n === 1 ? provisionReply({ status: 1, policies: [offer], remoteWipe: true }) : undefined),
    options: {
      applyPolicy() {
        throw new Error('not to be applied');
      },
    },
  });
  expect(await client.provision()).toEqual({ kind: 'Wiped', scope: 'device' });
  expect(peer.asked()).toEqual(['Provision initial', 'Provision wiped 1']);
});

test.each([
  ['500', { status: 500 }],
  ['Status 2', provisionReply({ status: 2 })],
])('a server that answers the empty form with %s is asked with the full one (field notes)', async (_, reply) => {
  const { client, peer } = doomed('device', { misbehave: (_, n) => (n === 2 ? reply : undefined) });
  expect(await client.run(folderSync)).toEqual({ kind: 'Wiped', scope: 'device' });
  expect(peer.asked()).toEqual(['FolderSync 0', 'Provision empty', 'Provision initial', 'Provision wiped 1']);
});

test('without confirmWipe no wipe happens, and the server is told', async () => {
  const { peer, options } = world();
  peer.current.wipe = 'device';
  expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ failure: { kind: 'WipeFailed' } });
  expect(peer.asked().at(-1)).toBe('Provision wiped 2');
});

test('only true confirms', async () => {
  const { client, peer } = doomed('device', { options: { confirmWipe: () => 'false' as never } });
  expect(await client.provision()).toMatchObject({ failure: { kind: 'WipeFailed' } });
  expect(peer.asked().at(-1)).toBe('Provision wiped 2');
});

test('a reset in the middle does not take back the acknowledgment', async () => {
  const signals: AbortSignal[] = [];
  let resetting: Promise<unknown> = Promise.resolve();
  const { options, peer } = doomed('device', { misbehave: (_, n) => (n === 2 ? 'hang' : undefined) });
  const client = createProvisioningClient({
    ...options,
    transport(url, init) {
      signals.push(init.signal);
      return peer.transport(url, init);
    },
    async wipe() {
      resetting = client.reset();
      await new Promise((resolve) => setImmediate(resolve));
      expect(signals.at(-1)).toMatchObject({ aborted: false });
    },
  });
  expect(await client.provision()).toEqual({ kind: 'Wiped', scope: 'device' });
  expect(await resetting).toEqual({ kind: 'Reset' });
  expect(peer.asked().at(-1)).toBe('Provision wiped 1');
});

test('commands that waited are not sent after a wipe', async () => {
  const { client, peer } = doomed('device');
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => client.run(folderSync)));
  expect(outcomes).toEqual(Array(4).fill({ kind: 'Wiped', scope: 'device' }));
  expect(peer.asked()).toHaveLength(4 + 2);
});

test('is not held up by a version that was never spoken, either: the record of an older release has none', async () => {
  const [awaiting] = step(start('client'), { type: 'PolicyRequested' });
  const [directed] = step(awaiting, { type: 'WipeDirected', scope: 'device' });
  const wipes: number[] = [];
  const { clock, peer, options } = doomed('device', {
    misbehave: ({ command }) => (command === 'OPTIONS' ? 'hang' : undefined),
    options: { store: openStore(JSON.stringify(save(directed))), wipe: () => void wipes.push(clock.now()) },
  });
  const { protocolVersion: _, ...asking } = options;
  expect(await createProvisioningClient(asking).provision()).toEqual({ kind: 'Wiped', scope: 'device' });
  expect(wipes).toEqual([0]);
  expect(peer.asked()).toEqual(['Provision wiped 1']);
});

test('a server that moves in the middle of a wipe does not make it look done (I17)', async () => {
  const store = openStore();
  let whileWiping: unknown = null;
  const { options } = doomed('device', {
    misbehave: ({ url, message }) =>
      message?.remoteWipe && new URL(url).host === 'mail.example.com'
        ? { status: 451, headers: { 'X-MS-Location': 'https://new.example.com/' } }
        : undefined,
    options: {
      store,
      async wipe() {
        for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
        whileWiping = JSON.parse(store.saved ?? '');
      },
    },
  });
  expect(await createProvisioningClient(options).provision()).toMatchObject({ kind: 'Wiped' });
  expect(whileWiping).toMatchObject({
    machine: { name: 'Acknowledging', context: { pending: { scope: 'device', status: 1 } } },
    movedTo: expect.stringContaining('https://new.example.com/'),
  });
  expect(JSON.parse(store.saved ?? '')).toMatchObject({ machine: { name: 'Unprovisioned' } });
});

describe('a directive that the version does not have', () => {
  const before161 = versions.filter((version) => version !== '16.1');

  test.each(before161)(
    'an account-only wipe in %s is a violation of the server, and no wipe of anything',
    async (version) => {
      const { client, peer, log } = doomed('account', {
        options: { protocolVersion: version satisfies ProtocolVersion },
      });
      expect(await client.provision()).toMatchObject({
        kind: 'Violation',
        event: 'WipeDirected',
        fault: 'server',
        explanation: { move: 'server' },
      });
      expect(log).toEqual([]);
      expect(peer.asked()).toEqual(['Provision initial']);
    },
  );

  test('is gone when it is taken back', async () => {
    const { client, peer } = doomed('account', { options: { protocolVersion: '14.1' } });
    await client.provision();
    peer.current.wipe = null;
    expect(await client.provision()).toMatchObject({ kind: 'Provisioned' });
  });

  test('in answer to the acknowledgment of a policy neither', async () => {
    const { client, log } = doomed('account', {
      misbehave: (_, n) => (n === 1 ? offer : undefined),
      options: { protocolVersion: '16.0' },
    });
    expect(await client.provision()).toMatchObject({ kind: 'Violation', event: 'WipeDirected' });
    expect(log).toEqual([]);
  });

  const policies = [{ policyType: 'MS-EAS-Provisioning-WBXML', status: 1, policyKey: '7', data: policy }];
  const offer = provisionReply({ status: 1, policies });
});

describe('the empty form', () => {
  const refuses = ({ message }: Received): Misbehavior | undefined =>
    message && Object.keys(message).length === 0
      ? { status: 500, body: Uint8Array.of(3, 1, 106, 0, 0, 14) }
      : undefined;

  test('that a server always answers with 500 costs one try, and the full form fetches the directive', async () => {
    const { client, peer, clock } = doomed('device', { misbehave: refuses });
    expect(await client.run(folderSync)).toEqual({ kind: 'Wiped', scope: 'device' });
    expect(peer.asked()).toEqual(['FolderSync 0', 'Provision empty', 'Provision initial', 'Provision wiped 1']);
    expect(clock.slept).toEqual([1000]);
  });

  test('is not gone back to after a crash while waiting for the second try', async () => {
    const store = openStore();
    const never = { now: () => 0, sleep: () => new Promise<void>(() => {}) };
    const { peer, options } = doomed('device', { misbehave: refuses, options: { store } });
    void createProvisioningClient({ ...options, clock: never }).run(folderSync);
    while (peer.asked().length < 2) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(await createProvisioningClient(options).run(folderSync)).toEqual({ kind: 'Wiped', scope: 'device' });
    expect(peer.asked().slice(2)).toEqual(['Provision initial', 'Provision wiped 1']);
  });
});
