/** The report on Horde that is kept as a fixture: what was seen, comparable from run to run, and without a judgment. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attackRows } from '../../src/probe/attacks.js';

const text = readFileSync(new URL('../fixtures/probe-horde.json', import.meta.url), 'utf8');
const report = JSON.parse(text);

test('it is of the attacks that there are', () => {
  expect(report.attacks.map(({ id, attack }: Record<string, unknown>) => [id, attack])).toEqual(
    attackRows.map(([id, { attack }]) => [id, attack]),
  );
});

test('it holds neither keys nor devices nor judgments', () => {
  // The key that attacks invent is always the same, and so is what they make of it; and what they say of keys.
  const invented = 1234567890;
  const made = [invented, invented + 2 ** 32, 2 ** 32 - invented, 2 ** 32 - 1].map(String);
  const numbers = text.match(/\d{7,}/g) ?? [];
  expect(numbers.filter((number) => !made.includes(number))).toEqual([]);
  expect(text).not.toMatch(/PROBE[\dA-F]|\bbroken\b|\bviolat|\bshould\b|\bmust\b/i);
});

test('it holds what was seen of every attack that was tried', () => {
  for (const { holds, trials } of report.attacks) {
    for (const trial of trials) {
      expect([true, false, null]).toContain(trial.holds);
      expect(trial.exchanges.length > 0).toBe(trial.holds !== null);
    }
    expect(holds).toBe(
      trials.some((trial: Record<string, unknown>) => trial.holds === false) ? false : trials[0].holds,
    );
  }
});
