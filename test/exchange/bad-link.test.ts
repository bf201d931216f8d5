/** Convergence: whatever the wire loses and whatever changes meanwhile, once it calms both sides agree again. */
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { policyRevision } from '../../src/server/index.js';
import type { Engine, Mutant } from '../support/engine.js';
import { createLink, type Fate, type Link } from '../support/link.js';
import { policyA, policyB } from '../support/server.js';

/** The engine behind both adapters: the shipped one, or a mutant. */
const running = vi.hoisted(() => ({ engine: null as Engine | null }));

vi.mock('../../machines/provisioning.step.js', async (original) => {
  const shipped = await original<typeof import('../../machines/provisioning.step.js')>();
  return {
    ...shipped,
    step: (...[state, event]: Parameters<typeof shipped.step>) =>
      running.engine ? running.engine.step(state, event) : shipped.step(state, event),
  };
});

afterEach(() => {
  running.engine = null;
});

const who = { user: 'user@example.test', deviceId: 'DEVICE0001' };

/** What happens around one HTTP exchange. */
type Trouble = Fate | 'policy changed' | 'offer expired' | 'server forgot' | 'device restarted';
const troubles: readonly Trouble[] = [
  'delivered',
  'request lost',
  'response lost',
  'policy changed',
  'offer expired',
  'server forgot',
  'device restarted',
];

/** Lives through the troubles, then asks until the wire is calm; the number of requests it took after the last. */
async function live(run: readonly Trouble[]): Promise<{ readonly link: Link; readonly calm: number }> {
  // So many changes in a row would be taken for a loop.
  const link = createLink({ limits: { cycles: 100 } });
  const left = [...run];
  link.before = async () => {
    const trouble = left.shift();
    if (trouble === 'policy changed') link.under.policy = link.under.policy === policyA ? policyB : policyA;
    if (trouble === 'offer expired') link.under.now += 2 * 60 * 60 * 1000;
    if (trouble === 'server forgot') await link.under.server.devices.readmit(who);
    if (trouble === 'device restarted') link.restart();
    if (trouble === 'request lost' || trouble === 'response lost') link.fates.push(trouble);
  };
  while (left.length > 0) await link.client.run({ name: 'FolderSync' });
  const before = link.exchanges.length;
  const outcome = await link.client.run({ name: 'FolderSync' });
  expect(outcome).toMatchObject({ kind: 'Answered', status: 200 });
  return { link, calm: link.exchanges.length - before };
}

async function agrees({ link }: { readonly link: Link }) {
  const device = await link.client.state();
  const server = (await link.under.server.devices.read(who))?.state;
  expect([device.name, device.context.policyKey]).toEqual(['Provisioned', server?.context.policyKey]);
  expect(server?.name).toBe('Provisioned');
  expect(device.context.policyKey).not.toBe('0');
  expect(server?.context.revision).toBe(link.under.policy && (await policyRevision(link.under.policy)));
}

const convergence = fc.asyncProperty(
  fc.array(fc.constantFrom(...troubles), { maxLength: 16, size: 'max' }),
  async (run) => {
    const lived = await live(run);
    await agrees(lived);
    // The refused command, the three requests of a whole exchange with one that was stale, and the command again.
    expect(lived.calm).toBeLessThanOrEqual(6);
  },
);

test('both sides converge', async () => {
  await fc.assert(convergence, { numRuns: 400 });
});

test.each(Object.entries(mutants()))('and would not if %s', async (_fault, mutant) => {
  const { engineOf, shipped } = await import('../support/engine.js');
  running.engine = engineOf((await mutant)(shipped.parts));
  await expect(fc.assert(convergence, { numRuns: 300, seed: 1 })).rejects.toThrow(/Counterexample/);
});

/** Imported late: the engine module itself stands on the mocked one. */
function mutants(): Readonly<Record<string, Promise<Mutant>>> {
  const engine = import('../support/engine.js');
  return {
    'a changed policy went unnoticed': engine.then(({ guard }) => guard('differsFromAgreed', () => false)),
    'a demand were not heard': engine.then(({ guard }) => guard('concernsCurrentKey', () => false)),
    'a permanent key were not kept': engine.then(({ update }) => update('keepKey', () => () => ({ pending: null }))),
  };
}
