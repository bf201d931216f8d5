import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CommandInput,
  createProvisioningClient,
  type StateStore,
  type Transport,
} from '../../src/client/index.js';
import { createWbxml } from '../../src/codec/index.js';
import { folderSync, world } from './support/client.js';
import { commandReply, documentOf, type Peer, policy, provisionReply, type Received } from './support/peer.js';

const wholeExchange = ['Provision initial', 'Provision acknowledgment 101 1'];

describe('run', () => {
  test('provisions when the server demands it, and repeats the command once under the new key', async () => {
    const { peer, options } = world();
    const client = createProvisioningClient(options);
    const outcome = await client.run(folderSync);
    expect(outcome).toMatchObject({ kind: 'Answered', status: 200, repeated: true, policyKey: '102' });
    expect(peer.asked()).toEqual(['FolderSync 0', ...wholeExchange, 'FolderSync 102']);
    expect(await client.policy()).toEqual(policy);
  });

  test('decodes the answer', async () => {
    const { options } = world({ misbehave: () => commandReply(1) });
    const outcome = await createProvisioningClient(options).run(folderSync);
    expect(outcome).toMatchObject({
      kind: 'Answered',
      repeated: false,
      document: {
        name: 'FolderHierarchy:FolderSync',
        content: [{ name: 'FolderHierarchy:Status', content: '1' }],
      },
    });
  });

  test('decodes an answer up to the limit that the options set', async () => {
    const limits = { bytes: 2 ** 21, text: 2 ** 21 };
    const document = { name: 'AirSync:Sync', content: [{ name: 'AirSync:SyncKey', content: 'x'.repeat(2 ** 20) }] };
    const body = createWbxml(limits).encode(document);
    const reply = { status: 200, body: body.ok ? body.value : new Uint8Array() };
    const { options } = world({ misbehave: () => reply }, { responseLimit: 2 ** 21 });
    const outcome = await createProvisioningClient(options).run({ name: 'Sync' });
    expect(outcome.kind === 'Answered' && outcome.document).toEqual(document);
  });

  test('sends the current key with every command but Ping [R425 R61103]', async () => {
    const { peer, options } = world();
    const client = createProvisioningClient(options);
    await client.run({ name: 'Ping' });
    await client.provision();
    await client.run({ name: 'Ping' });
    await client.run(folderSync);
    expect(peer.asked()).toEqual(['Ping', ...wholeExchange, 'Ping', 'FolderSync 102']);
  });

  test('takes note that a command passed, and that a Ping says nothing of the key', async () => {
    const { options } = world();
    const client = createProvisioningClient(options);
    await client.provision();
    await client.run({ name: 'Ping' });
    expect(await client.state()).toMatchObject({ context: { cycles: 1 } });
    await client.run(folderSync);
    expect(await client.state()).toMatchObject({ context: { cycles: 0 } });
  });

  test('leaves the answer to a Provision of the caller to the caller', async () => {
    const { peer, options } = world({ misbehave: () => provisionReply({ status: 142 }) });
    const client = createProvisioningClient(options);
    expect(await client.run({ name: 'Provision' })).toMatchObject({ kind: 'Answered', repeated: false });
    expect(await client.state()).toMatchObject({ name: 'Unprovisioned' });
    expect(peer.asked()).toHaveLength(1);
  });

  test('goes on under the key it has after a restart', async () => {
    const store = memory();
    const { peer, options } = world({}, { store });
    await createProvisioningClient(options).provision();
    const outcome = await createProvisioningClient(options).run(folderSync);
    expect(outcome).toMatchObject({ kind: 'Answered', repeated: false, policyKey: '102' });
    expect(peer.asked()).toEqual([...wholeExchange, 'FolderSync 102']);
  });

  test.each([
    ['HTTP 449 without a body', { status: 449, headers: { 'Content-Type': 'text/html' } }],
    ['HTTP 449 with Status 142', { ...commandReply(142), status: 449 }],
    ['Status 141 [R460]', commandReply(141)],
    ['Status 142', commandReply(142)],
    ['Status 143', commandReply(143)],
    ['Status 144', commandReply(144)],
    [
      'Status 142 in code page 0',
      { status: 200, body: documentOf('FolderHierarchy:FolderSync', 'AirSync:Status', 142) },
    ],
  ])('takes %s for a demand [R611]', async (_, reply) => {
    const { peer, options } = world({ misbehave: (_, count) => (count === 1 ? reply : undefined) });
    const outcome = await createProvisioningClient(options).run(folderSync);
    expect(outcome).toMatchObject({ kind: 'Answered', repeated: true });
    expect(peer.asked()).toHaveLength(4);
  });

  test('provisions first when the agreement fell', async () => {
    const { peer, options } = world({ misbehave: (_, count) => (count <= 1 ? { status: 403 } : undefined) });
    const client = createProvisioningClient(options);
    expect(await client.provision()).toMatchObject({ kind: 'Refused' });
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered', repeated: false });
    expect(peer.asked()).toEqual(['Provision initial', ...wholeExchange, 'FolderSync 102']);
  });

  test('without a policy for the device, key 0 is the key (I8) [R469 R500]', async () => {
    const { peer, options } = world({
      policy: null,
      misbehave: ({ command }, count) => (command !== 'Provision' && count > 1 ? commandReply(1) : undefined),
    });
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered', repeated: true, policyKey: '0' });
    expect(peer.asked()).toEqual(['FolderSync 0', 'Provision initial', 'FolderSync 0']);
    expect(await client.policy()).toBeNull();
  });

  test('a server that demands and then has no policy does not make it loop', async () => {
    const { peer, options } = world({ policy: null });
    const outcome = await createProvisioningClient(options).run(folderSync);
    expect(outcome).toMatchObject({
      kind: 'Refused',
      failure: { kind: 'ReprovisionRequired', reason: 'DeviceNotProvisioned' },
      explanation: { move: 'server' },
      answer: { status: 200 },
    });
    expect(peer.asked()).toHaveLength(3);
  });

  test('449 for ever ends in ReprovisionLoop, after three exchanges and not one request more (I6)', async () => {
    const { peer, options } = world({
      misbehave: ({ command }) => (command === 'FolderSync' ? { status: 449 } : undefined),
    });
    const client = createProvisioningClient(options);
    const again = { kind: 'Refused', failure: { kind: 'ReprovisionRequired', reason: 'Unspecified' } };
    expect(await client.run(folderSync)).toMatchObject(again);
    expect(peer.asked()).toHaveLength(4);
    expect(await client.run(folderSync)).toMatchObject(again);
    expect(peer.asked()).toHaveLength(4 + 6);
    const loop = {
      kind: 'Failed',
      failure: { kind: 'ReprovisionLoop', cycles: 3 },
      explanation: { move: 'administrator' },
    };
    expect(await client.run(folderSync)).toMatchObject(loop);
    expect(await client.provision()).toMatchObject(loop);
    expect(peer.asked()).toHaveLength(10);

    expect(await client.reset()).toEqual({ kind: 'Reset' });
    expect(await client.run(folderSync)).toMatchObject(again);
    expect(peer.asked()).toHaveLength(10 + 4);
  });

  test.each([
    [401, 'user'],
    [403, 'administrator'],
    [503, 'wait'],
    [507, 'user'],
  ] as const)('HTTP %i is a refusal that says whose move it is', async (status, move) => {
    const { peer, options } = world({ misbehave: () => ({ status, headers: { 'Retry-After': '7' } }) });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({
      kind: 'Refused',
      failure: { kind: 'Rejected', scope: 'Http', status },
      explanation: { code: `Http ${status}`, move },
      answer: { status, headers: { 'retry-after': '7' } },
    });
    expect(peer.asked()).toHaveLength(1);
  });

  test.each([
    ['a parameter of another command', { name: 'FolderSync', parameters: { CollectionId: '1' } }],
    ['a parameter that plain queries lack', { name: 'ItemOperations', parameters: { Options: '2' } }],
    ['a command that the version lacks', { name: 'Find' }],
    ['an element of no code page', { name: 'Sync', document: { name: 'AirSync:Nothing', content: null } }],
  ] satisfies [string, CommandInput][])('%s cannot be sent', async (_, command) => {
    const { peer, options } = world();
    expect(await createProvisioningClient(options).run(command)).toMatchObject({
      kind: 'Failed',
      failure: { kind: 'Unsendable' },
      explanation: { move: 'caller' },
    });
    expect(peer.asked()).toEqual([]);
  });

  test('counts no exchange where nothing was sent', async () => {
    const counted: number[] = [];
    const { options } = world({}, { observe: ({ n }) => void counted.push(n) });
    const client = createProvisioningClient(options);
    await client.run({ name: 'Find' });
    await client.provision();
    expect(counted).toEqual([1, 2]);
  });

  test('rejects with what is thrown by no port', async () => {
    const fault = new Error('no port');
    const command: CommandInput = {
      get name(): never {
        throw fault;
      },
    };
    await expect(createProvisioningClient(world().options).run(command)).rejects.toBe(fault);
  });

  test('sends bodies of any type and query parameters', async () => {
    const { peer, options } = world({ misbehave: () => ({ status: 200 }) }, { protocolVersion: '12.1' });
    const body = Uint8Array.of(1, 2, 3);
    const parameters = { CollectionId: '5', ItemId: '5:1', SaveInSent: 'T' };
    await createProvisioningClient(options).run({
      name: 'SmartReply',
      body,
      contentType: 'message/rfc822',
      parameters,
    });
    const [received] = peer.received;
    expect(received).toMatchObject({ body, headers: { 'Content-Type': 'message/rfc822' } });
    expect(received?.request?.query).toMatchObject({ parameters });
  });

  test('in base64 form version and key are in the query [R425]', async () => {
    const { peer, options } = world({}, { queryForm: 'base64' });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ policyKey: '102' });
    expect(peer.asked()).toEqual(['FolderSync 0', ...wholeExchange, 'FolderSync 102']);
    for (const { headers, request } of peer.received) {
      expect(headers).not.toHaveProperty('X-MS-PolicyKey');
      expect(request).toMatchObject({ protocolVersion: '14.1', query: { form: 'base64', deviceId: 'ASPROV0001' } });
    }
  });

  test('the server may spell its key with leading zeros', async () => {
    const { peer, options } = world({ misbehave: zeros });
    expect(await createProvisioningClient(options).provision()).toMatchObject({ policyKey: '0008' });
    expect(peer.received.map(({ policyKey }) => policyKey)).toEqual(['0', '0007']);
    const packed = world({ misbehave: zeros }, { queryForm: 'base64' });
    await createProvisioningClient(packed.options).provision();
    expect(packed.peer.received.map(({ policyKey }) => policyKey)).toEqual(['0', '7']);
  });
});

test('however many commands come at once, one exchange serves them, and each is repeated once (I7)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('run', 'provision'), { minLength: 1, maxLength: 12 }),
      fc.scheduler(),
      async (calls, scheduler) => {
        const { peer, options } = world();
        const transport = scheduler.scheduleFunction(async (...asked: Parameters<typeof peer.transport>) =>
          peer.transport(...asked),
        );
        const client = createProvisioningClient({ ...options, transport });
        const outcomes = calls.map((call) => (call === 'run' ? client.run(folderSync) : client.provision()));
        await scheduler.waitFor(Promise.all(outcomes));
        expect(count(peer.asked(), 'Provision initial')).toBe(1);
        expect(count(peer.asked(), 'FolderSync 102')).toBe(calls.filter((call) => call === 'run').length);
        for (const outcome of await Promise.all(outcomes)) expect(outcome).toMatchObject({ policyKey: '102' });
      },
    ),
    { numRuns: 60 },
  );
});

describe('many commands at once (I7)', () => {
  test('join one exchange and are each repeated once', async () => {
    const { peer, options } = world();
    const client = createProvisioningClient(options);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => client.run(folderSync)));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ kind: 'Answered', repeated: true, policyKey: '102' });
    expect(count(peer.asked(), 'FolderSync 0')).toBe(20);
    expect(count(peer.asked(), 'Provision initial')).toBe(1);
    expect(count(peer.asked(), 'FolderSync 102')).toBe(20);
    expect(peer.asked()).toHaveLength(42);
  });

  test('provision joins as well', async () => {
    const { peer, options } = world();
    const client = createProvisioningClient(options);
    const [first, second] = await Promise.all([client.provision(), client.provision(), client.run(folderSync)]);
    expect(first).toBe(second);
    expect(peer.asked()).toEqual([...wholeExchange, 'FolderSync 102']);
  });

  test('a late demand about an old key changes nothing: the command is repeated under the current one', async () => {
    const { peer, options } = world();
    const { transport, release } = holdingFirst(peer);
    const client = createProvisioningClient({ ...options, transport });
    const slow = client.run(folderSync);
    await client.run(folderSync);
    const before = await client.state();
    release();
    expect(await slow).toMatchObject({ kind: 'Answered', repeated: true, policyKey: '102' });
    expect(await client.state()).toBe(before);
    expect(count(peer.asked(), 'Provision initial')).toBe(1);
  });

  test('a demand that comes while an exchange fails has its outcome, and begins no other', async () => {
    const { peer, options } = world({
      misbehave({ command }) {
        if (command !== 'Provision') return undefined;
        release();
        return { status: 403 };
      },
    });
    const { transport, release } = holdingFirst(peer);
    const client = createProvisioningClient({ ...options, transport });
    const outcomes = await Promise.all([client.run(folderSync), client.run(folderSync)]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'Refused', failure: { status: 403 } });
    expect(count(peer.asked(), 'Provision initial')).toBe(1);
  });

  test('a demand that comes in the middle of a wipe does not disturb it', async () => {
    const { peer, options } = world();
    peer.current.wipe = 'account';
    const { transport, release } = holdingFirst(peer);
    const client = createProvisioningClient({
      ...options,
      protocolVersion: '16.1',
      transport,
      async confirmWipe() {
        release();
        await new Promise((resolve) => setImmediate(resolve));
        return true;
      },
      wipe: () => {},
    });
    const outcomes = await Promise.all([client.run(folderSync), client.run(folderSync)]);
    expect(outcomes).toEqual(Array(2).fill({ kind: 'Wiped', scope: 'account' }));
    expect(await client.state()).toMatchObject({ name: 'Unprovisioned' });
  });

  test('an exchange that fails is the outcome of all that waited for it, and of none that comes later', async () => {
    const { peer, options } = world({
      misbehave: ({ command }, count) => (command === 'Provision' && count <= 6 ? { status: 403 } : undefined),
    });
    const client = createProvisioningClient(options);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => client.run(folderSync)));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'Refused', failure: { status: 403 } });
    expect(peer.asked()).toHaveLength(6);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered', policyKey: '102' });
  });

  test('a Provision of the caller waits for nothing', async () => {
    const { peer, options } = world();
    const client = createProvisioningClient({
      ...options,
      async applyPolicy() {
        expect(await client.run({ name: 'Provision' })).toMatchObject({ kind: 'Refused', failure: { status: 400 } });
        return 1 as const;
      },
    });
    expect(await client.provision()).toMatchObject({ kind: 'Provisioned' });
    expect(peer.asked()).toEqual(['Provision initial', 'Provision 101', 'Provision acknowledgment 101 1']);
  });
});

/** A transport that keeps the answer to the first request until it is told to let go. */
function holdingFirst(peer: Peer) {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const transport: Transport = async (url, init) => {
    const isFirst = peer.received.length === 0;
    const answer = await peer.transport(url, init);
    if (isFirst) await held;
    return answer;
  };
  return { transport, release: () => release() };
}

function zeros({ message }: Received) {
  const policyType = 'MS-EAS-Provisioning-WBXML';
  const isFirst = message?.policies?.[0]?.policyKey === undefined;
  const offer = isFirst ? { policyKey: '0007', data: policy } : { policyKey: '0008' };
  return provisionReply({ status: 1, policies: [{ policyType, status: 1, ...offer }] });
}

function count(asked: readonly string[], wanted: string): number {
  return asked.filter((each) => each === wanted).length;
}

function memory(): StateStore {
  let saved: string | null = null;
  return {
    load: () => saved,
    save(data) {
      saved = data;
    },
  };
}
