import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRecord, recordKey } from '../../src/server/record.js';
import { createMemoryStore, type Store } from '../../src/server/store.js';
import { credentials, deviceOf } from '../support/device.js';
import { policyB, serverUnderTest } from '../support/server.js';

const who = { user: credentials.user, deviceId: 'DEVICE0001' };
const DAY = 24 * 60 * 60 * 1000;
const directed = { status: 1, remoteWipe: true };

describe('a wipe, step by step', () => {
  test('ordered, announced, directed, failed, directed again, done; then out until readmitted', async () => {
    const under = serverUnderTest();
    const { server } = under;
    const device = deviceOf(server);
    const key = await device.settle();
    const start = under.now;
    const wipe = async () => (await server.devices.read(who))?.wipe;

    await server.devices.wipe(who, 'device');
    expect(await wipe()).toMatchObject({ progress: 'Ordered', scope: 'device', orderedAt: start, announcedAt: null });
    under.now += 1;
    expect(await device.folderSync({ key })).toEqual({ http: 200, status: '140' });
    expect(await wipe()).toMatchObject({ progress: 'Announced', announcedAt: start + 1 });
    under.now += 1;
    expect(await device.provision({})).toEqual(directed);
    expect(await wipe()).toMatchObject({ progress: 'Directed', directedAt: start + 2 });
    under.now += 1;
    expect(await device.provision({ remoteWipe: { status: 2 } })).toEqual({ status: 2, remoteWipe: true });
    expect(await wipe()).toMatchObject({ progress: 'Failed', failedAt: start + 3 });
    under.now += 1;
    expect(await device.provision({})).toEqual(directed);
    expect(await wipe()).toMatchObject({ progress: 'Directed', directedAt: start + 4 });
    under.now += 1;
    expect(await device.provision({ remoteWipe: { status: 1 } })).toEqual({ status: 1 });
    expect(await server.devices.read(who)).toMatchObject({
      wiped: 'device',
      wipe: { progress: 'Completed', completedAt: start + 5 },
    });
    expect(await device.folderSync()).toEqual({ http: 200, status: '129' });
    expect(await device.initial()).toMatchObject({ status: 129 });

    expect(await server.devices.readmit(who)).toBe(true);
    expect(await server.devices.read(who)).toMatchObject({
      wiped: null,
      wipe: null,
      information: { Model: 'TestModel' },
    });
    expect(await server.devices.readmit(who)).toBe(false);
    expect(await device.folderSync({ key: await device.settle() })).toEqual({ http: 200, status: '1' });
  });

  test('cancelled at any time before it is done: the device provisions again', async () => {
    for (const steps of [0, 1, 2, 3]) {
      const { server } = serverUnderTest();
      const device = deviceOf(server);
      const key = await device.settle();
      await server.devices.wipe(who, 'device');
      if (steps > 0) await device.folderSync({ key });
      if (steps > 1) await device.provision({});
      if (steps > 2) await device.provision({ remoteWipe: { status: 2 } });
      expect(await server.devices.cancelWipe(who)).toBe(true);
      expect(await server.devices.cancelWipe(who)).toBe(false);
      expect(await server.devices.read(who)).toMatchObject({ wipe: null, wiped: null });
      expect(await device.folderSync({ key })).toEqual({ http: 200, status: '144' });
      expect(await device.provision({})).toEqual({ status: 1 });
      expect(await device.folderSync({ key: await device.settle() })).toEqual({ http: 200, status: '1' });
    }
  });

  test('undeliverable after its time; the order stands and is carried out when the device comes', async () => {
    const under = serverUnderTest({ wipeDelivery: DAY });
    const { server } = under;
    await server.devices.wipe(who, 'device');
    under.now += DAY - 1;
    expect((await server.devices.read(who))?.wipe?.progress).toBe('Ordered');
    under.now += 1;
    expect((await server.devices.read(who))?.wipe?.progress).toBe('Undeliverable');
    expect(await deviceOf(server).provision({})).toEqual(directed);
    expect((await server.devices.read(who))?.wipe?.progress).toBe('Directed');
  });

  test('directed and failed within one millisecond is failed, also in the first one that there is', async () => {
    const under = serverUnderTest();
    under.now = 0;
    const { server } = under;
    const device = deviceOf(server);
    await server.devices.wipe(who, 'device');
    await device.provision({});
    expect((await server.devices.read(who))?.wipe).toMatchObject({ progress: 'Directed', directedAt: 0 });
    await device.provision({ remoteWipe: { status: 2 } });
    expect((await server.devices.read(who))?.wipe).toMatchObject({ progress: 'Failed', failedAt: 0 });
  });

  test('of the device, ordered over one of the account, takes its place; not the other way round', async () => {
    const { server } = serverUnderTest();
    const scope = async () => (await server.devices.read(who))?.wipe?.scope;
    await server.devices.wipe(who, 'account');
    expect(await scope()).toBe('account');
    await server.devices.wipe(who, 'device');
    expect(await scope()).toBe('device');
    await server.devices.wipe(who, 'account');
    expect(await scope()).toBe('device');
  });

  test('a device that is out already can be ordered another, and is out again when that is cancelled', async () => {
    const { server } = serverUnderTest();
    const device = deviceOf(server, { version: '16.1' });
    await server.devices.wipe(who, 'account');
    await device.provision({});
    await device.provision({ accountOnlyRemoteWipe: { status: 1 } });
    expect(await device.folderSync()).toEqual({ http: 200, status: '129' });
    await server.devices.wipe(who, 'device');
    expect(await device.folderSync()).toEqual({ http: 200, status: '140' });
    await server.devices.cancelWipe(who);
    expect(await device.folderSync()).toEqual({ http: 200, status: '129' });
  });
});

describe('devices', () => {
  test('are listed, each as it is read', async () => {
    const { server } = serverUnderTest();
    await deviceOf(server, { deviceId: 'ONE' }).settle();
    await deviceOf(server, { deviceId: 'TWO' }).initial();
    const { devices, unreadable } = await server.devices.list();
    expect(unreadable).toEqual([]);
    expect(devices.map(({ user, deviceId, state }) => [user, deviceId, state.name])).toEqual([
      [credentials.user, 'one', 'Provisioned'],
      [credentials.user, 'two', 'Acknowledging'],
    ]);
    expect(await server.devices.read({ user: credentials.user, deviceId: 'ONE' })).toEqual({
      ...devices[0],
      deviceId: 'ONE',
    });
  });

  test('are listed whatever became of others, which are named and can be removed', async () => {
    const whole = createMemoryStore();
    await deviceOf(serverUnderTest({ store: whole }).server, { deviceId: 'GOOD' }).settle();
    const good = (await whole.get(recordKey({ user: credentials.user, deviceId: 'good' })))?.data ?? '';
    const isRecord = (text: string) => parseRecord(text) !== null;
    const junk = fc
      .oneof(
        fc.string(),
        fc.json(),
        fc.nat(good.length - 1).map((length) => good.slice(0, length)),
      )
      .filter((text) => !isRecord(text));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.stringMatching(/^[a-f]{1,4}$/), junk, { maxKeys: 5 }), async (broken) => {
        const store = createMemoryStore();
        const { devices } = serverUnderTest({ store }).server;
        const lost = Object.keys(broken).map((deviceId) => ({ user: credentials.user, deviceId }));
        for (const device of lost) store.put(recordKey(device), null, broken[device.deviceId] ?? '');
        store.put(recordKey({ user: credentials.user, deviceId: 'good' }), null, good);
        const listed = await devices.list();
        expect(listed.devices).toMatchObject([{ deviceId: 'good', state: { name: 'Provisioned' } }]);
        expect(listed.unreadable).toEqual(lost);
        for (const device of lost) {
          await expect(devices.read(device)).rejects.toThrow('StoreFailed');
          expect(await devices.remove(device)).toBe(true);
        }
        expect(await devices.list()).toEqual({ devices: listed.devices, unreadable: [] });
      }),
    );
  });

  test('can not be listed by a store that fails: nothing is said of what it did not tell', async () => {
    const store = { ...createMemoryStore(), keys: () => ['user/one'], get: () => Promise.reject(new Error('down')) };
    await expect(serverUnderTest({ store }).server.devices.list()).rejects.toThrow('down');
  });

  test('can not be listed by a store without keys', async () => {
    const { get, put } = createMemoryStore();
    const { devices } = serverUnderTest({ store: { get, put } }).server;
    await expect(devices.list()).rejects.toThrow(new TypeError('store: expected keys'));
  });

  test('are not what else a store holds, nor what went while they were listed', async () => {
    const gone = recordKey({ ...who, deviceId: 'gone' });
    const store = { ...createMemoryStore(), keys: () => ['settings', '%/x', gone, recordKey(who)] };
    const { server } = serverUnderTest({ store });
    await deviceOf(server).initial();
    expect(await server.devices.list()).toMatchObject({ devices: [{ deviceId: 'device0001' }], unreadable: [] });
  });

  test('removed are strangers, whatever stood ordered, in a store that removes and in one that does not', async () => {
    const { get, put } = createMemoryStore();
    for (const options of [{}, { store: { get, put } }]) {
      const { server } = serverUnderTest(options);
      const device = deviceOf(server);
      await device.settle();
      await server.devices.wipe(who, 'device');
      expect(await server.devices.remove(who)).toBe(true);
      expect(await server.devices.remove(who)).toBe(false);
      expect(await server.devices.read(who)).toBeNull();
      expect(await device.provision({})).toEqual({ status: 1 });
      expect(await device.folderSync()).toEqual({ http: 200, status: '142' });
    }
    expect(await serverUnderTest().server.devices.remove(who)).toBe(false);
  });

  test('removed are listed no more, also by a store that does not remove', async () => {
    const { get, put, keys } = createMemoryStore();
    const { server } = serverUnderTest({ store: { get, put, keys } });
    await deviceOf(server).settle();
    await server.devices.remove(who);
    expect(await server.devices.list()).toEqual({ devices: [], unreadable: [] });
  });

  test.each([
    [0, 1, true],
    [3, 4, true],
    [4, 4, new Error('LostRace')],
    [5, 4, new Error('LostRace')],
  ])('removed while %d others write first: read %d times, and the end is %s', async (others, reads, end) => {
    const memory = createMemoryStore();
    const { server } = serverUnderTest({ store: memory });
    await deviceOf(server).settle();
    let [left, read] = [others, 0];
    const store: Store = {
      ...memory,
      get(key) {
        read++;
        return memory.get(key);
      },
      remove(key, expected) {
        if (left-- > 0) memory.put(key, expected, 'other');
        return memory.remove(key, expected);
      },
    };
    const { devices } = serverUnderTest({ store }).server;
    expect(await devices.remove(who).catch((error: unknown) => error)).toEqual(end);
    expect([read, memory.size]).toEqual([reads, end === true ? 0 : 1]);
  });

  test.each<[string, Partial<Store>]>([
    ['removes', { remove: () => Promise.reject(new Error('down')) }],
    ['writes', { put: () => Promise.reject(new Error('down')) }],
  ])('are not removed by a store that fails when it %s', async (_when, broken) => {
    const { get, put } = createMemoryStore();
    await deviceOf(serverUnderTest({ store: { get, put } }).server).settle();
    const { devices } = serverUnderTest({ store: { get, put, ...broken } }).server;
    await expect(devices.remove(who)).rejects.toThrow(new Error('StoreFailed'));
    expect(await devices.read(who)).toMatchObject({ state: { name: 'Provisioned' } });
  });

  test('show when their key was issued', async () => {
    const under = serverUnderTest();
    const device = deviceOf(under.server);
    await device.initial();
    expect((await under.server.devices.read(who))?.keyIssuedAt).toBeNull();
    await device.settle();
    expect((await under.server.devices.read(who))?.keyIssuedAt).toBe(under.now);
  });

  test('a record that is junk is not shown as a stranger (I15)', async () => {
    const store = { get: () => ({ version: 1, data: 'junk' }), put: () => true };
    const { devices } = serverUnderTest({ store }).server;
    for (const order of [devices.read(who), devices.wipe(who, 'device'), devices.cancelWipe(who)]) {
      await expect(order).rejects.toThrow('StoreFailed');
    }
  });
});

describe('sightings', () => {
  test('nothing is remembered unless it is asked for', async () => {
    const { server } = serverUnderTest();
    await deviceOf(server).settle();
    expect((await server.devices.read(who))?.seen).toBeNull();
  });

  test('the last changes with their reasons, orders among them, and no key in full', async () => {
    const under = serverUnderTest({ sightings: 10, mintKey: countingFrom(4000000000) });
    const { server } = under;
    const device = deviceOf(server);
    await device.folderSync();
    const key = await device.settle();
    await device.folderSync({ key });
    under.policy = policyB;
    under.now += 5;
    await device.folderSync({ key });
    await server.devices.require(who, 'PolicyRefresh');
    const seen = (await server.devices.read(who))?.seen;
    expect(seen).toMatchObject({ lastSeen: under.now, deviceType: 'SP', protocolVersion: '14.1' });
    expect(
      seen?.history.map(({ command, from, to, events, reason }) => [command, from, to, ...events, reason]),
    ).toEqual([
      ['FolderSync', 'Unprovisioned', 'Unprovisioned', 'DeviceNotProvisioned'],
      ['Provision', 'Unprovisioned', 'Acknowledging', 'PolicyOffered', null],
      ['Provision', 'Acknowledging', 'Provisioned', 'Provisioned', null],
      ['FolderSync', 'Provisioned', 'NeedsReprovision', 'PolicyChanged', 'InvalidPolicyKey'],
      [null, 'NeedsReprovision', 'NeedsReprovision', 'ReprovisionOrdered', null],
    ]);
    expect(JSON.stringify(seen)).not.toContain(key);
    expect(seen?.history[2]?.policyKey).toBe('…0001');
  });

  test('orders by name, and only those that changed something', async () => {
    const { server } = serverUnderTest({ sightings: 10 });
    const { devices } = server;
    const device = deviceOf(server);
    await device.settle();
    const orders = async () => {
      const seen = (await devices.read(who))?.seen;
      return seen?.history.flatMap(({ command, events }) => (command === null ? events : []));
    };
    await devices.cancelWipe(who);
    await devices.readmit(who);
    expect(await orders()).toEqual([]);
    await devices.wipe(who, 'device');
    await devices.cancelWipe(who);
    expect(await orders()).toEqual(['WipeOrdered', 'WipeCancelled']);
    await devices.wipe(who, 'device');
    await device.provision({});
    await device.provision({ remoteWipe: { status: 1 } });
    await devices.readmit(who);
    expect((await orders())?.slice(2)).toEqual(['WipeOrdered', 'Readmitted']);
  });

  test('of a removed device are gone when it comes again', async () => {
    const { server } = serverUnderTest({ sightings: 10 });
    const device = deviceOf(server);
    await device.settle();
    await server.devices.remove(who);
    await device.initial();
    const seen = (await server.devices.read(who))?.seen;
    expect(seen?.history.map(({ events }) => events)).toEqual([['PolicyOffered']]);
  });

  test('of the last devices only, and 16 changes each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }), async (limit, devices) => {
        const { server } = serverUnderTest({ sightings: limit });
        for (let n = 0; n < devices; n++) {
          const device = deviceOf(server, { deviceId: `D${n}` });
          await device.initial();
          for (let again = 0; again < 20; again++) await device.folderSync();
        }
        for (let n = 0; n < devices; n++) {
          const view = await server.devices.read({ user: credentials.user, deviceId: `D${n}` });
          expect(view?.seen === null).toBe(n < devices - limit);
          if (view?.seen) expect(view.seen.history.length).toBe(16);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('whoever does not prove who they are leaves no trace', async () => {
    const { server } = serverUnderTest({ sightings: 10 });
    const device = deviceOf(server);
    await device.settle();
    const before = (await server.devices.read(who))?.seen?.history.length;
    await device.folderSync({ password: 'wrong' });
    expect((await server.devices.read(who))?.seen?.history.length).toBe(before);
  });
});

function countingFrom(first: number): () => string {
  let next = first;
  return () => String(next++);
}
