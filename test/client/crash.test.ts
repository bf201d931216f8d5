import { describe, expect, test } from 'vitest';
import { fileStore } from '../../src/cli/provision-state.js';
import { createProvisioningClient, type ProvisioningClientOptions, type StateStore } from '../../src/client/index.js';
import { temporaryPath } from '../cli/temporary.js';
import { folderSync, world } from './support/client.js';
import { createPeer, type Peer, policy } from './support/peer.js';
import { openStore } from './support/store.js';

/** Everything that outlives a process: the server, the store, and the device with what was done to it. */
interface Durable {
  readonly peer: Peer;
  readonly store: StateStore;
  applied: number;
  wiped: number;
}

/**
 * A process that dies at its n-th call of a port, before the call or after it took effect. A dead process calls
 * nothing and hears nothing.
 */
function processOn(
  durable: Durable,
  dies: { at: number; when: 'before' | 'after' } | null,
  given: Partial<ProvisioningClientOptions> = {},
) {
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
      load: () => durable.store.load(),
      save: mortal((data: string) => durable.store.save(data)),
    },
    ...given,
  };
  const client = createProvisioningClient(options);
  return { client, run: () => Promise.race([client.run(folderSync), death]), calls: () => calls };
}

function never() {
  return new Promise<never>(() => {});
}

interface Life {
  readonly wipe?: Peer['current']['wipe'];
  readonly store?: () => StateStore;
  /** What the process that dies is given, and what the one after it. */
  readonly first?: Partial<ProvisioningClientOptions>;
  readonly next?: Partial<ProvisioningClientOptions>;
}

function born({ wipe = null, store = openStore }: Life): Durable {
  const peer = createPeer();
  peer.current.wipe = wipe;
  return { peer, store: store(), applied: 0, wiped: 0 };
}

/** Runs a client that dies at each of its calls in turn, then one on what it left behind. */
async function forEveryCrash(
  life: Life,
  check: (durable: Durable, outcome: unknown, crash: string) => void | Promise<void>,
): Promise<number> {
  const whole = processOn(born(life), null, life.first);
  await whole.run();
  for (let at = 1; at <= whole.calls(); at++) {
    for (const when of ['before', 'after'] as const) {
      const durable = born(life);
      expect(await processOn(durable, { at, when }, life.first).run()).toBe('dead');
      await check(durable, await processOn(durable, null, life.next).run(), `${when} call ${at}`);
    }
  }
  return whole.calls();
}

describe('a crash at any call of a port (I17)', () => {
  test('while provisioning: the next process ends provisioned, both sides with the same key', async () => {
    const calls = await forEveryCrash({}, (durable, outcome, crash) => {
      const { permanent } = durable.peer.current;
      expect(outcome, crash).toMatchObject({ kind: 'Answered', policyKey: permanent });
      expect(durable.applied, crash).toBeGreaterThanOrEqual(1);
      expect(durable.applied, crash).toBeLessThanOrEqual(2);
      expect(durable.peer.received.length, crash).toBeLessThanOrEqual(4 + 1);
    });
    // Four requests, one policy, a save for each of the six states on the way, and one before anything is sent.
    expect(calls).toBe(12);
  });

  test('while wiping: the device is wiped for certain before the server may forget it', async () => {
    await forEveryCrash({ wipe: 'device' }, (durable, outcome, crash) => {
      expect(durable.applied === 0 || durable.wiped > 0, crash).toBe(true);
      expect(durable.wiped, crash).toBeGreaterThanOrEqual(1);
      expect(durable.wiped, crash).toBeLessThanOrEqual(2);
      expect(['Wiped', 'Answered'], crash).toContain((outcome as { kind: string }).kind);
    });
  });

  test('while wiping, and nobody agrees the second time: what was said to the server is what is done', async () => {
    const ends = new Set<string>();
    await forEveryCrash({ wipe: 'device', next: { confirmWipe: () => false } }, ({ peer, wiped }, outcome, crash) => {
      const said = new Set(peer.asked().filter((asked) => asked.startsWith('Provision wiped')));
      // One process dies behind the end of the wipe, and the one after it is at its first contact.
      const isPromised = said.has('Provision wiped 1');
      expect(wiped > 0, crash).toBe(isPromised);
      expect(said.size, crash).toBe(1);
      const { kind } = outcome as { kind: string };
      expect(isPromised ? ['Wiped', 'Answered'] : ['Failed'], crash).toContain(kind);
      ends.add(kind);
    });
    expect(ends).toContain('Wiped');
    expect(ends).toContain('Failed');
  });

  test.each([
    ['memory', openStore],
    ['a file', () => fileStore(temporaryPath('state.json'))],
  ])('with the state in %s: the next process knows the policy, also before it asks again', async (_, store) => {
    await forEveryCrash({ store }, async (durable, outcome, crash) => {
      expect(outcome, crash).toMatchObject({ kind: 'Answered', policyKey: durable.peer.current.permanent });
      const sent = durable.peer.received.length;
      expect(await processOn(durable, null).client.policy(), crash).toEqual(policy);
      expect(durable.peer.received.length, crash).toBe(sent);
    });
  });

  test.each([
    ['plain', 'base64'],
    ['base64', 'plain'],
  ] as const)('the server sees the device in one form, %s, whatever the next process is given', async (form, other) => {
    await forEveryCrash({ first: { queryForm: form }, next: { queryForm: other } }, (durable, outcome, crash) => {
      const { received, current } = durable.peer;
      const forms = new Set(received.map(({ request }) => request?.query.form));
      // Dead before its first save, the process has sent nothing either.
      expect([...forms], crash).toEqual([crash === 'before call 1' ? other : form]);
      expect(outcome, crash).toMatchObject({ kind: 'Answered', policyKey: current.permanent });
    });
  });

  test('while provisioning first: the same key on both sides, and no command without it', async () => {
    const provisionFirst = { provisionFirst: true };
    await forEveryCrash({ first: provisionFirst, next: provisionFirst }, (durable, outcome, crash) => {
      const { asked, current, received } = durable.peer;
      expect(outcome, crash).toMatchObject({ kind: 'Answered', policyKey: current.permanent, repeated: false });
      const commands = asked().filter((each) => each.startsWith('FolderSync'));
      expect(new Set(commands), crash).toEqual(new Set([`FolderSync ${current.permanent}`]));
      expect(received.length, crash).toBeLessThanOrEqual(3 + 1);
    });
  });

  test('twice over, at any two calls: a third process ends provisioned, with one request repeated for each crash', async () => {
    const calls = 12;
    for (let first = 1; first <= calls; first++) {
      for (let second = 1; second <= calls; second++) {
        const durable = born({});
        const crash = `at ${first}, then at ${second}`;
        await processOn(durable, { at: first, when: 'after' }).run();
        await processOn(durable, { at: second, when: 'after' }).run();
        const outcome = await processOn(durable, null).run();
        expect(outcome, crash).toMatchObject({ kind: 'Answered', policyKey: durable.peer.current.permanent });
        expect(durable.applied, crash).toBeLessThanOrEqual(3);
        expect(durable.peer.received.length, crash).toBeLessThanOrEqual(4 + 2);
      }
    }
  });
});
