/** Mutants made from the machine itself, each with one part wrong. Their ids are stable: they name the part. */
import type { MachineParts, TransitionConfig } from '../../machines/provisioning.compile.js';
import { stateNames } from '../../machines/provisioning.step.js';
import { effect, guard } from '../support/engine.js';
import { actionsOf, cellsOf, type DrawnEdge, edgesOf, replaced, withRow, withRows } from './cells.js';

export interface MachineMutant {
  /** `NeedsReprovision.PolicyRequested[0]: target -> Provisioned`. */
  readonly id: string;
  readonly kind: MutantKind;
  readonly parts: MachineParts;
}

export type MutantKind = keyof typeof kinds;

/** How to make the mutants of each kind: by id, the machine with that part wrong. */
export const kinds = {
  'edge removed': (parts) =>
    edgesOf(parts).map(({ id, cell, index }) => [
      `${id}: removed`,
      withRows(
        parts,
        cell,
        cell.rows.filter((_, at) => at !== index),
      ),
    ]),
  'guard of an edge forced': (parts) =>
    edgesOf(parts)
      .filter(({ row }) => row.guard !== undefined)
      .flatMap((edge) => [
        [`${edge.id}: guard -> true`, withRow(parts, edge, withoutGuard(edge.row))],
        [`${edge.id}: guard -> false`, withRow(withNever(parts), edge, { ...edge.row, guard: never })],
      ]),
  'guard forced by name': (parts) =>
    Object.keys(parts.guards).flatMap((name) =>
      [true, false].map((forced) => [`${name} -> ${forced}`, guard(name, () => forced)(parts)] as const),
    ),
  'target changed': (parts) =>
    edgesOf(parts).flatMap((edge) =>
      otherTargets(edge).map((target) => [
        `${edge.id}: target -> ${target ?? 'none'}`,
        withRow(parts, edge, withTarget(edge, target)),
      ]),
    ),
  'action dropped': (parts) =>
    eachAction(parts, 'without', (actions, index) => actions.filter((_, at) => at !== index)),
  'action doubled': (parts) =>
    eachAction(parts, 'twice', (actions, index) => actions.flatMap((name, at) => (at === index ? [name, name] : name))),
  'rows swapped': (parts) =>
    cellsOf(parts).flatMap((cell) =>
      pairsOf(cell.rows.flatMap(({ guard }, index) => (guard === undefined ? [] : [index]))).map(([a, b]) => [
        `${cell.state}.${cell.fact}: ${a} and ${b} swapped`,
        withRows(parts, cell, replaced(replaced(cell.rows, a, cell.rows[b]!), b, cell.rows[a]!)),
      ]),
    ),
  'effects emptied': (parts) =>
    Object.keys(parts.effects).flatMap((step) =>
      (['client', 'server'] as const).map((role) => [
        `${step} -> nothing (${role})`,
        effect(step, role, () => [])(parts),
      ]),
    ),
} as const satisfies Record<string, (parts: MachineParts) => readonly Made[]>;

type Made = readonly [id: string, parts: MachineParts];

/** Every mutant of a machine, kind by kind. */
export function machineMutants(parts: MachineParts): readonly MachineMutant[] {
  return (Object.keys(kinds) as MutantKind[]).flatMap((kind) =>
    kinds[kind](parts).map(([id, mutated]) => ({ id, kind, parts: mutated })),
  );
}

const never = 'never';

function withNever(parts: MachineParts): MachineParts {
  return { ...parts, guards: { ...parts.guards, [never]: () => false } };
}

function withoutGuard({ guard: _guard, ...row }: TransitionConfig): TransitionConfig {
  return row;
}

/** Every other state, and none where there is one. An edge of a state that has no target goes to that state already. */
function otherTargets({ cell, row }: DrawnEdge): readonly (string | null)[] {
  const target = row.target?.replace(/^\./, '') ?? null;
  const own = target ?? cell.state;
  const others = stateNames.filter((name) => name !== own);
  return target === null || target === cell.state ? others : [...others, null];
}

function withTarget({ cell, row: { target: _target, ...row } }: DrawnEdge, target: string | null): TransitionConfig {
  if (target === null) return row;
  return { ...row, target: cell.state === '*' ? `.${target}` : target };
}

function eachAction(
  parts: MachineParts,
  verb: string,
  change: (actions: readonly string[], index: number) => readonly string[],
): readonly Made[] {
  return edgesOf(parts).flatMap((edge) =>
    actionsOf(edge.row).map((name, index) => [
      `${edge.id}: ${verb} ${name}`,
      withRow(parts, edge, { ...edge.row, actions: change(actionsOf(edge.row), index) }),
    ]),
  );
}

function pairsOf(indices: readonly number[]): readonly (readonly [number, number])[] {
  return indices.flatMap((a, at) => indices.slice(at + 1).map((b) => [a, b] as const));
}
