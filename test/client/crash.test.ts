import { describe, expect, test } from 'vitest';
import { createProvisioningClient, type ProvisioningClientOptions } from '../../src/client/index.js';
import { folderSync, world } from './support/client.js';
import { createPeer, type Peer } from './support/peer.js';

/** Everything that outlives a process: the server, the store, and the device with what was done to it. */
interface Durable {
  readonly peer: Peer;
  saved: string | null;
  applied: number;
  wiped: number;
}

/**
 * A process that dies at its n-th call of a port, before the call or after it took effect. A dead process calls
 * nothing and hears nothing.
 */
function processOn(durable: Durable, dies: { at: number; when: 'before' | 'after' } | null) {
  let calls = 0;
  let isDead = false;
  let died = () => {};
  const death = new Promise<'dead'>((resolve) => {
    died = () => resolve('dead');
  });

  function mortal<Args extends unknown[], Value>(call: (...args: Args) => Value | PromiseLike<Value>) {
    return async (...args: Args): Promise<Value> => {
      if (isDead) return never();
      calls += 1;
      const isLast = calls === dies?.at;
      if (isLast) isDead = true;
      const value = isLast && dies?.when === 'before' ? null : { is: await call(...args) };
      if (isLast) died();
      return value === null || isDead ? never() : value.is;
    };
  }

  const base = world().options;
  const options: ProvisioningClientOptions = {
    ...base,
    transport: mortal(durable.peer.transport),
    applyPolicy: mortal(() => {
      durable.applied += 1;
      return 1 as const;
    }),
    confirmWipe: mortal(() => true),
    wipe: mortal(() => {
      durable.wiped += 1;
    }),
    store: {
      load: () => durable.saved,
      save: mortal((data: string) => {
        durable.saved = data;
      }),
    },
  };
  const client = createProvisioningClient(options);
  return { client, run: () => Promise.race([client.run(folderSync), death]), calls: () => calls };
}

function never() {
  return new Promise<never>(() => {});
}

function born(wipe: Peer['current']['wipe'] = null): Durable {
  const peer = createPeer();
  peer.current.wipe = wipe;
  return { peer, saved: null, applied: 0, wiped: 0 };
}

/** Runs a client that dies at each of its calls in turn, then one on what it left behind. */
async function forEveryCrash(
  wipe: Peer['current']['wipe'],
  check: (durable: Durable, outcome: unknown, crash: string) => void,
): Promise<number> {
  const whole = processOn(born(wipe), null);
  await whole.run();
  for (let at = 1; at <= whole.calls(); at++) {
    for (const when of ['before', 'after'] as const) {
      const durable = born(wipe);
      expect(await processOn(durable, { at, when }).run()).toBe('dead');
      check(durable, await processOn(durable, null).run(), `${when} call ${at}`);
    }
  }
  return whole.calls();
}

describe('a crash at any call of a port (I17)', () => {
  test('while provisioning: the next process ends provisioned, both sides with the same key', async () => {
    const calls = await forEveryCrash(null, (durable, outcome, crash) => {
      const { permanent } = durable.peer.current;
      expect(outcome, crash).toMatchObject({ kind: 'Answered', policyKey: permanent });
      expect(durable.applied, crash).toBeGreaterThanOrEqual(1);
      expect(durable.applied, crash).toBeLessThanOrEqual(2);
      expect(durable.peer.received.length, crash).toBeLessThanOrEqual(4 + 5);
    });
    // Four requests, one policy and a save for each of the six states on the way.
    expect(calls).toBe(11);
  });

  test('while wiping: the device is wiped for certain before the server may forget it', async () => {
    await forEveryCrash('device', (durable, outcome, crash) => {
      expect(durable.applied === 0 || durable.wiped > 0, crash).toBe(true);
      expect(durable.wiped, crash).toBeGreaterThanOrEqual(1);
      expect(durable.wiped, crash).toBeLessThanOrEqual(2);
      expect(['Wiped', 'Answered'], crash).toContain((outcome as { kind: string }).kind);
    });
  });
});
