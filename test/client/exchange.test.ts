import { describe, expect, test } from 'vitest';
import { createAgreement } from '../../src/client/agreement.js';
import type { Sent } from '../../src/client/connection.js';
import { runExchange } from '../../src/client/exchange.js';
import { createProvisioningClient, type ProvisioningClientOptions, type StateStore } from '../../src/client/index.js';
import { settingsOf } from '../../src/client/settings.js';
import { err, ok } from '../../src/protocol/result.js';
import { folderSync, world } from './support/client.js';
import { type Misbehavior, policy, provisionReply } from './support/peer.js';

const policyType = 'MS-EAS-Provisioning-WBXML';

describe('an exchange', () => {
  test('asks, applies, acknowledges under the temporary key, and keeps the permanent one [R449 R467 R496 R625 R635 R636 R436]', async () => {
    const applied: unknown[] = [];
    const { peer, options } = world(
      {},
      {
        applyPolicy(...args) {
          applied.push(args);
          return 1;
        },
        device: { id: 'ASPROV0001', type: 'SmartPhone', information: { OS: 'Test 1' } },
      },
    );
    const client = createProvisioningClient(options);
    expect(await client.provision()).toEqual({ kind: 'Provisioned', policyKey: '102', policy });
    expect(applied).toEqual([[policy, { policyKey: '101', protocolVersion: '14.1' }]]);
    expect(peer.received.map(({ policyKey, message }) => [policyKey, message])).toEqual([
      ['0', { deviceInformation: { Model: 'SmartPhone', OS: 'Test 1' }, policies: [{ policyType }] }],
      ['101', { policies: [{ policyType, policyKey: '101', status: 1 }] }],
    ]);
    expect(await client.state()).toMatchObject({ name: 'Provisioned', context: { policyKey: '102' } });
  });

  test.each([2, 3, 4] as const)(
    'tells the truth about a policy applied with status %i, once [R456]',
    async (status) => {
      const { peer, options } = world({}, { applyPolicy: () => status });
      expect(await createProvisioningClient(options).provision()).toMatchObject({
        kind: 'Refused',
        failure: { kind: 'Rejected', scope: 'Provision', status: 139 },
        explanation: { code: 'Provision 139', name: 'DeviceNotFullyProvisionable', move: 'administrator' },
        answer: null,
      });
      expect(peer.asked()).toEqual(['Provision initial', `Provision acknowledgment 101 ${status}`]);
    },
  );

  test('begins anew when the acknowledgment names the wrong key [R476 R508]', async () => {
    const { peer, options } = world({
      misbehave: (_, n) =>
        n === 2 ? provisionReply({ status: 1, policies: [{ policyType, status: 5, policyKey: '9' }] }) : undefined,
    });
    expect(await createProvisioningClient(options).provision()).toMatchObject({
      kind: 'Provisioned',
      policyKey: '103',
    });
    expect(peer.asked()).toHaveLength(4);
  });

  test('ends without a policy when the one that was offered is taken away', async () => {
    const { options } = world({
      misbehave: (_, n) => (n === 2 ? provisionReply({ status: 1, policies: [{ policyType, status: 2 }] }) : undefined),
    });
    const client = createProvisioningClient(options);
    expect(await client.provision()).toEqual({ kind: 'ProvisionedWithoutPolicy' });
    expect(await client.policy()).toBeNull();
  });

  test('a key that the query cannot carry makes the offer an answer that cannot be used', async () => {
    const offer = { policyType, status: 1, policyKey: String(2 ** 32), data: policy };
    const { peer, options } = world(
      { misbehave: () => provisionReply({ status: 1, policies: [offer] }) },
      { queryForm: 'base64' },
    );
    expect(await createProvisioningClient(options).provision()).toMatchObject({
      kind: 'Failed',
      failure: { kind: 'ExchangeFailed', fault: 'Malformed' },
    });
    expect(peer.asked()).toEqual(['Provision initial']);
  });

  test('a key of 0 is the server breaking the rules', async () => {
    const offer = { policyType, status: 1, policyKey: '0', data: policy };
    const { options } = world({ misbehave: () => provisionReply({ status: 1, policies: [offer] }) });
    expect(await createProvisioningClient(options).provision()).toMatchObject({
      kind: 'Violation',
      event: 'PolicyOffered',
      fault: 'server',
      explanation: { move: 'server' },
    });
  });

  test('after a violation begins anew, not where it was', async () => {
    const offer = { policyType, status: 1, policyKey: '0', data: policy };
    const underNoKey = provisionReply({ status: 1, policies: [offer] });
    const { peer, options } = world({ misbehave: (_, n) => (n === 1 ? underNoKey : undefined) });
    const client = createProvisioningClient(options);
    expect(await client.provision()).toMatchObject({ kind: 'Violation', event: 'PolicyOffered' });
    expect(await client.provision()).toMatchObject({ kind: 'Provisioned' });
    expect(peer.asked()[1]).toBe('Provision initial');
  });

  test('an answer that cannot be used is not asked for again', async () => {
    const { peer, options } = world({ misbehave: () => ({ status: 200, body: new Uint8Array(5) }) });
    expect(await createProvisioningClient(options).provision()).toMatchObject({
      kind: 'Failed',
      failure: { kind: 'ExchangeFailed', fault: 'Malformed' },
    });
    expect(peer.asked()).toHaveLength(1);
  });

  test('a body beyond the limit is not read to its end', async () => {
    const { options } = world({ misbehave: () => 'flood' }, { responseLimit: 0x2_0000 });
    expect(await createProvisioningClient(options).provision()).toMatchObject({ failure: { fault: 'Malformed' } });
  });
});

describe('tries', () => {
  test('wait longer from one to the next, and end', async () => {
    const { peer, clock, options } = world({ misbehave: () => 'break' });
    expect(await createProvisioningClient(options).provision()).toMatchObject({
      kind: 'Unreachable',
      failure: { kind: 'ExchangeFailed', fault: 'Network' },
      explanation: { move: 'wait' },
    });
    expect(peer.asked()).toHaveLength(4);
    expect(clock.slept).toEqual([1000, 2000, 4000]);
  });

  test('wait as long as Retry-After says where that is longer', async () => {
    const reply = { status: 503, headers: { 'Retry-After': '3' } };
    const { peer, clock, options } = world({ misbehave: (_, n) => (n <= 3 ? reply : undefined) });
    expect(await createProvisioningClient(options).provision()).toMatchObject({ kind: 'Provisioned' });
    expect(clock.slept).toEqual([3000, 3000, 4000]);
    expect(peer.asked()).toHaveLength(5);
  });

  test.each([
    ['a date', 'Thu, 01 Jan 1970 00:00:07 GMT', 7000],
    ['a date that has passed', 'Wed, 31 Dec 1969 23:59:59 GMT', 1000],
    ['years', '999999999', 24 * 60 * 60 * 1000],
    ['a date in a far year', 'Fri, 31 Dec 9999 23:59:59 GMT', 24 * 60 * 60 * 1000],
    ['words', 'soon', 1000],
  ])('wait until %s, at most for a day', async (_, value, waited) => {
    const reply = { status: 503, headers: { 'Retry-After': value } };
    const { clock, options } = world({ misbehave: (_, n) => (n === 1 ? reply : undefined) });
    expect(await createProvisioningClient(options).provision()).toMatchObject({ kind: 'Provisioned' });
    expect(clock.slept).toEqual([waited]);
  });

  test('do not wait for what an earlier answer asked', async () => {
    const reply = { status: 503, headers: { 'Retry-After': '30' } };
    const { clock, options } = world({ misbehave: (_, n) => (n === 1 ? reply : n === 2 ? 'break' : undefined) });
    expect(await createProvisioningClient(options).provision()).toMatchObject({ kind: 'Provisioned' });
    expect(clock.slept).toEqual([30_000, 2000]);
  });

  test('a server that never answers costs the timeout each time', async () => {
    const { clock, options } = world({ misbehave: () => 'hang' }, { timeout: 9000, limits: { attempts: 1 } });
    expect(await createProvisioningClient(options).provision()).toMatchObject({
      kind: 'Unreachable',
      failure: { fault: 'Timeout' },
    });
    expect(clock.slept).toEqual([9000, 1000, 9000]);
    expect(clock.now()).toBe(19_000);
  });

  test('a broken acknowledgment is repeated without applying the policy again', async () => {
    let applied = 0;
    const applyPolicy = () => {
      applied += 1;
      return 1 as const;
    };
    const { peer, options } = world({ misbehave: (_, n) => (n === 2 ? 'break' : undefined) }, { applyPolicy });
    expect(await createProvisioningClient(options).provision()).toMatchObject({ kind: 'Provisioned' });
    expect(applied).toBe(1);
    expect(peer.asked().slice(1)).toEqual(['Provision acknowledgment 101 1', 'Provision acknowledgment 101 1']);
  });

  test.each(['hang', 'break', { status: 503 }] satisfies Misbehavior[])(
    'one exchange that failed does not spoil the next: %o',
    async (misbehavior) => {
      let isIll = true;
      const { options } = world({ misbehave: () => (isIll ? misbehavior : undefined) }, { limits: { attempts: 0 } });
      const client = createProvisioningClient(options);
      expect(await client.provision()).not.toMatchObject({ kind: 'Provisioned' });
      isIll = false;
      expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
    },
  );
});

describe('what the host throws', () => {
  const cause = new Error('host');
  const fail = () => {
    throw cause;
  };

  test('applyPolicy: the outcome names it, and the next call applies the same offer', async () => {
    let isBroken = true;
    const { peer, options } = world({}, { applyPolicy: () => (isBroken ? fail() : 1) });
    const client = createProvisioningClient(options);
    expect(await client.provision()).toMatchObject({
      kind: 'Failed',
      failure: { kind: 'HostFailed', port: 'applyPolicy', cause },
      explanation: { move: 'caller' },
    });
    isBroken = false;
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered', policyKey: '102' });
    expect(peer.asked()).toEqual(['Provision initial', 'Provision acknowledgment 101 1', 'FolderSync 102']);
  });

  test('applyPolicy that answers no status is as good as one that throws', async () => {
    const { options } = world({}, { applyPolicy: () => Number.NaN as 1 });
    const cause = new TypeError('applyPolicy: expected 1, 2, 3 or 4');
    expect(await createProvisioningClient(options).provision()).toMatchObject({
      failure: { port: 'applyPolicy', cause },
    });
  });

  test.each(['authorization', 'random'] as const)('%s', async (port) => {
    const { options } = world({ misbehave: () => 'break' }, { [port]: fail });
    expect(await createProvisioningClient(options).provision()).toMatchObject({ failure: { port, cause } });
  });

  test('confirmWipe', async () => {
    const { peer, options } = world({}, { confirmWipe: fail, wipe: () => {} });
    peer.current.wipe = 'device';
    expect(await createProvisioningClient(options).provision()).toMatchObject({
      failure: { port: 'confirmWipe', cause },
    });
  });

  test('clock, when it is to wait for the next try', async () => {
    const { peer, options } = world({ misbehave: () => 'break' }, { clock: { now: () => 0, sleep: fail } });
    expect(await createProvisioningClient(options).provision()).toMatchObject({ failure: { port: 'clock', cause } });
    expect(peer.asked()).toEqual(['Provision initial']);
  });

  test('clock, when it is to say how long a server asks to wait', async () => {
    const { sleep } = world().clock;
    const busy = ok({ status: 503, headers: { 'retry-after': '3' }, body: new Uint8Array() });
    const { outcome } = await over([busy], { clock: { now: fail, sleep } });
    expect(outcome).toMatchObject({ failure: { kind: 'HostFailed', port: 'clock', cause } });
  });

  test('authorization that is no header value', async () => {
    const { peer, options } = world({}, { authorization: async () => 'Bearer a\r\nX-Evil: 1' });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({
      failure: { port: 'authorization' },
    });
    expect(peer.asked()).toEqual([]);
  });

  test('store.load: nothing is sent, and it is asked again', async () => {
    let isBroken = true;
    const store: StateStore = { load: () => (isBroken ? fail() : null), save: () => {} };
    const { peer, options } = world({}, { store });
    const client = createProvisioningClient(options);
    for (const outcome of [await client.provision(), await client.run(folderSync), await client.reset()]) {
      expect(outcome).toMatchObject({ kind: 'Failed', failure: { port: 'store.load', cause } });
    }
    await expect(client.state()).rejects.toBe(cause);
    expect(peer.asked()).toEqual([]);
    isBroken = false;
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
  });

  test('store.save: at whatever point, the state stays the stored one and the next call ends well', async () => {
    for (let failing = 1; failing <= 5; failing++) {
      let saves = 0;
      let saved: string | null = null;
      const store: StateStore = {
        load: () => saved,
        save(data) {
          saves += 1;
          if (saves === failing) fail();
          saved = data;
        },
      };
      const { options } = world({}, { store });
      const client = createProvisioningClient(options);
      const failed = await client.run(folderSync);
      expect(failed).toMatchObject({ kind: 'Failed', failure: { port: 'store.save' } });
      expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
    }
  });

  test('a store that fails when nothing but a counter is to be kept does not cost the answer', async () => {
    let isBroken = false;
    const { options } = world({}, { store: { load: () => null, save: () => (isBroken ? fail() : undefined) } });
    const client = createProvisioningClient(options);
    await client.provision();
    isBroken = true;
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
  });

  test('observe: nothing comes of it', async () => {
    const { options } = world({}, { observe: fail });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ kind: 'Answered' });
  });
});

describe('a request that the connection does not send', () => {
  test.each([
    { kind: 'HostFailed', port: 'authorization', cause: 'expired' },
    { kind: 'ForeignState', field: 'user' },
  ] as const)('ends the exchange for the same reason: %o', async (failure) => {
    const { outcome } = await over([err(failure)]);
    expect(outcome).toMatchObject({ kind: 'Failed', failure });
  });

  test('is not told of, nor does it keep a device from its wipe', async () => {
    const directive = provisionReply({ status: 1, remoteWipe: true });
    const lost = err({ kind: 'HostFailed', port: 'authorization', cause: 'expired' } as const);
    const { outcome, told } = await over([ok({ headers: {}, body: new Uint8Array(), ...directive }), lost]);
    expect(outcome).toEqual({ kind: 'Wiped', scope: 'device' });
    expect(told).toEqual([]);
  });
});

test('a fault of this library is no outcome', async () => {
  const fault = new Error('of this library');
  await expect(over([], {}, () => Promise.reject(fault))).rejects.toBe(fault);
});

describe('reset', () => {
  test('forgets the agreement', async () => {
    const { peer, options } = world();
    const client = createProvisioningClient(options);
    await client.provision();
    expect(await client.reset()).toEqual({ kind: 'Reset' });
    expect(await client.policy()).toBeNull();
    expect(await client.state()).toMatchObject({ name: 'Unprovisioned', context: { policyKey: '0' } });
    await client.run({ name: 'FolderSync' });
    expect(peer.asked()[2]).toBe('FolderSync 0');
  });

  test.each([
    ['while a request is out', 'hang'],
    ['while it waits for the next try', { status: 503, headers: { 'Retry-After': '86400' } }],
  ] satisfies [string, Misbehavior][])('calls off the exchange %s', async (_, misbehavior) => {
    let resetting: Promise<unknown> = Promise.resolve();
    const { peer, clock, options } = world({
      misbehave() {
        setImmediate(() => {
          resetting = client.reset();
        });
        return misbehavior;
      },
    });
    const client = createProvisioningClient(options);
    expect(await client.provision()).toMatchObject({
      kind: 'Failed',
      failure: { kind: 'ExchangeFailed', fault: 'Aborted' },
    });
    expect(await resetting).toEqual({ kind: 'Reset' });
    expect(await client.state()).toMatchObject({ name: 'Unprovisioned', context: { failure: null, cycles: 0 } });
    expect(peer.asked()).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });
});

test('a junk record is a first contact: the server says again what it wants', async () => {
  const { options } = world({}, { store: { load: () => '{"v":2,"name":"Provisioned"', save: () => {} } });
  const client = createProvisioningClient(options);
  expect(await client.state()).toMatchObject({ name: 'Unprovisioned' });
  expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered', repeated: true });
});

/** An exchange by itself, over a connection that comes to these results and makes no attempt. */
async function over(
  results: readonly Sent['result'][],
  options: Partial<ProvisioningClientOptions> = {},
  first?: () => Promise<never>,
) {
  const left = [...results];
  const told: unknown[] = [];
  const device = { confirmWipe: () => true, wipe: () => {} };
  const settings = settingsOf(world({}, { ...device, ...options }).options);
  const agreement = createAgreement(settings, () => {});
  const connection = {
    version: () => settings.protocolVersion,
    async send(): Promise<Sent> {
      const result = left.shift();
      if (!result) throw new Error('one request too many');
      return { result, attempt: null };
    },
  };
  const parts = { settings, agreement, connection, tell: (...args: readonly unknown[]) => void told.push(args) };
  const outcome = await runExchange(parts, first ?? agreement.begin, new AbortController().signal);
  return { outcome, told };
}
