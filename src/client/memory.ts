/** What a client remembers: the state of the machine, and what the device must not forget beside it. */
import type { ProvisioningEvent, ProvisioningState } from '../../machines/index.js';
import { NO_POLICY_KEY } from '../protocol/policy-key.js';
import type { PolicyData } from '../protocol/provision.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { QueryForm } from './draft.js';

/** Everything that outlives a process. */
export interface Memory extends Notes {
  readonly state: ProvisioningState<'client'>;
  /** The policy last agreed on, which stays in force while the agreement is renewed; `null` without one. */
  readonly policy: PolicyData | null;
  /** The form under which the server knows the device, for its life. */
  readonly queryForm: QueryForm;
  /** Commands that passed before anyone spoke of a policy; it counts to `NEVER_ASKED_AFTER`. */
  readonly unasked: number;
}

/** What is found out on the way, and changes nothing about the agreement. */
export interface Notes {
  /** The version spoken last. */
  readonly protocolVersion: ProtocolVersion | null;
  /** Where a 451 sent the client, and a command passed; `null` while the endpoint is that of the options. */
  readonly movedTo: string | null;
  /** Whether a 403 has led to an exchange since a command last passed: it leads to one, not to one each time. */
  readonly hasLookedForWipe: boolean;
}

/** So many commands show that a server never asks. */
export const NEVER_ASKED_AFTER = 3;

/** The memory after a fact that led to a state; the same memory by reference where nothing changed. */
export function remember(memory: Memory, fact: ProvisioningEvent, state: ProvisioningState<'client'>): Memory {
  const isStrange = state.name === 'Unprovisioned';
  const beginsAnew = fact.type === 'Reset' || (isStrange && memory.state.name !== 'Unprovisioned');
  const hasPassed = fact.type === 'CommandAdmitted';
  const policy = policyAfter(memory, state);
  const unasked = hasPassed ? Math.min(memory.unasked + 1, NEVER_ASKED_AFTER) : memory.unasked;
  const after: Memory = {
    ...memory,
    state,
    policy,
    unasked: isStrange && !beginsAnew ? unasked : 0,
    hasLookedForWipe: memory.hasLookedForWipe && !hasPassed && !beginsAnew,
    movedTo: fact.type === 'Reset' ? null : memory.movedTo,
  };
  const names = Object.keys(after) as (keyof Memory)[];
  return names.every((name) => after[name] === memory[name]) ? memory : after;
}

/** A policy is agreed on when its offer is settled with a permanent key, and forgotten with the agreement to have none. */
function policyAfter(
  { state: before, policy }: Memory,
  { name, context }: ProvisioningState<'client'>,
): Memory['policy'] {
  const { pending } = before.context;
  if (name === 'Unprovisioned') return null;
  if (name !== 'Provisioned') return policy;
  if (context.policyKey === NO_POLICY_KEY) return null;
  return pending?.kind === 'Policy' ? pending.policy : policy;
}
