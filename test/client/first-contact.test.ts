import { describe, expect, test } from 'vitest';
import { type ClientWarning, createProvisioningClient, warnings } from '../../src/client/index.js';
import { folderSync, world } from './support/client.js';
import { commandReply, type Misbehavior, type Received } from './support/peer.js';
import { openStore } from './support/store.js';

/** A server that lets every command pass. */
const neverAsks = ({ command }: Received): Misbehavior | undefined =>
  command === 'FolderSync' ? commandReply(1) : undefined;

describe('provisionFirst', () => {
  test('provisions before the first command, where nothing was ever agreed', async () => {
    const { peer, options } = world({}, { provisionFirst: true });
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered', repeated: false, policyKey: '102' });
    await client.run(folderSync);
    expect(peer.asked()).toEqual([
      'Provision initial',
      'Provision acknowledgment 101 1',
      'FolderSync 102',
      'FolderSync 102',
    ]);
  });

  test('is done once for all commands that wait, and not by a Ping', async () => {
    const { peer, options } = world({}, { provisionFirst: true });
    const client = createProvisioningClient(options);
    await Promise.all([client.run({ name: 'Ping' }), client.run(folderSync), client.run(folderSync)]);
    expect(peer.asked().filter((asked) => asked === 'Provision initial')).toHaveLength(1);
    expect(peer.asked()[0]).toBe('Ping');
  });

  test('is not done again after a restart, nor where the server has no policy', async () => {
    const store = openStore();
    const { peer, options } = world({ policy: null, misbehave: neverAsks }, { provisionFirst: true, store });
    await createProvisioningClient(options).run(folderSync);
    await createProvisioningClient(options).run(folderSync);
    expect(peer.asked()).toEqual(['Provision initial', 'FolderSync 0', 'FolderSync 0']);
  });

  test('is done again after a reset', async () => {
    const { peer, options } = world({}, { provisionFirst: true });
    const client = createProvisioningClient(options);
    await client.run(folderSync);
    await client.reset();
    await client.run(folderSync);
    expect(peer.asked()[3]).toBe('Provision initial');
  });

  test('sends no command where it is refused', async () => {
    const { peer, options } = world({ misbehave: () => ({ status: 401 }) }, { provisionFirst: true });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ kind: 'Refused' });
    expect(peer.asked()).toEqual(['Provision initial']);
  });
});

describe('a server without Provision (field notes)', () => {
  test.each([405, 501])('that answers it with %i has no policy, and the commands go on', async (status) => {
    const misbehave = (received: Received) => (received.command === 'Provision' ? { status } : neverAsks(received));
    const { peer, options } = world({ misbehave }, { provisionFirst: true });
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered', policyKey: '0' });
    expect(await client.state()).toMatchObject({ name: 'Provisioned', context: { policyKey: '0' } });
    expect(peer.asked()).toEqual(['Provision initial', 'FolderSync 0']);
  });

  test('is not one that demands it', async () => {
    const { options } = world({ misbehave: ({ command }) => (command === 'Provision' ? { status: 405 } : undefined) });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({
      kind: 'Refused',
      failure: { scope: 'Http', status: 405 },
    });
  });

  test('is not one that a policy was agreed on with', async () => {
    let isIll = false;
    const { options } = world({ misbehave: () => (isIll ? { status: 405 } : undefined) });
    const client = createProvisioningClient(options);
    const agreed = await client.provision();
    isIll = true;
    expect(agreed).toMatchObject({ kind: 'Provisioned' });
    expect(await client.provision()).toMatchObject({ kind: 'Refused', failure: { status: 405 } });
    expect(await client.policy()).not.toBeNull();
  });
});

describe('NeverAsked', () => {
  test('is told once, when three commands passed without a word about a policy', async () => {
    const told: ClientWarning[] = [];
    const { options } = world({ misbehave: neverAsks }, { warn: (warning) => told.push(warning) });
    const client = createProvisioningClient(options);
    for (let n = 1; n <= 2; n++) await client.run(folderSync);
    expect(told).toEqual([]);
    for (let n = 3; n <= 6; n++) await client.run(folderSync);
    expect(told).toEqual([{ kind: 'NeverAsked', commands: 3 }]);
    expect(warnings.NeverAsked.advice).toContain('provision first');
  });

  test('is told once in the life of the state, though every command is a process of its own', async () => {
    const told: ClientWarning[] = [];
    const store = openStore();
    const { options } = world({ misbehave: neverAsks }, { store, warn: (warning) => told.push(warning) });
    for (let n = 1; n <= 6; n++) await createProvisioningClient(options).run(folderSync);
    expect(told).toEqual([{ kind: 'NeverAsked', commands: 3 }]);
    // One before anything is sent, and one for each command that counts.
    expect(store.saves).toBe(1 + 3);
  });

  test.each([
    ['that asked', commandReply(142)],
    ['that offered a policy of its own accord', undefined],
  ])('is not told of a server %s', async (_, first) => {
    const told: ClientWarning[] = [];
    const misbehave = (received: Received, n: number) => (n === 1 && first ? first : neverAsks(received));
    const { options } = world({ misbehave }, { warn: (warning) => told.push(warning) });
    const client = createProvisioningClient(options);
    if (!first) await client.provision();
    for (let n = 1; n <= 4; n++) await client.run(folderSync);
    expect(told).toEqual([]);
  });

  test('counts neither a Ping nor a refusal nor an error of the server', async () => {
    const told: ClientWarning[] = [];
    const replies = [{ status: 500 }, { status: 403 }, commandReply(110), commandReply(130), commandReply(1)];
    const { options } = world(
      { misbehave: ({ command }, n) => (command === 'Ping' ? undefined : replies[(n - 1) % replies.length]) },
      { warn: (warning) => told.push(warning) },
    );
    const client = createProvisioningClient(options);
    for (let n = 1; n <= 2 * replies.length; n++) await client.run(folderSync);
    for (let n = 1; n <= 4; n++) await client.run({ name: 'Ping' });
    expect(told).toEqual([]);
  });

  test('costs no command its answer: not where the host throws, nor where the store does', async () => {
    const fail = () => {
      throw new Error('host');
    };
    const { options } = world({ misbehave: neverAsks }, { warn: fail });
    const client = createProvisioningClient(options);
    let isBroken = false;
    const broken = createProvisioningClient({
      ...options,
      store: { load: () => null, save: () => (isBroken ? fail() : undefined) },
    });
    await broken.state();
    isBroken = true;
    for (let n = 1; n <= 4; n++) {
      expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
      expect(await broken.run(folderSync)).toMatchObject({ kind: 'Answered' });
    }
  });

  test('is followed by what the server would have said all along', async () => {
    const { peer, options } = world({
      misbehave: ({ command }) => (command === 'FolderSync' ? commandReply(1) : undefined),
    });
    const client = createProvisioningClient({
      ...options,
      warn: ({ kind }) => void (kind === 'NeverAsked' && client.provision()),
    });
    for (let n = 1; n <= 3; n++) await client.run(folderSync);
    await client.provision();
    expect(peer.asked().slice(3)).toEqual(['Provision initial', 'Provision acknowledgment 101 1']);
  });
});
