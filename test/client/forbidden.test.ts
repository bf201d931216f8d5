/** HTTP 403 up to 12.1: a bad login, a blocked account, or a wipe that is pending (field notes; MS-ASCMD 2.2.2, 140). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createProvisioningClient, type ProvisioningClientOptions } from '../../src/client/index.js';
import { folderSync, world } from './support/client.js';
import { commandReply, type Misbehavior, type PeerOptions, type Received } from './support/peer.js';
import { openStore } from './support/store.js';

const forbids = ({ command }: Received): Misbehavior | undefined =>
  command === 'Provision' ? undefined : { status: 403 };
const forbidden = {
  kind: 'Refused',
  failure: { kind: 'Rejected', scope: 'Http', status: 403 },
  answer: { status: 403 },
};

function old(peerOptions: PeerOptions, options: Partial<ProvisioningClientOptions> = {}) {
  return world(peerOptions, { protocolVersion: '12.1', ...options });
}

describe.each(['12.0', '12.1'] as const)('a 403 to a command under key 0 in %s', (protocolVersion) => {
  test('leads to the wipe that it hides', async () => {
    const wiped: string[] = [];
    const { peer, options } = old(
      { misbehave: forbids },
      { protocolVersion, confirmWipe: () => true, wipe: (scope) => void wiped.push(scope) },
    );
    peer.current.wipe = 'device';
    expect(await createProvisioningClient(options).run(folderSync)).toEqual({ kind: 'Wiped', scope: 'device' });
    expect(peer.asked()).toEqual(['FolderSync 0', 'Provision initial', 'Provision wiped 1']);
    expect(wiped).toEqual(['device']);
  });

  test('leads to the policy that was wanted, and to the command again', async () => {
    const { peer, options } = old(
      { misbehave: (received, n) => (n === 1 ? forbids(received) : undefined) },
      { protocolVersion },
    );
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ kind: 'Answered', repeated: true });
    expect(peer.asked()).toEqual([
      'FolderSync 0',
      'Provision initial',
      'Provision acknowledgment 101 1',
      'FolderSync 102',
    ]);
  });

  test('is a refusal where Provision is refused as well', async () => {
    const { peer, options } = old({ misbehave: () => ({ status: 403 }) }, { protocolVersion });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({
      ...forbidden,
      explanation: { move: 'administrator', meaning: expect.stringContaining('Autodiscover') },
    });
    expect(peer.asked()).toEqual(['FolderSync 0', 'Provision initial']);
  });
});

describe('finding out', () => {
  test('is done once, not at every 403: not by the next command, nor after a restart', async () => {
    const store = openStore();
    const { peer, options } = old({ policy: null, misbehave: forbids }, { store });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject(forbidden);
    expect(peer.asked()).toEqual(['FolderSync 0', 'Provision initial', 'FolderSync 0']);
    const client = createProvisioningClient(options);
    for (let n = 1; n <= 3; n++) expect(await client.run(folderSync)).toMatchObject(forbidden);
    expect(peer.asked()).toHaveLength(3 + 3);
  });

  test('is done again once a command has passed', async () => {
    let isForbidden = true;
    const { peer, options } = old({
      policy: null,
      misbehave: (received) =>
        isForbidden ? forbids(received) : received.command === 'FolderSync' ? commandReply(1) : undefined,
    });
    const client = createProvisioningClient(options);
    await client.run(folderSync);
    isForbidden = false;
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
    isForbidden = true;
    await client.run(folderSync);
    expect(peer.asked().filter((asked) => asked === 'Provision initial')).toHaveLength(2);
  });

  test('is done once by all commands that are forbidden at a time, and all have its outcome', async () => {
    const { peer, options } = old({ misbehave: forbids }, { confirmWipe: () => true, wipe: () => {} });
    peer.current.wipe = 'device';
    const client = createProvisioningClient(options);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => client.run(folderSync)));
    expect(outcomes).toEqual(Array(5).fill({ kind: 'Wiped', scope: 'device' }));
    expect(peer.asked()).toHaveLength(5 + 2);
  });

  test('a wipe that may not be is told as such', async () => {
    const { peer, options } = old({ misbehave: forbids });
    peer.current.wipe = 'device';
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({
      kind: 'Failed',
      failure: { kind: 'WipeFailed' },
    });
  });

  test('takes at most one exchange between two commands that pass, whatever is answered when (I6)', async () => {
    const reply = fc.constantFrom(403, 403, 200, 500);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(reply, fc.boolean()), { maxLength: 12 }), async (commands) => {
        let status = 200;
        const misbehave = ({ command }: Received): Misbehavior | undefined =>
          command === 'Provision' ? undefined : status === 200 ? commandReply(1) : { status };
        const { peer, options } = old({ policy: null, misbehave }, { store: openStore() });
        let client = createProvisioningClient(options);
        let exchanges = 0;
        for (const [next, restarts] of commands) {
          if (restarts) client = createProvisioningClient(options);
          status = next;
          await client.run(folderSync);
          const now = peer.asked().filter((asked) => asked === 'Provision initial').length;
          exchanges = next === 200 ? now : exchanges;
          expect(now - exchanges).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('a 403 that means what it says', () => {
  test.each(['14.0', '14.1', '16.1'] as const)('in %s, where a wipe is Status 140', async (protocolVersion) => {
    const { peer, options } = old({ misbehave: forbids }, { protocolVersion });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject(forbidden);
    expect(peer.asked()).toHaveLength(1);
  });

  test('under a permanent key, which the server knows', async () => {
    const { peer, options } = old({ misbehave: forbids });
    const client = createProvisioningClient(options);
    await client.provision();
    expect(await client.run(folderSync)).toMatchObject(forbidden);
    expect(peer.asked()).toHaveLength(3);
  });

  test('to a Ping, which carries no key anyway', async () => {
    const { peer, options } = old({ misbehave: forbids });
    expect(await createProvisioningClient(options).run({ name: 'Ping' })).toMatchObject(forbidden);
    expect(peer.asked()).toHaveLength(1);
  });
});
