import { describe, expect, test } from 'vitest';
import { createProvisioningClient, type Observation, type ProvisioningClientOptions } from '../../src/client/index.js';
import { folderSync, world } from './support/client.js';
import { type PeerOptions, provisionReply } from './support/peer.js';

async function observed(peerOptions: PeerOptions, options: Partial<ProvisioningClientOptions> = {}) {
  const seen: Observation[] = [];
  const made = world(peerOptions, { observe: (observation) => seen.push(observation), ...options });
  await createProvisioningClient(made.options).run(folderSync);
  return { ...made, seen };
}

describe('an observer', () => {
  test('is told of every HTTP exchange, in order, with the state that came of it', async () => {
    const { seen, peer } = await observed({});
    expect(
      seen.map(({ n, command, policyKey, statuses, state }) => [n, command, policyKey, statuses, state.name]),
    ).toEqual([
      [1, 'FolderSync', '0', { command: 142 }, 'NeedsReprovision'],
      [2, 'Provision', '0', { provision: 1, policy: 1 }, 'Acknowledging'],
      [3, 'Provision', '101', { provision: 1, policy: 1 }, 'Provisioned'],
      [4, 'FolderSync', '102', { command: 1 }, 'Provisioned'],
    ]);
    expect(seen.map(({ url, request }) => [url, request])).toEqual(peer.received.map(({ url, body }) => [url, body]));
    for (const { httpStatus, fault, protocolVersion } of seen) {
      expect([httpStatus, fault, protocolVersion]).toEqual([200, null, '14.1']);
    }
  });

  test('is told of OPTIONS and redirections', async () => {
    const { options, clock } = world();
    const { protocolVersion: _, ...rest } = options;
    const seen: Observation[] = [];
    const { peer } = world({
      misbehave: (_, n) =>
        n === 1 ? { status: 451, headers: { 'X-MS-Location': 'https://b.example.com' } } : undefined,
    });
    const asking = { ...rest, clock, transport: peer.transport, observe: (each: Observation) => seen.push(each) };
    await createProvisioningClient(asking).provision();
    expect(seen.map(({ command, httpStatus, protocolVersion }) => [command, httpStatus, protocolVersion])).toEqual([
      ['OPTIONS', 451, null],
      ['OPTIONS', 200, null],
      ['Provision', 200, '14.1'],
      ['Provision', 200, '14.1'],
    ]);
  });

  test('is told of an exchange without an answer', async () => {
    const { seen } = await observed({ misbehave: () => 'break' });
    expect(seen).toMatchObject([{ n: 1, httpStatus: null, fault: 'Network', statuses: {}, responseHeaders: {} }]);
    expect(seen[0]?.response).toHaveLength(0);
  });

  test('is told of the answer to a wipe that nobody waited for', async () => {
    const seen: Observation[] = [];
    const { peer, options } = world(
      {},
      { confirmWipe: () => true, wipe: () => {}, observe: (each) => seen.push(each) },
    );
    peer.current.wipe = 'device';
    await createProvisioningClient(options).provision();
    expect(seen.map(({ statuses, state }) => [statuses, state.name])).toEqual([
      [{ provision: 1 }, 'Acknowledging'],
      [{ provision: 1 }, 'Unprovisioned'],
    ]);
  });

  test('is told the statuses of Provision, Policy and DeviceInformation', async () => {
    const reply = provisionReply({ deviceInformationStatus: 2, status: 1, policies: [{ status: 4 }] });
    const { seen } = await observed({ misbehave: (_, n) => (n === 2 ? reply : undefined) });
    expect(seen[1]?.statuses).toEqual({ deviceInformation: 2, provision: 1, policy: 4 });
    const bare = provisionReply({ status: 1, policies: [] });
    const other = await observed({ misbehave: (_, n) => (n === 2 ? bare : undefined) });
    expect(other.seen[1]?.statuses).toStrictEqual({ provision: 1 });
  });

  test('is told why a body cannot be read', async () => {
    const junk = { status: 200, body: Uint8Array.of(1, 2, 3) };
    const { seen } = await observed({ misbehave: (_, n) => (n === 2 ? junk : undefined) });
    expect(seen.map(({ problem }) => problem?.code ?? null)).toEqual([null, 'ERR_WBXML_HEADER']);
    const command = await observed({ misbehave: () => junk });
    expect(command.seen).toMatchObject([
      { command: 'FolderSync', statuses: {}, problem: { code: 'ERR_WBXML_HEADER' } },
    ]);
    const refused = await observed({ misbehave: () => ({ ...junk, status: 500 }) });
    expect(refused.seen).toMatchObject([{ httpStatus: 500, problem: null }]);
  });

  test('never sees credentials or cookies', async () => {
    const cookie = { status: 200, headers: { 'Set-Cookie': 'session=secret', 'X-Other': 'seen' } };
    const { options } = world();
    const { authorization: _, ...rest } = options;
    const seen: Observation[] = [];
    const { peer } = world({ misbehave: () => cookie });
    const client = createProvisioningClient({
      ...rest,
      password: 'secret',
      transport: peer.transport,
      observe: (each) => seen.push(each),
    });
    await client.run(folderSync);
    expect(peer.received[0]?.headers).toHaveProperty('Authorization');
    expect(JSON.stringify(seen)).not.toMatch(/secret|Basic|authorization|cookie/i);
    await client.run(folderSync);
    expect(peer.received[1]?.headers).toHaveProperty('Cookie', 'session=secret');
    expect(JSON.stringify(seen)).not.toMatch(/secret|cookie/i);
    expect(seen[0]).toMatchObject({
      responseHeaders: { 'x-other': 'seen' },
      requestHeaders: { 'User-Agent': 'eas-provisioning', 'X-MS-PolicyKey': '0' },
    });
  });
});
