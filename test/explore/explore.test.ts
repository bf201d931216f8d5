/** Both sides together, through everything that can happen within small bounds. `npm run verify` goes further. */
import { describe, expect, test } from 'vitest';
import { type Bounds, boundsOf } from '../../src/explore/bounds.js';
import { replay } from '../../src/explore/chapter.js';
import { createComposed } from '../../src/explore/composed.js';
import { explore } from '../../src/explore/explore.js';
import { type InvariantName, invariantNames } from '../../src/explore/invariants.js';
import { type Parts, shippedParts } from '../../src/explore/parts.js';
import { endless, loops, smallest, wrongs } from './mutants.js';

async function explored(bounds: Partial<Bounds>, parts: Partial<Parts> = {}, until?: InvariantName) {
  const composed = await createComposed({ ...shippedParts, ...parts }, boundsOf({ ...smallest, ...bounds }));
  const search = explore(composed, until ? { until } : {});
  for (;;) {
    const turn = search.next();
    if (turn.done) return turn.value;
  }
}

describe.each<[string, Partial<Bounds>]>([
  ['one fault and one change', { faults: 1, changes: 1 }],
  ['two changes', { changes: 2 }],
  ['two servers on one store', { faults: 1, servers: 2 }],
  ['two commands at once', { commands: 2, changes: 1 }],
  ['protocol 12.1', { version: '12.1', faults: 1, changes: 1 }],
  ['protocol 14.1', { version: '14.1', faults: 1, changes: 1 }],
])('with %s', (_what, bounds) => {
  test('every promise holds in every state, and every state comes to an end', async () => {
    const { invariants, isWhole, worstCaseRequests } = await explored(bounds);
    expect(invariants.filter(({ holds }) => holds !== true)).toEqual([]);
    expect(isWhole).toBe(true);
    // The command, an exchange that was stale, a whole exchange, the command again; for each command at once.
    expect(worstCaseRequests).toBeLessThanOrEqual(12);
  });
});

describe('a promise is broken if', () => {
  test.each(invariantNames.map((name) => [wrongs[name].fault, name] as const))('%s: %s', async (_fault, name) => {
    const { bounds = {}, parts } = wrongs[name];
    const { invariants } = await explored(bounds, parts, name);
    const found = invariants.find((row) => row.name === name);
    expect(found?.holds).toBe(false);

    const chapter = found?.chapter ?? '';
    const replayed = await replay(chapter, { ...shippedParts, ...parts });
    expect(replayed.broken).toContain(name);
    expect(chapter).toContain(replayed.chart.join('\n'));
    const asShipped = await replay(chapter, shippedParts).catch((error: Error) => error);
    if (!(asShipped instanceof TypeError)) expect(asShipped).toMatchObject({ broken: [] });
  });

  test.each(loops.map(({ fault, breaks, ...wrong }) => [fault, breaks, wrong] as const))(
    '%s: %s',
    async (_fault, breaks, { bounds = {}, parts }) => {
      const { invariants } = await explored(bounds, parts);
      expect(invariants.filter(({ holds }) => holds !== true).map(({ name }) => name)).toContain(breaks);
    },
  );

  test.each(Object.entries(endless))('%s', async (name, { bounds = {}, parts }) => {
    const { invariants } = await explored(bounds, parts);
    expect(invariants.find((row) => row.name === name)?.holds).toBe(false);
  });
});
