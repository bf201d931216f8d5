/** The chart as Mermaid draws it, from the machine's own config: the edges that lead from one state to another. */
import type { TransitionsConfig } from '../../../machines/provisioning.compile.js';
import { provisioningMachine } from '../../../machines/provisioning.machine.js';
import { shippedParts } from '../../../machines/provisioning.step.js';

export function chart(): string {
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  state "any state" as ${ANY}`,
    `  [*] --> ${initialState}`,
    ...arrows().map(({ from, to, facts }) => `  ${from ?? ANY} --> ${to} : ${facts.join('<br/>')}`),
    '```',
  ].join('\n');
}

export const initialState = String(provisioningMachine.config.initial);

/** All facts that lead from one state to another; from null, those that lead there from any state. */
export interface Arrow {
  readonly from: string | null;
  readonly to: string;
  readonly facts: readonly string[];
}

/** One arrow for each pair of states, so that labels do not lie on top of each other. */
export function arrows(): readonly Arrow[] {
  const { config } = shippedParts;
  const own = Object.entries(config.states).flatMap(([state, { on }]) => arrowsFrom(state, on ?? {}));
  return [...own, ...arrowsFrom(null, config.on)];
}

function arrowsFrom(from: string | null, on: TransitionsConfig): readonly Arrow[] {
  const facts = new Map<string, Set<string>>();
  for (const [fact, rows] of Object.entries(on)) {
    for (const { target } of [rows].flat()) {
      if (target === undefined) continue;
      const to = target.replace('.', '');
      facts.set(to, (facts.get(to) ?? new Set()).add(fact));
    }
  }
  return [...facts].map(([to, names]) => ({ from, to, facts: [...names] }));
}

const ANY = 'AnyState';
