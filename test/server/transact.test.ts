import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { step } from '../../machines/index.js';
import { policyRevision } from '../../src/policy/revision.js';
import { createProvisioningServer } from '../../src/server/create-server.js';
import { decideFact } from '../../src/server/decide.js';
import type { Awaitable } from '../../src/server/ports.js';
import { type DeviceRecord, formatRecord, parseRecord, recordKey, unknownDevice } from '../../src/server/record.js';
import { createMemoryStore, type Store } from '../../src/server/store.js';
import { transact } from '../../src/server/transact.js';
import { deviceOf } from '../support/device.js';
import { policyA, serverUnderTest } from '../support/server.js';

const device = { user: 'user@example.test', deviceId: 'DEVICE0001' };
const key = recordKey(device);
const wipe = { type: 'ReprovisionRequired', policyKey: '0', reason: 'RemoteWipeRequested' } as const;
const ordered = decideFact(unknownDevice, wipe).record;
const described = (record: DeviceRecord): DeviceRecord => ({ ...record, information: { Model: 'M' } });
const down = (): Promise<never> => Promise.reject(new Error('down'));

/** A store that lets others write in between a read and the write that follows it, as often as told. */
function contested(times: number, others: (record: DeviceRecord) => DeviceRecord) {
  const memory = createMemoryStore();
  const counts = { reads: 0, writes: 0 };
  let left = times;
  const store: Store = {
    get(name) {
      counts.reads++;
      return memory.get(name);
    },
    put(name, expected, data) {
      counts.writes++;
      if (left-- > 0) {
        const found = memory.get(name);
        const stored = found && 'data' in found ? found : null;
        const record = stored ? parseRecord(stored.data) : unknownDevice;
        memory.put(name, stored?.version ?? null, formatRecord(others(record ?? unknownDevice)));
      }
      return memory.put(name, expected, data);
    },
  };
  return { store, memory, counts };
}

describe('one read, at most one write', () => {
  test('a stranger is unknown, and what is decided is there for the next to read', async () => {
    const { store, counts } = contested(0, (record) => record);
    const seen: DeviceRecord[] = [];
    const decide = (record: DeviceRecord) => {
      seen.push(record);
      return { record: described(record), answer: 'A' };
    };
    expect(await transact(store, device, decide)).toEqual({ record: described(unknownDevice), answer: 'A' });
    expect(counts).toEqual({ reads: 1, writes: 1 });
    await transact(store, { ...device, deviceId: 'device0001' }, decide);
    expect(seen).toEqual([unknownDevice, described(unknownDevice)]);
  });

  test('nothing is written where the record is the same', async () => {
    const { store, counts, memory } = contested(0, (record) => record);
    expect(await transact(store, device, (record) => ({ record, answer: 'A' }))).toMatchObject({ answer: 'A' });
    expect([counts, memory.size]).toEqual([{ reads: 1, writes: 0 }, 0]);
  });

  test('is done at once with a store that answers at once', () => {
    expect(transact(createMemoryStore(), device, (record) => ({ record }))).toEqual({ record: unknownDevice });
  });
});

describe('a lost race', () => {
  test.each([1, 2, 3])('%d times: reads and decides again, and nothing of the others is lost', async (times) => {
    const { store, memory, counts } = contested(times, () => ordered);
    const decided = await transact(store, device, (record) => ({ record: described(record) }));
    expect(decided).toEqual({ record: described(ordered) });
    expect(counts).toEqual({ reads: times + 1, writes: times + 1 });
    expect(memory.get(key)).toEqual({ version: times + 1, data: formatRecord(described(ordered)) });
  });

  test('four times: gives up, and wrote nothing', async () => {
    const { store, memory, counts } = contested(4, () => ordered);
    expect(await transact(store, device, (record) => ({ record: described(record) }))).toBe('LostRace');
    expect(counts.writes).toBe(4);
    expect(memory.get(key)).toEqual({ version: 4, data: formatRecord(ordered) });
  });
});

describe('a store that fails', () => {
  const broken: readonly (readonly [string, Store])[] = [
    ['rejects a read', { get: down, put: () => true }],
    ['rejects a write', { get: () => null, put: down }],
    [
      'throws at a read',
      {
        get: () => {
          throw new Error('down');
        },
        put: () => true,
      },
    ],
    [
      'throws at a write',
      {
        get: () => null,
        put: () => {
          throw new Error('down');
        },
      },
    ],
  ];
  test.each(broken)('%s: no decision leaves it', async (_fault, store) => {
    expect(await transact(store, device, (record) => ({ record: described(record) }))).toBe('StoreFailed');
  });

  test.each(['', 'null', '{"machine":1}', '[]'])(
    'holds junk, %j: not taken for a stranger, and kept (I15)',
    async (junk) => {
      const memory = createMemoryStore();
      memory.put(key, null, junk);
      let isDecided = false;
      const decide = (record: DeviceRecord) => {
        isDecided = true;
        return { record: described(record) };
      };
      expect(await transact(memory, device, decide)).toBe('StoreFailed');
      expect(isDecided).toBe(false);
      expect(memory.get(key)).toEqual({ version: 1, data: junk });
    },
  );
});

describe('two servers on one store', () => {
  test('requests of one device at once: exactly one temporary key wins', async () => {
    await policyRevision(policyA);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 6 }), async (scheduler, requests) => {
        const memory = createMemoryStore();
        const later = <T>(call: () => Awaitable<T>): Promise<T> => scheduler.schedule(Promise.resolve()).then(call);
        const store: Store = {
          get: (name) => later(() => memory.get(name)),
          put: (name, expected, data) => later(() => memory.put(name, expected, data)),
        };
        let minted = 100;
        const mintKey = () => String(minted++);
        const [one, other] = [0, 1].map(() => deviceOf(serverUnderTest({ store, mintKey }).server));
        const asked = Array.from({ length: requests }, (_, n) => (n % 2 === 0 ? one : other)!.initial());
        const offers = await scheduler.waitFor(Promise.all(asked));
        const offered = offers.flatMap((offer) => (typeof offer === 'number' ? [] : [offer.policies?.[0]?.policyKey]));
        expect(offers.filter((offer) => typeof offer === 'number').every((http) => http === 503)).toBe(true);
        expect(new Set(offered).size).toBe(offered.length);

        const earned: unknown[] = [];
        for (const temporary of offered) {
          const answer = await scheduler.waitFor(other!.acknowledge(temporary!));
          const policy = typeof answer === 'number' ? null : answer.policies?.[0];
          earned.push(policy?.status);
          expect(policy?.policyKey !== undefined).toBe(policy?.status === 1);
        }
        expect(earned.filter((status) => status === 1)).toHaveLength(1);
        expect(earned.filter((status) => status === 5)).toHaveLength(offered.length - 1);
      }),
      { numRuns: 60 },
    );
  });

  test('an order given on one is obeyed by the other', async () => {
    const store = createMemoryStore();
    const options = { authenticate: () => null, policyFor: () => null, commands: () => ({}), store };
    await createProvisioningServer(options).devices.wipe(device, 'device');
    const [expected] = step(unknownDevice.state, wipe);
    expect(await createProvisioningServer(options).devices.read(device)).toMatchObject({ state: expected });
  });
});
