import fc from 'fast-check';
import type { ProtocolVersion } from '../../../src/protocol/version.js';
import { versions } from '../../../src/protocol/version.js';
import { createSimulation, type MoveName, moveNames, type Simulation } from '../../../src/simulation/index.js';

export interface Played {
  readonly protocolVersion: ProtocolVersion;
  readonly moves: readonly MoveName[];
}

/** Any moves at any time, those that let something happen more often. */
export const played: fc.Arbitrary<Played> = fc.record({
  protocolVersion: fc.constantFrom(...versions),
  moves: fc.array(
    fc.oneof(
      { arbitrary: fc.constantFrom<MoveName>('step'), weight: 8 },
      { arbitrary: fc.constantFrom<MoveName>('command'), weight: 2 },
      { arbitrary: fc.constantFrom<MoveName>('drop', 'duplicate', 'delay', 'crashDevice', 'changePolicy'), weight: 2 },
      { arbitrary: fc.constantFrom(...moveNames), weight: 3 },
    ),
    { maxLength: 60 },
  ),
});

export async function play({ protocolVersion, moves }: Played): Promise<Simulation> {
  const simulation = await createSimulation({ protocolVersion });
  for (const move of moves) await simulation.do(move);
  return simulation;
}

/** `times` steps, or until nothing waits; how many were taken. */
export async function stepOn(simulation: Simulation, times = 200): Promise<number> {
  let steps = 0;
  while (steps < times && simulation.can('step')) {
    await simulation.do('step');
    steps += 1;
  }
  return steps;
}
