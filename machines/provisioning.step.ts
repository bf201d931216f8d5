/** The pure face of the machine: plain state and a fact in, plain state and effects out. */
import { compile, type Dispatch, type Edge, type MachineParts } from './provisioning.compile.js';
import { cleanMemory, defaultLimits, type Limits, type ProvisioningContext, remember } from './provisioning.context.js';
import { type Effect, type EffectOf, effects } from './provisioning.effects.js';
import type { PolicyRevision, ProvisioningEvent, Role } from './provisioning.events.js';
import { guards } from './provisioning.guards.js';
import { provisioningMachine } from './provisioning.machine.js';
import { updates } from './provisioning.updates.js';

/** The five states, as the chart names them. */
export type ProvisioningStateName = (typeof stateNames)[number];

export const stateNames = [
  'Unprovisioned',
  'AwaitingPolicy',
  'Acknowledging',
  'Provisioned',
  'NeedsReprovision',
] as const;

/** Everything to keep between two facts: plain, immutable data. */
export interface ProvisioningState<R extends Role = Role> {
  readonly name: ProvisioningStateName;
  readonly context: ProvisioningContext & { readonly role: R };
}

/** What one fact comes to: the state after it, and what is asked, in order. */
export type Stepped<R extends Role> = readonly [state: ProvisioningState<R>, effects: readonly EffectOf<R>[]];

/** One fact that was taken: for inspectors, logs and pages. The effects are asked for then, and performed afterwards. */
export interface Transition<R extends Role = Role> {
  readonly before: ProvisioningState<R>;
  readonly event: ProvisioningEvent;
  readonly after: ProvisioningState<R>;
  readonly effects: readonly EffectOf<R>[];
}

/** The shipped machine, taken apart for the compiler; tests make mutants of it. */
export const shippedParts: MachineParts = {
  // XState's own type of a config allows more than our machine uses; the compiler refuses what it does not know.
  config: provisioningMachine.config as MachineParts['config'],
  guards,
  updates,
  effects,
};

const shipped = compile(shippedParts);

/**
 * One fact, one transition (MS-ASPROV 3.1.5, 3.2.5). A fact that changes nothing gives back the same state by
 * reference, so that `next === state` means that nothing needs storing. Perform the effects in order, then feed the
 * facts they led to.
 */
export function step<R extends Role>(state: ProvisioningState<R>, event: ProvisioningEvent): Stepped<R> {
  return stepThrough(shipped, state, event);
}

/** `step` through another dispatch table than the shipped one. */
export function stepThrough<R extends Role>(
  dispatch: Dispatch,
  state: ProvisioningState<R>,
  event: ProvisioningEvent,
): Stepped<R> {
  const edge = edgeThrough(dispatch, state, event);
  return edge ? take(edge, state, event) : [state, nothing];
}

/** The edge a fact would take: for charts, logs and coverage. */
export function edgeOf(state: ProvisioningState, event: ProvisioningEvent): Edge | null {
  return edgeThrough(shipped, state, event);
}

/** The state of a side that never met its peer. */
export function start<R extends Role>(role: R, limits: Limits = defaultLimits[role]): ProvisioningState<R> {
  return { name: 'Unprovisioned', context: { role, limits, ...cleanMemory } };
}

/** The state of a side that already holds a permanent key, from a store of its own. */
export function resume<R extends Role>(
  role: R,
  policyKey: string,
  { revision = null, limits = defaultLimits[role] }: { revision?: PolicyRevision | null; limits?: Limits } = {},
): ProvisioningState<R> {
  return { name: 'Provisioned', context: { role, limits, ...cleanMemory, policyKey, revision } };
}

const nothing: readonly never[] = [];

function edgeThrough(dispatch: Dispatch, { name, context }: ProvisioningState, event: ProvisioningEvent): Edge | null {
  const row = dispatch.get(name);
  if (!row) throw new TypeError(`Not a provisioning state: ${String(name)}`);
  const edges = row.get(event.type) ?? row.get('*') ?? nothing;
  for (const edge of edges) if (edge.guard === null || edge.guard(context, event)) return edge;
  return null;
}

function take<R extends Role>(edge: Edge, state: ProvisioningState<R>, event: ProvisioningEvent): Stepped<R> {
  let { context } = state;
  let asked: readonly Effect[] = nothing;
  for (const action of edge.actions) {
    if (action.update) context = remember(context, action.update(context, event));
    if (action.ask) asked = joined(asked, action.ask[context.role](context, event));
  }
  const name = (edge.target ?? state.name) as ProvisioningStateName;
  const next = context === state.context && name === state.name ? state : { name, context };
  return [next, asked as readonly EffectOf<R>[]];
}

function joined(asked: readonly Effect[], more: readonly Effect[]): readonly Effect[] {
  return asked.length === 0 ? more : asked.concat(more);
}
