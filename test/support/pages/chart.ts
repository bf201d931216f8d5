/** The chart as Mermaid draws it, from the machine's own config: the edges that lead from one state to another. */
import type { TransitionsConfig } from '../../../machines/provisioning.compile.js';
import { provisioningMachine } from '../../../machines/provisioning.machine.js';
import { shippedParts } from '../../../machines/provisioning.step.js';

export function chart(): string {
  const { config } = shippedParts;
  const own = Object.entries(config.states).flatMap(([state, { on }]) => arrows(state, on ?? {}));
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  state "any state" as ${ANY}`,
    `  [*] --> ${String(provisioningMachine.config.initial)}`,
    ...merged([...own, ...arrows(ANY, config.on)]),
    '```',
  ].join('\n');
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly fact: string;
}

function arrows(from: string, on: TransitionsConfig): readonly Arrow[] {
  return Object.entries(on).flatMap(([fact, rows]) =>
    [rows].flat().flatMap(({ target }) => (target === undefined ? [] : [{ from, to: target.replace('.', ''), fact }])),
  );
}

/** One arrow for each pair of states, so that labels do not lie on top of each other. */
function merged(all: readonly Arrow[]): readonly string[] {
  const facts = new Map<string, Set<string>>();
  for (const { from, to, fact } of all) {
    const pair = `  ${from} --> ${to}`;
    facts.set(pair, (facts.get(pair) ?? new Set()).add(fact));
  }
  return [...facts].map(([pair, names]) => `${pair} : ${[...names].join('<br/>')}`);
}

const ANY = 'AnyState';
