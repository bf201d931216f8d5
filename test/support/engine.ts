/** The shipped machine and its mutants behind one face, so that every law can be put to both. */
import { compile, type MachineParts, type TransitionConfig } from '../../machines/provisioning.compile.js';
import { cleanMemory, type Limits } from '../../machines/provisioning.context.js';
import type { ProvisioningEvent, Role } from '../../machines/provisioning.events.js';
import type { Guard } from '../../machines/provisioning.guards.js';
import { type ProvisioningState, type Stepped, shippedParts, stepThrough } from '../../machines/provisioning.step.js';
import type { Update } from '../../machines/provisioning.updates.js';

export interface Engine {
  readonly parts: MachineParts;
  step<R extends Role>(state: ProvisioningState<R>, event: ProvisioningEvent): Stepped<R>;
}

export function engineOf(parts: MachineParts): Engine {
  const dispatch = compile(parts);
  return { parts, step: (state, event) => stepThrough(dispatch, state, event) };
}

export const shipped = engineOf(shippedParts);

export type Mutant = (parts: MachineParts) => MachineParts;

/** A guard replaced. */
export function guard(name: string, replacement: Guard): Mutant {
  return (parts) => ({ ...parts, guards: { ...parts.guards, [existing(parts.guards, name)]: replacement } });
}

/** An update replaced; it may call the one it replaces. */
export function update(name: string, replacement: (was: Update) => Update): Mutant {
  return (parts) => {
    const was = parts.updates[existing(parts.updates, name)];
    return { ...parts, updates: { ...parts.updates, [name]: replacement(was!) } };
  };
}

/** One column of a step replaced. */
export function effect<S extends Role>(name: string, role: S, replacement: MachineParts['effects'][string][S]): Mutant {
  return (parts) => {
    const was = parts.effects[existing(parts.effects, name)]!;
    return { ...parts, effects: { ...parts.effects, [name]: { ...was, [role]: replacement } } };
  };
}

/** The edges of one fact in one state, or at the root (`*`), replaced. */
export function edges(state: string, type: string, replacement: readonly TransitionConfig[]): Mutant {
  return (parts) => {
    const { config } = parts;
    if (state === '*') return { ...parts, config: { ...config, on: { ...config.on, [type]: replacement } } };
    const node = config.states[existing(config.states, state)]!;
    const states = { ...config.states, [state]: { ...node, on: { ...node.on, [type]: replacement } } };
    return { ...parts, config: { ...config, states } };
  };
}

export function begin<R extends Role>(role: R, limits: Limits): ProvisioningState<R> {
  return { name: 'Unprovisioned', context: { role, limits, ...cleanMemory } };
}

/** The state after a run of facts. */
export function reach<R extends Role>(
  engine: Pick<Engine, 'step'>,
  events: readonly ProvisioningEvent[],
  role: R,
  limits: Limits,
): ProvisioningState<R> {
  return events.reduce((state, event) => engine.step(state, event)[0], begin(role, limits));
}

function existing(entries: object, name: string): string {
  if (!Object.hasOwn(entries, name)) throw new TypeError(`a mutant of ${name}, which does not exist`);
  return name;
}
