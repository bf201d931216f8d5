import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { step } from '../../machines/index.js';
import { type Memory, remember } from '../../src/client/memory.js';
import { firstFacts, takeFact } from '../../src/client/take-fact.js';
import { allFacts } from '../support/arbitraries/facts.js';
import { reachable } from '../support/reachable.js';

const states = reachable('client');
const memories = states.map(
  (state): Memory => ({
    state,
    policy: null,
    queryForm: 'base64',
    protocolVersion: '16.1',
    movedTo: null,
    unasked: 0,
    hasLookedForWipe: false,
  }),
);
const takings = memories.flatMap((before) => allFacts.map((event) => ({ before, event, ...takeFact(before, event) })));

describe('a fact taken', () => {
  test('is what the machine makes of it, remembered', () => {
    const wrong = takings.filter(({ before, event, transition, memory }) => {
      const [after, effects] = step(before.state, event);
      return !isDeepStrictEqual(
        [transition, memory],
        [{ before: before.state, event, after, effects }, remember(before, event, after)],
      );
    });
    expect(wrong).toEqual([]);
  });

  test('is stored first if it changed anything, unless its effects say when', () => {
    const seen = { first: 0, later: 0, never: 0 };
    for (const { before, transition, memory, isStoredFirst } of takings) {
      const namesThePoint = transition.effects.some(({ type }) => type === 'StorePolicyKey');
      const when = memory === before ? 'never' : namesThePoint ? 'later' : 'first';
      seen[when] += 1;
      if (isStoredFirst !== (when === 'first')) throw new Error(`${before.state.name} ${transition.event.type}`);
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });

  test('is taken by the engine that is given', () => {
    const [before, after] = [memories[0]!, states.at(-1)!];
    const other = { step: () => [after, []] as const, remember: () => before };
    expect(takeFact(before, { type: 'Reset' }, other)).toMatchObject({ transition: { after }, memory: before });
  });
});

describe('an exchange begins', () => {
  test('in a process that goes on: with a new request', () => {
    for (const state of states) {
      expect(firstFacts(state, false)).toEqual({ owed: null, request: { type: 'PolicyRequested' } });
    }
  });

  test('in a process that starts: with what is owed, which is asked for again as it was', () => {
    let owing = 0;
    for (const { transition } of takings) {
      const { after, effects } = transition;
      const requests = effects.filter(({ type }) => type === 'Send' || type === 'ApplyPolicy');
      const { owed, request } = firstFacts(after, true);
      expect(request).toEqual({ type: 'PolicyRequested' });
      if (requests.length === 0 || !['AwaitingPolicy', 'Acknowledging'].includes(after.name)) continue;
      owing += 1;
      expect(owed && step(after, owed)[1]).toEqual(expect.arrayContaining(requests));
    }
    expect(owing).toBeGreaterThan(100);
  });
});
