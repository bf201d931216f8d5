/** What is stored of an agreement and when, and what an inspector is told: every fact, after what it led to is stored. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { step, type Transition } from '../../machines/index.js';
import { type Agreement, createAgreement } from '../../src/client/agreement.js';
import {
  type ClientWarning,
  createProvisioningClient,
  type ProvisioningClientOptions,
} from '../../src/client/index.js';
import { settingsOf } from '../../src/client/settings.js';
import { MAX_POLICY, readMemory } from '../../src/client/stored-state.js';
import type { PolicyData } from '../../src/protocol/provision.js';
import { folderSync, world } from './support/client.js';
import { commandReply, type Misbehavior, type PeerOptions, provisionReply } from './support/peer.js';
import { openStore } from './support/store.js';

type Told = Transition<'client'>;

/** An agreement by itself, on a store that can fail, and the facts that lead to a key. */
function opened(options: Partial<ProvisioningClientOptions> = {}) {
  const store = openStore();
  const warnings: ClientWarning[] = [];
  const isFull = { now: false };
  const port = {
    load: store.load,
    save(data: string) {
      if (isFull.now) throw new Error('disk full');
      store.save(data);
    },
  };
  const settings = settingsOf(world({}, { store: port, ...options }).options);
  const agreement = createAgreement(settings, (warning) => void warnings.push(warning));
  const stored = () => {
    const memory = readMemory(store.saved, settings);
    if (!memory.ok) throw new Error(memory.error);
    return memory.value.memory;
  };
  return { agreement, isFull, store, stored, warnings };
}

async function settle(agreement: Agreement, policy: PolicyData = {}, keys: readonly [string, string] = ['1', '2']) {
  await agreement.begin();
  await agreement.deliver({ type: 'PolicyOffered', policyKey: keys[0], policy, revision: null });
  await agreement.deliver({ type: 'PolicyAcknowledged', policyKey: keys[0], status: 1 });
  await agreement.deliver({ type: 'PermanentKeyIssued', policyKey: keys[1] });
}

describe('what is noted', () => {
  test('becomes durable with the next fact, or at once', async () => {
    const { agreement, store, stored } = opened();
    await agreement.memory();
    const { saves } = store;
    await agreement.note({ protocolVersion: '14.0' });
    expect([store.saves, (await agreement.memory()).protocolVersion]).toEqual([saves, '14.0']);
    await agreement.noteAtOnce({ movedTo: 'https://new.example.com/eas' });
    expect(store.saves).toBe(saves + 1);
    expect(stored()).toMatchObject({ protocolVersion: '14.0' });
  });

  test('does not store a state by the way that is not to be stored yet', async () => {
    const { agreement, stored } = opened();
    await settle(agreement);
    await agreement.noteAtOnce({ protocolVersion: '14.0' });
    expect(stored()).toMatchObject({ protocolVersion: '14.0', state: { name: 'Acknowledging' } });
    expect((await agreement.state()).name).toBe('Provisioned');
    await agreement.commit();
    expect(stored()).toMatchObject({ protocolVersion: '14.0', state: { name: 'Provisioned' } });
  });

  test('is kept in memory where the store is full, and nobody minds', async () => {
    const { agreement, isFull, stored } = opened();
    await agreement.memory();
    isFull.now = true;
    await agreement.noteAtOnce({ protocolVersion: '14.0' });
    expect([(await agreement.memory()).protocolVersion, stored().protocolVersion]).toEqual(['14.0', null]);
  });
});

describe('an exchange', () => {
  test('that is rolled back goes on from what is stored, notes included', async () => {
    const { agreement } = opened();
    await settle(agreement);
    await agreement.note({ protocolVersion: '14.0' });
    agreement.rollBack();
    expect(await agreement.memory()).toMatchObject({ protocolVersion: '14.0', state: { name: 'Acknowledging' } });
    const { event, effects } = await agreement.begin();
    expect([event.type, effects[0]?.type]).toEqual(['RetryDue', 'Send']);
  });

  test('that was brought to an end owes nothing: the next one begins anew', async () => {
    const told: string[] = [];
    const { agreement } = opened({ inspect: ({ event }) => void told.push(event.type) });
    await settle(agreement);
    await settle(agreement, {}, ['3', '4']);
    expect(told.filter((type) => type === 'RetryDue')).toHaveLength(1);
  });
});

describe('the host is warned', () => {
  const policyOf = (characters: number) => 'x'.repeat(characters - 2);

  test('of a policy that is too long to be stored, once it is agreed on', async () => {
    const { agreement, warnings } = opened();
    await settle(agreement, policyOf(MAX_POLICY + 1));
    const told = [{ kind: 'PolicyNotKept', characters: MAX_POLICY + 1, limit: MAX_POLICY }];
    expect(warnings).toEqual(told);
    await agreement.deliver({ type: 'CommandAdmitted', policyKey: '2' });
    expect(warnings).toEqual(told);
  });

  test('not of one that is just short enough', async () => {
    const { agreement, stored, warnings } = opened();
    await settle(agreement, policyOf(MAX_POLICY));
    await agreement.commit();
    expect([warnings, stored().policy]).toEqual([[], policyOf(MAX_POLICY)]);
  });

  test.each(['plain', 'base64'] as const)('not of a query form %s that it asked for and got', async (queryForm) => {
    const { agreement, warnings } = opened({ queryForm });
    await agreement.memory();
    expect(warnings).toEqual([]);
  });
});

async function inspected(peerOptions: PeerOptions = {}, options: Partial<ProvisioningClientOptions> = {}) {
  const told: Told[] = [];
  const made = world(peerOptions, { inspect: (transition) => void told.push(transition), ...options });
  const client = createProvisioningClient(made.options);
  return { ...made, client, told };
}

const namesOf = (told: readonly Told[]) => told.map(({ event, after }) => `${event.type} ${after.name}`);

describe('an inspector', () => {
  test('is told of every fact, in order, also of one that changes nothing', async () => {
    const { client, told } = await inspected();
    await client.run(folderSync);
    expect(namesOf(told)).toEqual([
      'ReprovisionRequired NeedsReprovision',
      'RetryDue NeedsReprovision',
      'PolicyRequested AwaitingPolicy',
      'PolicyOffered Acknowledging',
      'PolicyAcknowledged Acknowledging',
      'PermanentKeyIssued Provisioned',
      'CommandAdmitted Provisioned',
    ]);
    expect(told[1]?.after).toBe(told[1]?.before);
    expect(told[3]?.effects).toMatchObject([{ type: 'ApplyPolicy', policyKey: '101' }]);
    await client.reset();
    expect(namesOf(told).slice(7)).toEqual(['Reset Unprovisioned']);
  });

  const reply = fc.constantFrom<Misbehavior | undefined>(
    undefined,
    'break',
    { status: 503 },
    commandReply(142),
    commandReply(140),
    commandReply(1),
    provisionReply({ status: 3 }),
    provisionReply({ status: 1, policies: [{ status: 2 }] }),
    provisionReply({ status: 1, remoteWipe: true }),
  );

  test('is told steps of the machine, each from where the one before led, whatever the server does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(reply, { maxLength: 8 }), fc.boolean(), async (replies, confirms) => {
        const wiping = { confirmWipe: () => confirms, wipe: () => {} };
        const { client, told } = await inspected({ misbehave: (_, count) => replies[count - 1] }, wiping);
        await client.run(folderSync);
        await client.run(folderSync);
        await client.provision();
        expect(told.length).toBeGreaterThan(0);
        for (const { before, event, after, effects } of told) expect(step(before, event)).toEqual([after, effects]);
        told.slice(1).forEach(({ before }, place) => {
          expect(before).toBe(told[place]?.after);
        });
        expect(told.at(-1)?.after).toBe(await client.state());
      }),
      { numRuns: 150 },
    );
  });

  test('is told once the state is stored, where it is stored at once', async () => {
    const store = openStore();
    const stored: string[] = [];
    const { client, options } = await inspected(
      {},
      {
        store,
        inspect({ after, effects }) {
          const isStored = JSON.stringify(inStore()) === JSON.stringify(after);
          stored.push(`${after.name} ${effects.some(({ type }) => type === 'StorePolicyKey')} ${isStored}`);
        },
      },
    );
    const inStore = () => {
      const memory = readMemory(store.saved, settingsOf(options));
      return memory.ok ? memory.value.memory.state : null;
    };
    await client.run(folderSync);
    expect(stored).toEqual([
      'NeedsReprovision false true',
      'NeedsReprovision false true',
      'AwaitingPolicy false true',
      'Acknowledging false true',
      'Acknowledging false true',
      'Provisioned true false',
      'Provisioned false true',
    ]);
  });

  test('is told nothing of a fact that could not be stored; the next starts from what is', async () => {
    const store = openStore();
    let saves = 0;
    const failing = {
      load: store.load,
      save(data: string) {
        saves += 1;
        if (saves === 4) throw new Error('disk full');
        store.save(data);
      },
    };
    const { client, told } = await inspected({}, { store: failing });
    expect(await client.run(folderSync)).toMatchObject({ explanation: { code: 'HostFailed' } });
    expect(namesOf(told)).toEqual([
      'ReprovisionRequired NeedsReprovision',
      'RetryDue NeedsReprovision',
      'PolicyRequested AwaitingPolicy',
    ]);
    await client.run(folderSync);
    expect(told[3]?.before).toEqual(told[2]?.after);
    expect(told.at(-1)?.after.name).toBe('Provisioned');
  });

  test('has no say: what it throws is ignored', async () => {
    const thrower = () => {
      throw new Error('not mine to say');
    };
    const { client, peer } = await inspected({}, { inspect: thrower });
    const quiet = await inspected();
    expect(await client.run(folderSync)).toEqual(await quiet.client.run(folderSync));
    expect(peer.asked()).toEqual(quiet.peer.asked());
  });
});
