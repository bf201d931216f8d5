/** What came of the mutants, as data and as a table. */

import type { Verdict } from './judge.js';
import { kinds, type MutantKind } from './machine-mutants.js';

export interface Report {
  readonly seconds: number;
  readonly total: Count;
  readonly kinds: Readonly<Record<MutantKind, Count>>;
  /** Nobody killed them, and nobody says why. */
  readonly survivors: readonly Verdict[];
  /** Killed by a row of the table, but by no law. */
  readonly killedByRowsOnly: readonly Verdict[];
  /** Entries of `equivalent.ts` that explain nothing, and why. */
  readonly stale: readonly string[];
  readonly verdicts: readonly Verdict[];
}

export interface Count {
  readonly made: number;
  readonly byRows: number;
  /** Not killed by a row. */
  readonly byLaws: number;
  /** Killed neither by a row nor by a law. */
  readonly byExploration: number;
  readonly equivalent: number;
  readonly survivors: number;
  /** Killed by a law, whether a row kills it or not. */
  readonly byLawsAlone: number;
  /** Seen broken by exploration, whoever else kills it: as far as exploration was asked. */
  readonly byExplorationAlone: number;
}

export function reportOf(
  verdicts: readonly Verdict[],
  equivalent: Readonly<Record<string, string>>,
  seconds: number,
): Report {
  const isExplained = ({ id }: Verdict) => Object.hasOwn(equivalent, id);
  const names = Object.keys(kinds) as MutantKind[];
  const counts = names.map(
    (kind) =>
      [
        kind,
        countOf(
          verdicts.filter((verdict) => verdict.kind === kind),
          isExplained,
        ),
      ] as const,
  );
  return {
    seconds,
    total: countOf(verdicts, isExplained),
    kinds: Object.fromEntries(counts) as Record<MutantKind, Count>,
    survivors: verdicts.filter((verdict) => isAlive(verdict) && !isExplained(verdict)),
    killedByRowsOnly: verdicts.filter(({ rows, laws }) => rows !== null && laws === null),
    stale: Object.keys(equivalent).flatMap((id) =>
      staleness(
        id,
        verdicts.find((verdict) => verdict.id === id),
      ),
    ),
    verdicts,
  };
}

export function isClean({ survivors, stale }: Report): boolean {
  return survivors.length === 0 && stale.length === 0;
}

export function printed({ seconds, total, kinds, survivors, killedByRowsOnly, stale }: Report): string {
  const exploresAll = total.byExplorationAlone > total.byExploration;
  return [
    line(['', 'made', 'by row', 'then law', 'explored', 'equivalent', 'survivors', '| by law', 'explored']),
    ...Object.entries({ ...kinds, 'in all': total }).map(([kind, count]) => counted(kind, count, exploresAll)),
    `${seconds.toFixed(0)} s`,
    ...section(
      'Survivors: the promise that nobody kept',
      survivors.map(({ id, difference }) => `${id}\n  ${difference ?? 'no difference found: is it equivalent?'}`),
    ),
    ...section(
      'Killed by no law, only by a row',
      killedByRowsOnly.map(({ id, rows }) => `${id}\n  ${rows}`),
    ),
    ...section('Explained in vain', stale),
  ].join('\n');
}

function countOf(verdicts: readonly Verdict[], isExplained: (verdict: Verdict) => boolean): Count {
  const count = (is: (verdict: Verdict) => boolean) => verdicts.filter(is).length;
  return {
    made: verdicts.length,
    byRows: count(({ rows }) => rows !== null),
    byLaws: count(({ rows, laws }) => rows === null && laws !== null),
    byExploration: count(({ rows, laws, exploration }) => rows === null && laws === null && exploration !== null),
    equivalent: count((verdict) => isAlive(verdict) && isExplained(verdict)),
    survivors: count((verdict) => isAlive(verdict) && !isExplained(verdict)),
    byLawsAlone: count(({ laws }) => laws !== null),
    byExplorationAlone: count(({ exploration }) => exploration !== null),
  };
}

function isAlive({ rows, laws, exploration }: Verdict): boolean {
  return rows === null && laws === null && exploration === null;
}

function staleness(id: string, verdict: Verdict | undefined): readonly string[] {
  if (!verdict) return [`${id}: no such mutant`];
  const by = verdict.rows ?? verdict.laws ?? verdict.exploration;
  if (by !== null) return [`${id}: killed by "${by}"`];
  return verdict.difference === null ? [] : [`${id}: not equivalent: ${verdict.difference}`];
}

function counted(kind: string, count: Count, exploresAll: boolean): string {
  const { made, byRows, byLaws, byExploration, equivalent, survivors, byLawsAlone, byExplorationAlone } = count;
  return line([
    kind,
    made,
    byRows,
    byLaws,
    byExploration,
    equivalent,
    survivors,
    byLawsAlone,
    exploresAll ? byExplorationAlone : '-',
  ]);
}

function line([first, ...others]: readonly (string | number)[]): string {
  return `${String(first).padEnd(24)}${others.map((cell) => String(cell).padStart(11)).join('')}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}: ${lines.length}`, ...lines];
}
