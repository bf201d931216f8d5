/** Whether two machines can be told apart at all: by any fact, in any state that the shipped one can reach. */
import { isDeepStrictEqual } from 'node:util';
import type { ProvisioningEvent, Role } from '../../machines/provisioning.events.js';
import type { ProvisioningState } from '../../machines/provisioning.step.js';
import { allFacts } from '../support/arbitraries/facts.js';
import { type Engine, shipped } from '../support/engine.js';
import { reachable, smallLimits } from '../support/reachable.js';

/** The first state and fact of which the engine makes something else than the shipped one; null where there is none. */
export function differenceOf(engine: Engine): string | null {
  for (const { state, event, expected } of moments()) {
    const actual = engine.step(state, event);
    if ((actual[0] === state) === (expected[0] === state) && isDeepStrictEqual(actual, expected)) continue;
    return `${spell(state)} x ${JSON.stringify(event)}: ${spell(expected[0])} became ${spell(actual[0])}${asked(actual[1], expected[1])}`;
  }
  return null;
}

interface Moment {
  readonly state: ProvisioningState;
  readonly event: ProvisioningEvent;
  readonly expected: ReturnType<Engine['step']>;
}

let known: readonly Moment[] | null = null;

function moments(): readonly Moment[] {
  known ??= (['client', 'server'] as const).flatMap(momentsOf);
  return known;
}

/** Limits that are reached, so that a retry is refused and a loop is seen. */
function momentsOf(role: Role): readonly Moment[] {
  return reachable(role, smallLimits).flatMap((state) =>
    allFacts.map((event) => ({ state, event, expected: shipped.step(state, event) })),
  );
}

function spell({ name, context: { role, limits: _limits, ...memory } }: ProvisioningState): string {
  return `${name} of the ${role} ${JSON.stringify(memory)}`;
}

function asked(actual: readonly unknown[], expected: readonly unknown[]): string {
  if (isDeepStrictEqual(actual, expected)) return '';
  return `, and ${JSON.stringify(expected)} was to be asked, not ${JSON.stringify(actual)}`;
}
