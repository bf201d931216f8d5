/** Every state the shipped machine can reach over a small alphabet of facts; counters stop one past their limit. */
import type { Limits } from '../../machines/provisioning.context.js';
import type { Role } from '../../machines/provisioning.events.js';
import type { ProvisioningState } from '../../machines/provisioning.step.js';
import { allFacts } from './arbitraries/facts.js';
import { begin, shipped } from './engine.js';

export const smallLimits: Limits = { attempts: 2, cycles: 2 };

export function reachable<R extends Role>(role: R, limits: Limits = smallLimits): readonly ProvisioningState<R>[] {
  const found = [begin(role, limits)];
  const seen = new Set(found.map((state) => JSON.stringify(state)));
  for (const state of found) {
    for (const event of allFacts) {
      const [next] = shipped.step(state, event);
      const name = JSON.stringify(next);
      if (seen.has(name) || next.context.cycles > limits.cycles + 1) continue;
      seen.add(name);
      found.push(next);
    }
  }
  return found;
}
