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

const seed = 20_261_121;

export function law({ promise, holds, mutants, runs = 400 }: Law): void {
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
