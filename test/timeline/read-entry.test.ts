/** Entries from outside: those that were saved come back, anything else is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProvisioningState, type Role, start, step } from '../../machines/index.js';
import { fromRecording } from '../../src/timeline/from-recording.js';
import { type Entry, transitionEntry } from '../../src/timeline/index.js';
import { readEntry } from '../../src/timeline/read-entry.js';
import { play, played } from '../simulation/support/sessions.js';
import { allFacts } from '../support/arbitraries/facts.js';
import { recorded } from '../transcripts/wire.js';

const again = (entry: unknown): unknown => JSON.parse(JSON.stringify(entry));
const place = { at: 0, session: 'one' } as const;

describe('an entry that was saved comes back', () => {
  test('of a simulation', async () => {
    await fc.assert(
      fc.asyncProperty(played, async (session) => {
        const { entries } = await play(session);
        for (const entry of entries) expect(readEntry(again(entry))).toEqual({ ok: true, value: entry });
      }),
      { numRuns: 20 },
    );
  });

  test('of a recording', () => {
    for (const entry of fromRecording(recorded('horde-happy.jsonl'))) {
      expect(readEntry(again(entry))).toEqual({ ok: true, value: entry });
    }
  });

  test('of every fact in every state that a walk leads to', () => {
    const walk = fc.array(fc.constantFrom(...allFacts), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.constantFrom<Role>('client', 'server'), walk, (role, facts) => {
        let before: ProvisioningState = start(role);
        for (const event of facts) {
          const [after, effects] = step(before, event);
          const entry = transitionEntry(place, { before, event, after, effects });
          expect(readEntry(again(entry))).toEqual({ ok: true, value: entry });
          before = after;
        }
      }),
    );
  });
});

const some: readonly Entry[] = fromRecording(recorded('tb5-v142-161.jsonl')).filter(
  (entry) => entry.kind !== 'Message' || entry.id < 8,
);
/** Every place in a value, as the names that lead there. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, part]) => placesIn(part, [...path, name]))];
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: (part: unknown) => unknown): unknown {
  if (name === undefined) return by(value);
  if (Array.isArray(value)) return value.map((part, at) => (String(at) === name ? replaced(part, rest, by) : part));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, part]) => [key, key === name ? replaced(part, rest, by) : part]),
  );
}

describe('anything else', () => {
  const spot = fc
    .constantFrom(...some)
    .chain((entry) => fc.tuple(fc.constant(entry), fc.constantFrom(...placesIn(again(entry)))));

  test('is refused with a place, or has the shape of an entry all the same', () => {
    fc.assert(
      fc.property(spot, fc.jsonValue(), ([entry, path], json) => {
        const read = readEntry(replaced(again(entry), path, () => json));
        if (!read.ok) expect(read.error.code).toBe('ERR_REPLAY_TIMELINE');
        else expect(Object.keys(read.value).sort()).toEqual(Object.keys(entry).sort());
      }),
      { numRuns: 1000 },
    );
  });

  test('of another type in any place is refused', () => {
    fc.assert(
      fc.property(spot, ([entry, path]) => {
        // A function is nothing that JSON has, so that it is the wrong thing in every place.
        const read = readEntry(replaced(again(entry), path, () => Symbol.for));
        const isInside = path.includes('policy');
        if (!isInside) expect([path, read.ok]).toEqual([path, false]);
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, unknown, string | undefined]>([
    ['no object', 7, undefined],
    ['no kind', {}, 'kind'],
    ['a kind of another world', { kind: 'constructor', at: 0, session: '' }, 'kind'],
    ['a time before the beginning', { kind: 'Note', at: -1, session: '', by: 'link', text: '' }, 'at'],
    ['a field too many', { kind: 'Note', at: 0, session: '', by: 'link', text: '', more: 1 }, 'more'],
    ['a side that is none', { kind: 'Note', at: 0, session: '', by: 'page', text: '' }, 'by'],
    ['a text without end', { kind: 'Note', at: 0, session: '', by: 'link', text: 'x'.repeat(10_001) }, 'text'],
  ])('%s', (_what, json, path) => {
    const read = readEntry(json);
    expect(read).toMatchObject({ ok: false, error: { code: 'ERR_REPLAY_TIMELINE', ...(path && { path }) } });
  });

  test('a transition of one side with the states of the other, or with half a state', () => {
    const event = { type: 'PolicyRequested' } as const;
    const before = start('client');
    const [after, effects] = step(before, event);
    const entry = transitionEntry(place, { before, event, after, effects });
    expect(readEntry({ ...entry, role: 'server' })).toMatchObject({ ok: false, error: { path: 'role' } });
    // A stored record leaves out what is clean; a state has all of it.
    const { cycles: _, ...context } = before.context;
    const half = { ...entry, before: { ...before, context } };
    expect(readEntry(half)).toMatchObject({ ok: false, error: { path: 'before' } });
  });
});
