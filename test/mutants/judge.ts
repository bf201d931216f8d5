/** Puts a machine to the rows, to the laws and to exploration. */
import fc from 'fast-check';
import { laws } from '../machines/laws/index.js';
import { played, rows } from '../machines/transition-rows.js';
import { type Engine, engineOf, shipped } from '../support/engine.js';
import { type Law, seed } from '../support/law.js';
import { differenceOf } from './difference.js';
import { killedByExploration } from './exploration.js';
import type { MachineMutant, MutantKind } from './machine-mutants.js';

/** What each of the judges says of a mutant; null where it found nothing wrong. */
export interface Verdict {
  readonly id: string;
  readonly kind: MutantKind;
  /** The first row of the transition table that is not as it stands. */
  readonly rows: string | null;
  /** The promise of the first law that is broken. */
  readonly laws: string | null;
  /** The promise that exploration saw broken; unless told otherwise, asked only where the others let a difference pass. */
  readonly exploration: string | null;
  /** Where nobody found anything: what the machine still does differently; null if nothing at all. */
  readonly difference: string | null;
}

export async function judge({ id, kind, parts }: MachineMutant, exploresAll = false): Promise<Verdict> {
  const engine = engineOf(parts);
  const byRows = killedByRows(engine);
  const byLaws = killedByLaws(engine);
  const difference = byRows === null && byLaws === null ? differenceOf(engine) : null;
  const explores = exploresAll || difference !== null;
  const exploration = explores ? await killedByExploration(engine) : null;
  return { id, kind, rows: byRows, laws: byLaws, exploration, difference };
}

/** The first row that the engine reads otherwise; null where all are as they stand. */
export function killedByRows(engine: Engine): string | null {
  for (const row of rows) {
    const [from, fact, to, client, server] = row;
    for (const [role, asked] of [['client', client] as const, ['server', server] as const]) {
      const [name, effects] = played(engine, row, role);
      if (name !== to || effects !== asked) return `${from} x ${fact.type} (${role})`;
    }
  }
  return null;
}

/** The promise of the first law that the engine breaks; null where it keeps them all. */
export function killedByLaws(engine: Engine): string | null {
  const properties = trials.map(({ promise, holds, draws }) => ({ promise, property: holds(engine), draws }));
  for (const [from, to] of rounds) {
    for (const { promise, property, draws } of properties) {
      for (const draw of draws().slice(from, to)) {
        const failure = property.run(draw);
        if (failure !== null && !fc.PreconditionFailure.isFailure(failure)) return promise;
      }
    }
  }
  return null;
}

const DRAWS = 200;

/** Most mutants fall at once, to whatever law is about them: so all laws have a short say before any has a long one. */
const rounds = [
  [0, 10],
  [10, 60],
  [60, DRAWS],
] as const;

/** The draws are made once, with the shipped machine, and put to every mutant. */
const trials = laws.map(({ promise, holds }: Law) => {
  let drawn: readonly unknown[] | null = null;
  const draws = () => {
    drawn ??= fc.sample(holds(shipped), { numRuns: DRAWS, seed });
    return drawn;
  };
  return { promise, holds, draws };
});
