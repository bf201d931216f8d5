import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { brokenBits, invariantNames, invariants } from '../../src/explore/invariants.js';

const page = readFileSync(new URL('../../docs/proof.md', import.meta.url), 'utf8');

test('every promise has a bit of its own, and stands on the page', () => {
  expect(invariantNames.length).toBeLessThanOrEqual(30);
  for (const name of invariantNames) {
    const { id, promise } = invariants[name];
    expect(page).toContain(`| ${id} | \`${name}\` | ${promise} |`);
  }
});

test('a view is held against its own rows', () => {
  const calls = { isUnderWay: false, isAwaiting: false, awaited: 0, waiting: 0 };
  const bitOf = (name: (typeof invariantNames)[number]) => 1 << invariantNames.indexOf(name);
  expect(brokenBits('calls', calls)).toBe(0);
  expect(brokenBits('calls', { ...calls, waiting: 1 })).toBe(bitOf('whoWaitsIsHeard'));
  expect(brokenBits('calls', { ...calls, awaited: 1 })).toBe(bitOf('oneExchange'));
  expect(brokenBits('calls', { ...calls, isUnderWay: true, isAwaiting: true, awaited: 2, waiting: 2 })).toBe(
    bitOf('oneExchange'),
  );
});
