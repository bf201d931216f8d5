/**
 * The machine as a dispatch table: state x fact -> edges, read once from the machine's own config. Why not XState's
 * `transition()` alone: it builds a throw-away actor for every fact, a hundred times the cost; a law proves both equal.
 */
import type { ProvisioningContext } from './provisioning.context.js';
import type { Effect } from './provisioning.effects.js';
import type { ProvisioningEvent } from './provisioning.events.js';
import type { Guard } from './provisioning.guards.js';
import type { Update } from './provisioning.updates.js';

/** One edge of the chart. */
export interface Edge {
  /** `Acknowledging.ProvisionRejected[1]`; the root's edges begin with `*`. */
  readonly id: string;
  readonly guard: Guard | null;
  /** The state to go to; null stays. */
  readonly target: string | null;
  readonly actions: readonly Action[];
}

type StepEffects = Readonly<Record<'client' | 'server', EffectSource>>;
type EffectSource = (context: ProvisioningContext, event: ProvisioningEvent) => readonly Effect[];

/** What an edge does, in order: change the memory, or ask for effects; one of the two, the other is null. */
interface Action {
  readonly update: Update | null;
  readonly ask: StepEffects | null;
}

/** The parts a machine is made of: its config, and the three tables that its names stand for. */
export interface MachineParts {
  readonly config: MachineConfig;
  readonly guards: Readonly<Record<string, Guard>>;
  readonly updates: Readonly<Record<string, Update>>;
  readonly effects: Readonly<Record<string, StepEffects>>;
}

/** The only constructs the compiler knows; it refuses a config with any other. */
export interface MachineConfig {
  readonly on: TransitionsConfig;
  readonly states: Readonly<Record<string, { readonly description?: string; readonly on?: TransitionsConfig }>>;
}
export type TransitionsConfig = Readonly<Record<string, TransitionConfig | readonly TransitionConfig[]>>;
export interface TransitionConfig {
  readonly guard?: string;
  readonly target?: string;
  readonly actions?: string | readonly string[];
}

/** For each state, for each fact, the edges to try in order; `*` holds those for a fact no edge names. */
export type Dispatch = ReadonlyMap<string, ReadonlyMap<string, readonly Edge[]>>;

/** @throws TypeError for a construct the compiler does not know: found when the module loads, never later. */
export function compile(parts: MachineParts): Dispatch {
  const { config } = parts;
  only(config, 'machine', ['id', 'schemas', 'context', 'initial', 'on', 'states']);
  const root = edgesOf(config.on, '*', parts);
  const leaves = Object.entries(config.states).map(([name, node]) => {
    only(node, name, ['description', 'on']);
    return [name, edgesOf(node.on ?? {}, name, parts)] as const;
  });
  const types = new Set([root, ...leaves.map(([, leaf]) => leaf)].flatMap((edges) => [...edges.keys()]));
  return new Map(
    leaves.map(([name, leaf]) => [name, new Map([...types].map((type) => [type, inOrder(leaf, root, type)]))]),
  );
}

/** Nesting as XState reads it: the leaf's own edges, then the root's; in each the named ones, then the wildcard's. */
function inOrder(leaf: Edges, root: Edges, type: string): readonly Edge[] {
  const types = type === '*' ? ['*'] : [type, '*'];
  return [leaf, root].flatMap((edges) => types.flatMap((each) => edges.get(each) ?? []));
}

type Edges = ReadonlyMap<string, readonly Edge[]>;

function edgesOf(on: TransitionsConfig, owner: string, parts: MachineParts): Edges {
  return new Map(
    Object.entries(on).map(([type, config]) => {
      const rows: readonly TransitionConfig[] = Array.isArray(config) ? config : [config as TransitionConfig];
      return [type, rows.map((row, index) => edgeOf(row, `${owner}.${type}[${index}]`, parts))];
    }),
  );
}

function edgeOf(row: TransitionConfig, id: string, parts: MachineParts): Edge {
  only(row, id, ['guard', 'target', 'actions']);
  const names = typeof row.actions === 'string' ? [row.actions] : (row.actions ?? []);
  return {
    id,
    guard: row.guard === undefined ? null : named(parts.guards, row.guard, id),
    target: row.target === undefined ? null : named(stateNames(parts.config), row.target.replace(/^\./, ''), id),
    actions: names.map((name) =>
      typeof name === 'string' && Object.hasOwn(parts.updates, name)
        ? { update: named(parts.updates, name, id), ask: null }
        : { update: null, ask: named(parts.effects, name, id) },
    ),
  };
}

function stateNames({ states }: MachineConfig): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(states).map((name) => [name, name]));
}

function named<T>(entries: Readonly<Record<string, T>>, name: unknown, id: string): T {
  const entry = typeof name === 'string' && Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry === undefined)
    throw new TypeError(`${id}: nothing is named ${String(name)}; inline functions are not compiled`);
  return entry;
}

function only(node: object, id: string, known: readonly string[]): void {
  const other = Object.keys(node).find((key) => !known.includes(key));
  if (other !== undefined) throw new TypeError(`${id}: the compiler does not know '${other}'`);
}
