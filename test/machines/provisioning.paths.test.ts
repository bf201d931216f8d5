import { expect, test } from 'vitest';
import { getShortestPaths } from 'xstate/graph';
import { facts } from '../../machines/provisioning.events.js';
import { provisioningMachine } from '../../machines/provisioning.machine.js';
import { edgeOf, shippedParts } from '../../machines/provisioning.step.js';
import { allFacts } from '../support/arbitraries/facts.js';
import { reachable, smallLimits } from '../support/reachable.js';

const states = [...reachable('client'), ...reachable('server')];

test('every edge of the chart is taken', () => {
  const taken = new Set(states.flatMap((state) => allFacts.map((event) => edgeOf(state, event)?.id)));
  // No fact of ours goes unnamed by the root or by its state but these, which it refuses wherever they do not fit.
  expect([...drawn()].filter((id) => !taken.has(id))).toEqual([]);
});

test('every cell is decided: each fact in each state has an edge, whatever the memory', () => {
  for (const state of states) for (const event of allFacts) expect(edgeOf(state, event)).not.toBeNull();
  expect(new Set(allFacts.map(({ type }) => type))).toEqual(new Set(Object.keys(facts)));
});

test('every state is within four facts of the beginning', () => {
  const paths = getShortestPaths(provisioningMachine, {
    input: { role: 'client', limits: smallLimits },
    events: [...allFacts],
    serializeState: ({ value, context }) => JSON.stringify([value, context.pending, context.policyKey]),
    stopWhen: ({ context }) => context.cycles > 1,
    limit: 100_000,
  });
  const nearest = new Map<unknown, number>();
  for (const { state, weight } of paths) {
    nearest.set(state.value, Math.min(weight, nearest.get(state.value) ?? Number.POSITIVE_INFINITY));
  }
  expect(Object.fromEntries(nearest)).toEqual({
    Unprovisioned: 0,
    AwaitingPolicy: 1,
    NeedsReprovision: 1,
    Acknowledging: 2,
    Provisioned: 2,
  });
});

function drawn(): ReadonlySet<string> {
  const { on, states: nodes } = shippedParts.config;
  const owners = [['*', on] as const, ...Object.entries(nodes).map(([name, node]) => [name, node.on ?? {}] as const)];
  return new Set(
    owners.flatMap(([owner, edges]) =>
      Object.entries(edges).flatMap(([type, rows]) => [rows].flat().map((_, index) => `${owner}.${type}[${index}]`)),
    ),
  );
}
