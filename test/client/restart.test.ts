/** What a new process knows from the text that the old one stored. */
import { describe, expect, test } from 'vitest';
import {
  type ClientWarning,
  createProvisioningClient,
  type ProvisioningClientOptions,
  warnings,
} from '../../src/client/index.js';
import { MAX_POLICY } from '../../src/client/stored-state.js';
import { folderSync, world } from './support/client.js';
import { policy, type Received } from './support/peer.js';
import { openStore } from './support/store.js';

async function provisioned(options: Partial<ProvisioningClientOptions> = {}) {
  const store = openStore();
  const made = world({}, { store, ...options });
  await createProvisioningClient(made.options).run(folderSync);
  return { ...made, store };
}

describe('the policy', () => {
  test('is known before anything is sent', async () => {
    const { options, peer } = await provisioned();
    const sent = peer.asked().length;
    expect(await createProvisioningClient(options).policy()).toEqual(policy);
    expect(peer.asked()).toHaveLength(sent);
  });

  test('stays in force while the agreement is renewed', async () => {
    const { options, peer } = await provisioned({ limits: { attempts: 0 } });
    peer.current.permanent = null;
    const client = createProvisioningClient({ ...options, applyPolicy: () => Promise.reject(new Error('no')) });
    expect(await client.run(folderSync)).toMatchObject({ failure: { port: 'applyPolicy' } });
    expect(await client.policy()).toEqual(policy);
    expect(await createProvisioningClient(options).policy()).toEqual(policy);
  });

  test('is forgotten by a reset and by a wipe', async () => {
    const { options, peer, store } = await provisioned({ confirmWipe: () => true, wipe: () => {} });
    const { saved } = store;
    await createProvisioningClient(options).reset();
    expect(await createProvisioningClient(options).policy()).toBeNull();
    store.saved = saved;
    peer.current.wipe = 'device';
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ kind: 'Wiped' });
    expect(await createProvisioningClient(options).policy()).toBeNull();
  });

  test('that is too long to keep is warned of, known to this process and not to the next', async () => {
    const told: ClientWarning[] = [];
    const long = { ...policy, ApprovedApplicationList: ['x'.repeat(MAX_POLICY)] };
    const store = openStore();
    const { options } = world({ policy: long }, { store, warn: (warning) => told.push(warning) });
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
    expect(await client.policy()).toEqual(long);
    expect(told).toEqual([{ kind: 'PolicyNotKept', characters: JSON.stringify(long).length, limit: MAX_POLICY }]);
    const next = createProvisioningClient(options);
    expect(await next.policy()).toBeNull();
    expect(await next.run(folderSync)).toMatchObject({ kind: 'Answered', repeated: false, policyKey: '102' });
  });

  test('cannot be told where the store fails', async () => {
    const cause = new Error('no disk');
    const { options } = world({}, { store: { load: () => Promise.reject(cause), save: () => {} } });
    await expect(createProvisioningClient(options).policy()).rejects.toBe(cause);
  });
});

describe('the query form', () => {
  test.each([
    ['plain', 'base64'],
    ['base64', 'plain'],
  ] as const)('stays %s for life, whatever the option says later, and the host is warned', async (first, later) => {
    const told: ClientWarning[] = [];
    const { options, peer } = await provisioned({ queryForm: first });
    const client = createProvisioningClient({ ...options, queryForm: later, warn: (warning) => told.push(warning) });
    await client.run(folderSync);
    await client.reset();
    await client.run(folderSync);
    const forms = peer.received.map(({ request }) => request?.query.form);
    expect(new Set(forms)).toEqual(new Set([first]));
    expect(told).toEqual([{ kind: 'QueryFormKept', kept: first, asked: later }]);
    expect(warnings.QueryFormKept.advice).toContain('device id');
  });

  test('that no option names is that of the stored state, and there is nothing to warn of', async () => {
    const told: ClientWarning[] = [];
    const { options, peer } = await provisioned({ queryForm: 'base64' });
    const { queryForm: _, ...unnamed } = options;
    await createProvisioningClient({ ...unnamed, warn: (warning) => told.push(warning) }).run(folderSync);
    expect(peer.received.at(-1)?.request?.query.form).toBe('base64');
    expect(told).toEqual([]);
  });

  test('a version that lacks the form kept is never spoken: by negotiation it is not chosen', async () => {
    const { options } = await provisioned({ queryForm: 'base64' });
    const { protocolVersion: _, ...asking } = options;
    const offering = world({ versions: '2.5,12.0' });
    const client = createProvisioningClient({ ...asking, transport: offering.peer.transport, queryForm: 'plain' });
    await client.run(folderSync);
    expect(client.protocolVersion()).toBe('14.1');
    const fixed = createProvisioningClient({ ...options, protocolVersion: '12.0', queryForm: 'plain' });
    expect(await fixed.run(folderSync)).toMatchObject({ kind: 'Failed', failure: { kind: 'Unsendable' } });
  });
});

describe('the state of another', () => {
  test.each([
    ['user', { user: 'bob' }],
    ['device.id', { device: { id: 'ASPROV0002', type: 'SmartPhone' } }],
    ['device.type', { device: { id: 'ASPROV0001', type: 'Tablet' } }],
  ] as const)('%s is neither used nor overwritten', async (field, other) => {
    const { options, peer, store } = await provisioned();
    const before = store.saved;
    const sent = peer.asked().length;
    const client = createProvisioningClient({ ...options, ...other });
    const refused = { kind: 'Failed', failure: { kind: 'ForeignState', field }, explanation: { move: 'caller' } };
    for (const outcome of [await client.run(folderSync), await client.provision(), await client.reset()]) {
      expect(outcome).toMatchObject(refused);
    }
    await expect(client.state()).rejects.toThrow(field);
    await expect(client.policy()).rejects.toThrow(field);
    expect(store.saved).toBe(before);
    expect(peer.asked()).toHaveLength(sent);
  });
});

test('a text that holds no state is a first contact, and the host is told why', async () => {
  const told: ClientWarning[] = [];
  const store = openStore('{"format":1,');
  const { options } = world({}, { store, warn: (warning) => told.push(warning) });
  expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ kind: 'Answered', repeated: true });
  expect(told).toMatchObject([{ kind: 'StateUnreadable', problem: { code: 'ERR_STATE_SHAPE' } }]);
});

describe('where the server moved', () => {
  const from = (host: string, location: string) => (received: Received) =>
    new URL(received.url).host === host ? { status: 451, headers: { 'X-MS-Location': location } } : undefined;
  const hosts = (received: readonly Received[]) => received.map(({ url }) => new URL(url).host);

  test('is where the next process begins', async () => {
    const store = openStore();
    const { options, peer } = world({ misbehave: from('mail.example.com', 'https://new.example.com/') }, { store });
    await createProvisioningClient(options).run(folderSync);
    const sent = peer.received.length;
    await createProvisioningClient(options).run(folderSync);
    expect(hosts(peer.received.slice(sent))).toEqual(['new.example.com']);
  });

  test('is forgotten by a reset, and with another url', async () => {
    const store = openStore();
    const { options, peer } = world({ misbehave: from('mail.example.com', 'https://new.example.com/') }, { store });
    const client = createProvisioningClient(options);
    await client.run(folderSync);
    const sent = peer.received.length;
    await createProvisioningClient({ ...options, url: 'https://other.example.com' }).run(folderSync);
    expect(hosts(peer.received.slice(sent))).toEqual(['other.example.com']);
    await client.reset();
    await client.run(folderSync);
    expect(hosts(peer.received.slice(sent))[1]).toBe('mail.example.com');
  });

  test('is given up for the old place once that answers again, and tried again until then', async () => {
    let isMoved = true;
    const gone = { 'new.example.com': false, 'mail.example.com': false };
    const store = openStore();
    const { options, peer } = world(
      {
        misbehave(received) {
          const { host } = new URL(received.url);
          if (gone[host as keyof typeof gone]) return 'break';
          return isMoved ? from('mail.example.com', 'https://new.example.com/')(received) : undefined;
        },
      },
      { store },
    );
    const client = createProvisioningClient(options);
    await client.run(folderSync);
    const visited = async () => {
      const sent = peer.received.length;
      const { kind } = await client.run(folderSync);
      return [kind, ...hosts(peer.received.slice(sent))];
    };
    gone['new.example.com'] = true;
    gone['mail.example.com'] = true;
    expect(await visited()).toEqual(['Unreachable', 'new.example.com']);
    expect(await visited()).toEqual(['Unreachable', 'mail.example.com']);
    gone['new.example.com'] = false;
    expect(await visited()).toEqual(['Answered', 'new.example.com']);
    gone['new.example.com'] = true;
    gone['mail.example.com'] = false;
    isMoved = false;
    expect(await visited()).toEqual(['Unreachable', 'new.example.com']);
    expect(await visited()).toEqual(['Answered', 'mail.example.com']);
    gone['new.example.com'] = false;
    expect(await visited()).toEqual(['Answered', 'mail.example.com']);
    expect(store.saved).not.toContain('movedTo');
  });
});
