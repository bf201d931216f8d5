/** The runs of facts that most laws are put to. */

import { rankOf } from '../../../machines/provisioning.guards.js';
import type { ProvisioningState } from '../../../machines/provisioning.step.js';
import { walk, walkAndFact } from '../../support/arbitraries/facts.js';
import { begin, shipped } from '../../support/engine.js';

/** Cycles are hardly limited, so that a run is not over when a third exchange begins. */
export const limits = { attempts: 2, cycles: 1e6 };
export const walks = walk(limits);
export const ends = walkAndFact(limits);
/** With limits that a run does reach. */
export const tightLimits = { attempts: 1, cycles: 1 };

/** Runs that end where something holds, unless they never come there. */
function walksTo(holds: (state: ProvisioningState) => boolean, within = limits): typeof walks {
  return walk(within).map((events) => {
    let state: ProvisioningState = begin('server', within);
    let length = 0;
    for (const [index, event] of events.entries()) {
      [state] = shipped.step(state, event);
      if (holds(state)) length = index + 1;
    }
    return events.slice(0, length || events.length);
  });
}

export const toRequest = walksTo(({ name }) => name === 'AwaitingPolicy');
export const toOffer = walksTo(({ context }) => context.pending?.kind === 'Policy');
export const toAcknowledgment = walksTo(
  ({ context: { pending } }) => pending?.kind === 'Policy' && pending.status !== null,
);
export const toDirective = walksTo(({ context }) => context.pending?.kind === 'Wipe');
export const toConfirmation = walksTo(isConfirmed);
export const toAgreement = walksTo(({ name }) => name === 'Provisioned');
export const toSettledAgreement = walksTo(({ context }) => context.settledKey !== null);
export const toWipeDemand = walksTo(({ context }) => rankOf(context.reason) > 0);
export const toLoop = walksTo(({ name, context }) => name === 'NeedsReprovision' && context.cycles > 0, tightLimits);

/** A wipe is confirmed, and not carried out yet. */
export function isConfirmed({ context: { pending } }: ProvisioningState): boolean {
  return pending?.kind === 'Wipe' && pending.status === 1;
}

/** An exchange is under way: asked, or offered and not settled. */
export function isExchanging({ name }: ProvisioningState): boolean {
  return name === 'AwaitingPolicy' || name === 'Acknowledging';
}
