/** What an inspector is told: the facts of the decision that was stored, in order, before the answer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { step, type Transition } from '../../machines/index.js';
import type { DeviceIdentity, ServerOptions } from '../../src/server/index.js';
import { recordKey } from '../../src/server/record.js';
import { createMemoryStore, type Store } from '../../src/server/store.js';
import { credentials, type Device, deviceOf, keyIn } from '../support/device.js';
import { policyA, policyB, serverUnderTest } from '../support/server.js';

interface Told {
  readonly device: DeviceIdentity;
  readonly transition: Transition<'server'>;
}

const known = { user: credentials.user, deviceId: 'DEVICE0001' };

function inspectedServer(options: Partial<ServerOptions> = {}) {
  const told: Told[] = [];
  const under = serverUnderTest({
    inspect: (device, transition) => void told.push({ device, transition }),
    ...options,
  });
  /** What was told since the last question. */
  const facts = () => told.splice(0).map(({ transition }) => `${transition.event.type} ${transition.after.name}`);
  return { under, told, facts, device: deviceOf(under.server) };
}

describe('an inspector', () => {
  test('is told of every fact of an exchange, in order, also of one that changes nothing', async () => {
    const { device, facts, told } = inspectedServer();
    await device.folderSync();
    expect(facts()).toEqual(['PolicyDetermined Unprovisioned']);
    const temporary = keyIn(await device.initial());
    expect(told.every((each) => each.device.user === known.user && each.device.deviceId === known.deviceId)).toBe(true);
    expect(told.map(({ transition }) => transition.effects.map(({ type }) => type))).toEqual([
      [],
      ['LoadPolicy'],
      ['StorePolicyKey', 'Respond', 'StartTimer'],
    ]);
    expect(facts()).toEqual([
      'PolicyDetermined Unprovisioned',
      'PolicyRequested AwaitingPolicy',
      'PolicyOffered Acknowledging',
    ]);
    const key = keyIn(await device.acknowledge(temporary));
    expect(facts()).toEqual([
      'PolicyDetermined Acknowledging',
      'PolicyAcknowledged Acknowledging',
      'PermanentKeyIssued Provisioned',
    ]);
    await device.folderSync({ key });
    expect(facts()).toEqual(['PolicyDetermined Provisioned', 'CommandAdmitted Provisioned']);
  });

  test('is told of the orders of the administration, and of deadlines', async () => {
    const { under, device, facts } = inspectedServer({ refreshInterval: 1000 });
    const key = await device.settle();
    facts();
    under.now += 2000;
    await device.folderSync({ key });
    expect(facts()).toEqual(['ReprovisionRequired NeedsReprovision', 'PolicyDetermined NeedsReprovision']);
    await under.server.devices.wipe(known, 'device');
    await under.server.devices.wipe(known, 'device');
    await under.server.devices.cancelWipe(known);
    await under.server.devices.readmit(known);
    expect(facts()).toEqual([
      'ReprovisionRequired NeedsReprovision',
      'ReprovisionRequired NeedsReprovision',
      'WipeCancelled NeedsReprovision',
    ]);
    await under.server.devices.wipe(known, 'device');
    await device.initial();
    facts();
    await device.provision({ remoteWipe: { status: 1 } });
    expect(facts()).toEqual([
      'PolicyDetermined Acknowledging',
      'WipeAcknowledged Acknowledging',
      'WipeCompleted Unprovisioned',
    ]);
    await under.server.devices.readmit(known);
    expect(facts()).toEqual(['Reset Unprovisioned']);
  });

  test('is told steps of the machine, each from where the one before led, up to what is observed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...moves), { maxLength: 12 }), async (chosen) => {
        const { under, told, device } = inspectedServer({ refreshInterval: 5000, spread: 100 });
        let from: Transition<'server'>['after'] | null = null;
        for (const move of chosen) {
          await move(device, under, { key: keys.get(device) ?? '0' });
          for (const { transition } of told.splice(0)) {
            const { before, event, after, effects } = transition;
            expect(step(before, event)).toEqual([after, effects]);
            if (from !== null) expect(before).toEqual(from);
            from = after;
          }
          const seen = await under.server.devices.read(known);
          if (seen && from) expect(from).toEqual(seen.state);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('is told after the write and before the answer', async () => {
    const order: string[] = [];
    const memory = createMemoryStore();
    const store: Store = {
      get: memory.get,
      put(...given) {
        order.push('put');
        return memory.put(...given);
      },
    };
    const inspect = (_: DeviceIdentity, { event }: Transition) => void order.push(event.type);
    const { device } = inspectedServer({ store, inspect, observe: () => void order.push('observe') });
    await device.initial();
    expect(order).toEqual(['put', 'PolicyDetermined', 'PolicyRequested', 'PolicyOffered', 'observe']);
  });

  test('has no say: what it throws, now or later, is ignored', async () => {
    const quiet = inspectedServer();
    const key = await quiet.device.settle();
    for (const inspect of [() => Promise.reject(new Error('later')), thrower]) {
      const { device, under } = inspectedServer({ inspect });
      expect(await device.settle()).toBe(key);
      expect(under.exchanges.map(({ httpStatus, reason }) => [httpStatus, reason])).toEqual([
        [200, null],
        [200, null],
      ]);
    }
  });
});

describe('a decision that was not stored', () => {
  test('because another came first: only the last is told, once', async () => {
    const memory = createMemoryStore();
    const { told, facts, device, under } = inspectedServer({ store: racing(memory, 2) });
    await device.initial();
    expect(facts()).toEqual([
      'PolicyDetermined Unprovisioned',
      'PolicyRequested AwaitingPolicy',
      'PolicyOffered Acknowledging',
    ]);
    await under.server.devices.wipe(known, 'device');
    expect(told).toHaveLength(1);
    expect(told[0]?.transition.before.context.policyKey).toBe('102');
  });

  test('because others always came first, or the store failed: nothing is told', async () => {
    const memory = createMemoryStore();
    const stores: readonly Store[] = [racing(memory, 99), { get: memory.get, put: thrower }];
    for (const store of stores) {
      const { told, device, under } = inspectedServer({ store });
      expect(await device.initial()).toBe(503);
      await expect(under.server.devices.wipe(known, 'device')).rejects.toThrow(/LostRace|StoreFailed/);
      expect(told).toEqual([]);
    }
  });

  test('because nobody could say what the policy is: nothing is told', async () => {
    let isDown = false;
    const policyFor = () => (isDown ? thrower() : policyA);
    const { device, facts } = inspectedServer({ policyFor, whilePolicyFails: 'keep' });
    const key = await device.settle();
    facts();
    isDown = true;
    expect(await device.initial()).toBe(503);
    expect(facts()).toEqual([]);
    expect((await device.folderSync({ key })).http).toBe(200);
    expect(facts()).toEqual(['CommandAdmitted Provisioned']);
  });
});

type Move = (device: Device, under: ReturnType<typeof serverUnderTest>, holding: { key: string }) => unknown;

/** The key each device was given last. */
const keys = new WeakMap<Device, string>();

async function given(device: Device, answer: ReturnType<Device['initial']>) {
  const message = await answer;
  const key = typeof message === 'number' ? undefined : message.policies?.[0]?.policyKey;
  if (key !== undefined) keys.set(device, key);
}

const moves: readonly Move[] = [
  (device, _, holding) => device.folderSync(holding),
  (device) => device.folderSync(),
  (device) => given(device, device.initial()),
  (device, _, { key }) => given(device, device.acknowledge(key)),
  (device, _, { key }) => device.acknowledge(key, 3),
  (device) => device.provision({ remoteWipe: { status: 1 } }),
  (_, { server }) => server.devices.wipe(known, 'device'),
  (_, { server }) => server.devices.cancelWipe(known),
  (_, { server }) => server.devices.readmit(known),
  (_, { server }) => server.devices.require(known, 'PolicyRefresh'),
  (_, under) => {
    under.policy = under.policy === policyA ? policyB : policyA;
  },
  (_, under) => {
    under.now += 3000;
  },
];

function thrower(): never {
  throw new Error('not mine to say');
}

/** A store in which others write first, as often as told. */
function racing(memory: Store, times: number): Store {
  let left = times;
  return {
    get: memory.get,
    async put(key, version, data) {
      if (left-- <= 0) return memory.put(key, version, data);
      return key !== recordKey(known) && memory.put(key, version, data);
    },
  };
}
