import type { Role } from '../../machines/index.js';
import { ok, type Result } from '../protocol/result.js';
import { type FactList, factsIn } from '../timeline/index.js';
import { createSimulation } from './create-simulation.js';
import { type PermalinkProblem, permalink } from './permalink.js';
import type { Simulation } from './simulation.js';

/**
 * The simulation that a permalink holds, all its moves done again; one that cannot be done when its turn comes is left
 * out. `ERR_PERMALINK` for a text that is none.
 */
export async function resume(text: string): Promise<Result<Simulation, PermalinkProblem>> {
  const session = permalink.decode(text);
  if (!session.ok) return session;
  const { version, moves } = session.value;
  const simulation = await createSimulation({ protocolVersion: version });
  for (const move of moves) await simulation.do(move);
  return ok(simulation);
}

/** The permalink of a simulation as it is now. */
export function permalinkOf({ protocolVersion, moves }: Pick<Simulation, 'protocolVersion' | 'moves'>): string {
  const text = permalink.encode({ version: protocolVersion, moves });
  return text.ok ? text.value : protocolVersion;
}

/** The facts that led either side to where it is now; of the device, since it last forgot everything. */
export function factsOf({ entries }: Pick<Simulation, 'entries'>): Readonly<Record<Role, FactList>> {
  return { client: factsIn(entries, 'client'), server: factsIn(entries, 'server') };
}
