import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterDeciding, afterWriting, MAX_TRIES } from '../../src/server/race.js';

/** Races against others, each won or lost; whether the record is changed is decided anew each time. */
function lived(rounds: readonly { readonly isChanged: boolean; readonly isWon: boolean }[]) {
  const seen = { reads: 0, writes: 0, wins: 0, changed: false };
  for (let tries = MAX_TRIES; ; tries--) {
    const { isChanged, isWon } = rounds[seen.reads]!;
    seen.reads += 1;
    const read = { n: seen.reads };
    seen.changed = isChanged;
    if (afterDeciding(read, isChanged ? { ...read } : read) === 'Answer') return { ...seen, end: 'Answer' };
    seen.writes += 1;
    if (isWon) seen.wins += 1;
    const next = afterWriting(isWon, tries);
    if (next !== 'ReadAgain') return { ...seen, end: next };
  }
}

const round = fc.record({ isChanged: fc.boolean(), isWon: fc.boolean() });

test('four tries at the most, and an answer only to what is stored', () => {
  fc.assert(
    fc.property(fc.array(round, { minLength: 4, maxLength: 4 }), (rounds) => {
      const { reads, writes, wins, changed, end } = lived(rounds);
      expect(reads).toBeLessThanOrEqual(4);
      expect(end === 'Answer').toBe(!changed || wins === 1);
      expect(end === 'LostRace').toBe(writes === 4 && wins === 0);
      expect(wins).toBeLessThanOrEqual(1);
    }),
  );
});

test('only what was read itself needs no writing: an equal record does', () => {
  const read = { n: 1 };
  expect(afterDeciding(read, read)).toBe('Answer');
  expect(afterDeciding(read, { ...read })).toBe('Write');
});

test('four lost races are the end', () => {
  const lost = { isChanged: true, isWon: false };
  expect(lived([lost, lost, lost, { isChanged: true, isWon: true }])).toMatchObject({ writes: 4, end: 'Answer' });
  expect(lived([lost, lost, lost, lost])).toMatchObject({ reads: 4, writes: 4, end: 'LostRace' });
});
