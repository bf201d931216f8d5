import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { needsProvisioning, save, start, step } from '../../machines/index.js';
import { createSimulation, factsOf, type MoveName, moveNames, type Simulation } from '../../src/simulation/index.js';
import type { Entry, TransitionEntry } from '../../src/timeline/index.js';
import { play, played, stepOn } from './support/sessions.js';

const runs = { numRuns: 120 };

describe('whatever a person does', () => {
  test('the same moves come to the same entries', async () => {
    await fc.assert(
      fc.asyncProperty(played, async (session) => {
        const [one, other] = [await play(session), await play(session)];
        expect(other.entries).toEqual(one.entries);
        expect(sightOf(other)).toEqual(sightOf(one));
      }),
      runs,
    );
  });

  test('they come to the same however fast they are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(played, async ({ protocolVersion, moves }) => {
        const patient = await play({ protocolVersion, moves });
        const hasty = await createSimulation({ protocolVersion });
        await Promise.all(moves.map((move) => hasty.do(move)));
        expect(hasty.entries).toEqual(patient.entries);
      }),
      runs,
    );
  });

  test('a move that cannot be done changes nothing, and one that can is noted', async () => {
    await fc.assert(
      fc.asyncProperty(played, fc.constantFrom(...moveNames), async (session, move) => {
        const simulation = await play(session);
        const before = structuredClone({ sight: sightOf(simulation), entries: simulation.entries });
        const isPossible = simulation.can(move);
        await simulation.do(move);
        if (!isPossible) expect({ sight: sightOf(simulation), entries: simulation.entries }).toEqual(before);
        else {
          expect(simulation.moves).toEqual([...before.sight.moves, move]);
          expect(simulation.entries.slice(0, before.entries.length)).toEqual(before.entries);
          expect(simulation.entries.length).toBeGreaterThan(before.entries.length);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('every message meets at most one end, every one that met none waits, and answers have their request', async () => {
    await fc.assert(
      fc.asyncProperty(played, async (session) => {
        const { entries, waiting } = await play(session);
        const ids = entries.flatMap((entry) => (entry.kind === 'Message' ? entry.id : []));
        expect(new Set(ids).size).toBe(ids.length);
        const ended = entries.flatMap((entry) => (isEnd(entry) ? entry.message : []));
        expect(new Set(ended).size).toBe(ended.length);
        const open = ids.filter((id) => !ended.includes(id)).sort(byNumber);
        expect(waiting.flatMap(({ message }) => message ?? []).sort(byNumber)).toEqual(open);
        const arrived = new Set<number>();
        for (const entry of entries) {
          if (entry.kind === 'Fate') {
            expect(ids).toContain(entry.message);
            if (entry.fate === 'Delivered') arrived.add(entry.message);
          }
          if (entry.kind === 'Message' && entry.answers !== null) expect(arrived).toContain(entry.answers);
        }
      }),
      runs,
    );
  });

  test('every transition is one of the machine, and time never goes back', async () => {
    await fc.assert(
      fc.asyncProperty(played, async (session) => {
        const { entries } = await play(session);
        for (const { before, event, after, effects } of transitionsIn(entries)) {
          const [state, asked] = step(before, event);
          expect(save(after)).toEqual(save(state));
          expect(effects).toEqual(asked);
        }
        const times = entries.map(({ at }) => at);
        expect(times).toEqual([...times].sort(byNumber));
      }),
      runs,
    );
  });

  test('the facts of either side lead to its state', async () => {
    await fc.assert(
      fc.asyncProperty(played, async (session) => {
        const simulation = await play(session);
        const { client, server } = factsOf(simulation);
        const device = client.facts.reduce((state, fact) => step(state, fact)[0], start('client'));
        expect(save(device)).toEqual(save(simulation.client));
        const peer = server.facts.reduce((state, fact) => step(state, fact)[0], start('server'));
        expect(save(peer)).toEqual(save(simulation.server));
      }),
      { numRuns: 250 },
    );
  });

  test('with nothing lost any more and a device that complies, both come to an agreement', async () => {
    await fc.assert(
      fc.asyncProperty(played, async (session) => {
        const simulation = await play(session);
        await stepOn(simulation);
        for (const move of ['accept', 'confirmWipes', 'cancelWipe', 'readmit'] as const satisfies MoveName[]) {
          await simulation.do(move);
        }
        for (let tries = 0; tries < 6; tries++) {
          await simulation.do('command');
          expect(await stepOn(simulation)).toBeLessThan(60);
          if (isAgreed(simulation)) break;
        }
        expect({ outcome: simulation.outcome, isAgreed: isAgreed(simulation) }).toMatchObject({ isAgreed: true });
        expect(simulation.outcome).toMatch(/^FolderSync is answered with Status 1/);
      }),
      { numRuns: 250 },
    );
  });
});

function sightOf({ client, server, settings, outcome, waiting, moves }: Simulation) {
  return { client, server, settings, outcome, waiting, moves: [...moves] };
}

function isAgreed({ client, server, settings }: Simulation): boolean {
  if (settings.policy === null) return !needsProvisioning(client);
  return (
    client.name === 'Provisioned' &&
    server.name === 'Provisioned' &&
    client.context.policyKey === server.context.policyKey
  );
}

function transitionsIn(entries: readonly Entry[]): readonly TransitionEntry[] {
  return entries.filter((entry) => entry.kind === 'Transition');
}

function isEnd(entry: Entry): entry is Extract<Entry, { kind: 'Fate' }> {
  return entry.kind === 'Fate' && (entry.fate === 'Delivered' || entry.fate === 'Lost');
}

function byNumber(one: number, other: number): number {
  return one - other;
}
