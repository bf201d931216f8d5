/** Exploration as the third judge of a mutant: both adapters around the machine, within a small bound. */
import { type Bounds, boundsOf } from '../../src/explore/bounds.js';
import { createComposed } from '../../src/explore/composed.js';
import { explore } from '../../src/explore/explore.js';
import { type Parts, shippedParts } from '../../src/explore/parts.js';
import type { Engine } from '../support/engine.js';

/** Small enough for many machines, and large enough for a lost answer, a wipe and a changed policy. */
const bounds: Partial<Bounds> = { faults: 1, changes: 1, commands: 1, servers: 1 };

/** The shipped machine has fewer states within the bounds; one that goes on for ever is not followed. */
const MAX_STATES = 30_000;

/** The promise that a system with this machine in its device breaks, or how it fails; null where nothing is seen. */
export async function killedByExploration({ step }: Pick<Engine, 'step'>): Promise<string | null> {
  try {
    return await broken({ ...shippedParts, step });
  } catch (error) {
    return `it cannot go on: ${error}`;
  }
}

async function broken(parts: Parts): Promise<string | null> {
  const exploration = explore(await createComposed(parts, boundsOf(bounds)));
  let turn = exploration.next();
  while (!turn.done) turn = exploration.next(turn.value.states > MAX_STATES);
  const first = turn.value.invariants.find(({ holds }) => holds === false);
  return first ? `${first.id}: ${first.promise}` : null;
}
