/** The facts between two states, found from the states alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ProvisioningState, type Role, start, step } from '../../machines/index.js';
import { factsBetween } from '../../src/timeline/chapter-facts.js';
import { allFacts } from '../support/arbitraries/facts.js';

test('one fact that leads somewhere is found, or another that leads there', () => {
  const walk = fc.array(fc.constantFrom(...allFacts), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom<Role>('client', 'server'), walk, (role, facts) => {
      let before: ProvisioningState = start(role);
      for (const fact of facts.slice(0, -1)) [before] = step(before, fact);
      const [last] = facts.slice(-1);
      const [after] = last ? step(before, last) : [before];
      const ways = factsBetween(before, after, last ? [last] : [], step);
      expect(ways?.at(-1)?.after ?? before).toEqual(after);
      expect(ways?.length).toBe(after === before ? 0 : 1);
    }),
  );
});

test('how often a device asked its server does not count: an exploration forgets it', () => {
  const [asked] = step(start('server'), { type: 'PolicyRequested' });
  const [offered] = step(asked, { type: 'PolicyOffered', policyKey: '7', policy: {}, revision: null });
  const [again] = step(offered, { type: 'PolicyRequested' });
  const kept = { ...again, context: { ...again.context, cycles: 1 } };
  expect(again.context.cycles).toBe(2);
  expect(factsBetween(offered, kept, [], step)?.map(({ event }) => event.type)).toEqual(['PolicyRequested']);
});

test('where no fact leads, none is made up', () => {
  const state = start('client');
  const elsewhere = { ...state, context: { ...state.context, attempts: 99 } };
  expect(factsBetween(state, elsewhere, [], step)).toBeNull();
});
