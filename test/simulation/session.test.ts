import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factsOf, permalinkOf, resume } from '../../src/simulation/index.js';
import { play, played } from './support/sessions.js';

test('a permalink leads to where the session was', async () => {
  await fc.assert(
    fc.asyncProperty(played, async (session) => {
      const simulation = await play(session);
      const resumed = await resume(permalinkOf(simulation));
      if (!resumed.ok) throw new Error(resumed.error.message);
      expect(resumed.value.entries).toEqual(simulation.entries);
      expect(resumed.value.moves).toEqual(simulation.moves);
    }),
    { numRuns: 60 },
  );
});

test('moves that cannot be done when their turn comes are left out', async () => {
  const resumed = await resume('14.1.d.c.s.r.s');
  expect(resumed.ok && permalinkOf(resumed.value)).toBe('14.1.c.s2');
});

test('a text that is none is a problem', async () => {
  expect(await resume('14.1.zz')).toMatchObject({ ok: false, error: { code: 'ERR_PERMALINK', offset: 5 } });
});

test('the facts of either side are those that it was fed, without those that a crash undid', async () => {
  const facts = async (text: string) => {
    const resumed = await resume(text);
    if (!resumed.ok) throw new Error(text);
    const { client, server } = factsOf(resumed.value);
    return [client, server].map((list) => [list.role, ...list.facts.map(({ type }) => type)].join(' '));
  };
  expect(await facts('14.1.c.s4')).toEqual([
    'client ReprovisionRequired RetryDue PolicyRequested PolicyOffered PolicyAcknowledged',
    'server PolicyDetermined PolicyDetermined PolicyRequested PolicyOffered',
  ]);
  expect((await facts('14.1.c.s8.f.c.s2'))[0]).toBe('client ReprovisionRequired RetryDue PolicyRequested');
});
