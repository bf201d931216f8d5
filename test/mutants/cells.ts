/** The chart taken apart into edges, and put together again with one of them changed. */
import type { MachineParts, TransitionConfig, TransitionsConfig } from '../../machines/provisioning.compile.js';
import { edges } from '../support/engine.js';

/** One edge of the chart, and where it stands. */
export interface DrawnEdge {
  /** As the compiler names it: `Acknowledging.ProvisionRejected[1]`; the root's begin with `*`. */
  readonly id: string;
  readonly cell: Cell;
  readonly index: number;
  readonly row: TransitionConfig;
}

/** The edges of one fact in one state, or at the root (`*`), in the order in which they are tried. */
export interface Cell {
  readonly state: string;
  readonly fact: string;
  readonly rows: readonly TransitionConfig[];
}

export function cellsOf({ config }: MachineParts): readonly Cell[] {
  const owners: readonly (readonly [string, TransitionsConfig])[] = [
    ['*', config.on],
    ...Object.entries(config.states).map(([name, { on = {} }]) => [name, on] as const),
  ];
  return owners.flatMap(([state, on]) =>
    Object.entries(on).map(([fact, rows]) => ({ state, fact, rows: [rows].flat() })),
  );
}

export function edgesOf(parts: MachineParts): readonly DrawnEdge[] {
  return cellsOf(parts).flatMap((cell) =>
    cell.rows.map((row, index) => ({ id: `${cell.state}.${cell.fact}[${index}]`, cell, index, row })),
  );
}

/** The machine with other rows in a cell; a cell without rows is not drawn, so the root's wildcard may take its facts. */
export function withRows(parts: MachineParts, { state, fact }: Cell, rows: readonly TransitionConfig[]): MachineParts {
  if (rows.length > 0) return edges(state, fact, rows)(parts);
  const { config } = parts;
  if (state === '*') return { ...parts, config: { ...config, on: without(config.on, fact) } };
  const node = config.states[state]!;
  const states = { ...config.states, [state]: { ...node, on: without(node.on ?? {}, fact) } };
  return { ...parts, config: { ...config, states } };
}

/** The rows with one in place of another. */
export function replaced<T>(rows: readonly T[], index: number, row: T): readonly T[] {
  return rows.map((was, at) => (at === index ? row : was));
}

/** The machine with one edge in place of another. */
export function withRow(parts: MachineParts, { cell, index }: DrawnEdge, row: TransitionConfig): MachineParts {
  return withRows(parts, cell, replaced(cell.rows, index, row));
}

/** The names of what an edge does, in order. */
export function actionsOf({ actions = [] }: TransitionConfig): readonly string[] {
  return typeof actions === 'string' ? [actions] : actions;
}

function without(on: TransitionsConfig, fact: string): TransitionsConfig {
  return Object.fromEntries(Object.entries(on).filter(([name]) => name !== fact));
}
