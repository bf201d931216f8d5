/** What the machine does, edge by edge and cell by cell, seen by walking every context it can reach. */
import type { Edge } from '../../../machines/provisioning.compile.js';
import type { Effect } from '../../../machines/provisioning.effects.js';
import type { ProvisioningEvent, Role } from '../../../machines/provisioning.events.js';
import {
  edgeOf,
  type ProvisioningState,
  type ProvisioningStateName,
  shippedParts,
  step,
} from '../../../machines/provisioning.step.js';
import { allFacts } from '../arbitraries/facts.js';
import { reachable } from '../reachable.js';

/** One edge, with everything it was seen to do. */
export interface WalkedEdge {
  readonly id: string;
  readonly fact: string;
  readonly guard: string | null;
  readonly target: string | null;
  /** What it remembers or forgets, by name. */
  readonly updates: readonly string[];
  readonly steps: readonly string[];
  /** The runs of effects that each side was asked for, each once. */
  readonly effects: Readonly<Record<Role, ReadonlySet<string>>>;
}

export interface Walk {
  readonly edges: ReadonlyMap<string, WalkedEdge>;
  /** For each state and fact, the edges taken, in the order of the chart. */
  readonly cells: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export function walkMachine(): Walk {
  const edges = new Map<string, ReturnType<typeof drawn>>();
  const taken = new Map<string, Map<string, Set<string>>>();
  for (const state of [...reachable('client'), ...reachable('server')]) {
    for (const event of allFacts) {
      const edge = edgeOf(state, event);
      if (!edge) throw new TypeError(`${state.name} x ${event.type} is undecided`);
      entry(edges, edge.id, () => drawn(edge, event)).effects[state.context.role].add(asked(state, event));
      const cells = entry(taken, state.name, () => new Map<string, Set<string>>());
      entry(cells, event.type, () => new Set<string>()).add(edge.id);
    }
  }
  return { edges, cells: sorted(taken) };
}

export const stateNames = Object.keys(shippedParts.config.states) as readonly ProvisioningStateName[];

/** An edge as the chart draws it, before anything was seen. */
function drawn({ id, target }: Edge, event: ProvisioningEvent) {
  const [owner = '', fact = '', index = '0'] = id.split(/\.|\[|\]/);
  const { on } = owner === '*' ? shippedParts.config : (shippedParts.config.states[owner] ?? {});
  const row = [on?.[fact] ?? []].flat()[Number(index)] ?? {};
  const actions = [row.actions ?? []].flat();
  const isUpdate = (name: string) => Object.hasOwn(shippedParts.updates, name);
  return {
    id,
    fact: fact === '*' ? '*' : event.type,
    guard: row.guard ?? null,
    target,
    updates: actions.filter(isUpdate),
    steps: actions.filter((name) => !isUpdate(name)),
    effects: { client: new Set<string>(), server: new Set<string>() },
  };
}

function asked(state: ProvisioningState, event: ProvisioningEvent): string {
  return (
    step(state, event)[1]
      .map((effect) => shapeOf(effect, event))
      .join(', ') || '—'
  );
}

/** An effect as a reader of the table wants it: what is asked, without the values of this one walk. */
function shapeOf(effect: Effect, { type }: ProvisioningEvent): string {
  switch (effect.type) {
    case 'Send':
      return `Send ${effect.request.kind}${effect.awaitsReply ? '' : ' (no reply awaited)'}`;
    case 'Respond': {
      const { response } = effect;
      if (response.kind === 'WipeRecordedResponse') return `Respond ${response.kind} ${response.status}`;
      if (response.kind !== 'RejectionResponse') return `Respond ${response.kind}`;
      const isEcho = type === 'ProvisionRejected' || type === 'ReprovisionRequired';
      return `Respond RejectionResponse${isEcho ? '' : ` ${response.scope} ${response.status}`}`;
    }
    case 'StorePolicyKey':
      return `StorePolicyKey${effect.policyKey === '0' ? ' 0' : ''}`;
    case 'StartTimer':
      return `StartTimer ${effect.event.type}`;
    case 'Report': {
      const { outcome } = effect;
      if (outcome.kind === 'Failed') return `Report Failed: ${outcome.failure.kind}`;
      return outcome.kind === 'Violation' ? `Report Violation (${outcome.fault})` : `Report ${outcome.kind}`;
    }
    default:
      return effect.type;
  }
}

function sorted(taken: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>): Walk['cells'] {
  const rows = [...taken].map(([state, cells]) => {
    const ordered = [...cells].map(([fact, ids]) => [fact, [...ids].sort(leafFirst)] as const);
    return [state, Object.fromEntries(ordered)] as const;
  });
  return Object.fromEntries(rows);
}

/** What a map holds under a key, made when it is first asked for. */
function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** A state's own edges come before the root's, and a named fact before any other. */
function leafFirst(one: string, other: string): number {
  const rank = (id: string) => (id.startsWith('*.*') ? 2 : id.startsWith('*') ? 1 : 0);
  return rank(one) - rank(other) || one.localeCompare(other);
}
