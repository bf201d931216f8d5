/** The part of the fuzzer that `npm test` runs: few cases, always the same, and mutants that have to be found. */
import { expect, test } from 'vitest';
import { runCases } from './cases.js';
import { lawOf, type Target } from './target.js';

/** Which law a mutant breaks first, or begins to break. */
export type Mutant<Input> = readonly [broken: string, law: string, target: Target<Input>];

export function shortRun<Input>(
  target: Target<Input>,
  cases: number,
  mutants: readonly Mutant<Input>[],
  seed = 2026,
): void {
  test(`holds for ${cases} inputs`, async () => {
    expect(await runCases(target, seed, { cases })).toEqual({ cases, failure: null });
  });

  test.each(mutants)('finds that %s', async (_, law, mutant) => {
    const { failure } = await runCases(mutant, seed, { cases: cases * 60, tries: 0 });
    expect(failure && lawOf(failure.fault)).toBe(law);
  });
}
