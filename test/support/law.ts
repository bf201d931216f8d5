/** A law is a property of any engine that claims to be the machine: the shipped one keeps it, its mutant breaks it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Engine, engineOf, type Mutant, shipped } from './engine.js';

export interface Law {
  /** What is promised, as a sentence. */
  readonly promise: string;
  readonly holds: (engine: Engine) => fc.IRawProperty<unknown, false>;
  /** What the mutant does wrong, and the mutant. */
  readonly mutants: Readonly<Record<string, Mutant>>;
  readonly runs?: number;
}

/** Where every draw begins that has to find the same again. */
export const seed = 20_261_121;

/** A law as data, for whoever wants to put a machine to it. */
export function law(definition: Law): Law {
  return definition;
}

/** A law as tests: the shipped machine keeps it, each of its mutants does not. */
export function register({ promise, holds, mutants, runs = 400 }: Law): void {
  describe(promise, () => {
    test('holds', () => {
      fc.assert(holds(shipped), { numRuns: runs });
    });
    test.each(Object.entries(mutants))('is broken when %s', (_fault, mutant) => {
      const mutated = holds(engineOf(mutant(shipped.parts)));
      expect(() => fc.assert(mutated, { numRuns: 3000, seed })).toThrow(/Counterexample/);
    });
  });
}
