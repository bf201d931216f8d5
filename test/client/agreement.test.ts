/** What an inspector is told: every fact the machine took, in order, after what it led to is stored. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { step, type Transition } from '../../machines/index.js';
import { createProvisioningClient, type ProvisioningClientOptions } from '../../src/client/index.js';
import { settingsOf } from '../../src/client/settings.js';
import { readMemory } from '../../src/client/stored-state.js';
import { folderSync, world } from './support/client.js';
import { commandReply, type Misbehavior, type PeerOptions, provisionReply } from './support/peer.js';
import { openStore } from './support/store.js';

type Told = Transition<'client'>;

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
