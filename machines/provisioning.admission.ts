/** Questions about a state that change nothing: may this command pass, is it worth sending. */
import { NO_POLICY_KEY, type PolicyKey } from '../src/protocol/policy-key.js';
import type { ReprovisionReason } from './provisioning.events.js';
import { rankOf } from './provisioning.guards.js';
import type { ProvisioningState } from './provisioning.step.js';

/**
 * What a server asks of a device (MS-ASPROV 3.2.5.1): `Strict` refuses any without the agreement, `Lenient` lets a device
 * pass that sends no key at all and so cannot be provisioned, `None` has no policy for it, `AsAgreed` holds to what was
 * agreed while nobody can say what the policy is (I15).
 */
export type PolicyRequirement = 'Strict' | 'Lenient' | 'None' | 'AsAgreed';

/**
 * Whether a command under the presented key may pass, and if not, why (MS-ASPROV 3.2.5.1; MS-ASCMD 2.2.2).
 *
 * @param presented the key as `normalizePolicyKey` gives it; null where the request carries none at all.
 */
export function admit(
  { name, context }: ProvisioningState<'server'>,
  presented: PolicyKey | null,
  requirement: PolicyRequirement,
): ReprovisionReason | 'Admitted' {
  const { reason, policyKey } = context;
  const isWithoutPolicy = name === 'Provisioned' && policyKey === NO_POLICY_KEY;
  if (reason !== null && rankOf(reason) > 0) return reason;
  if (requirement === 'None' || (requirement === 'AsAgreed' && isWithoutPolicy)) return 'Admitted';
  if (presented === null) return requirement === 'Lenient' ? 'Admitted' : 'LegacyDeviceOnStrictPolicy';
  if (presented === NO_POLICY_KEY) return 'DeviceNotProvisioned';
  if (name === 'Provisioned' && presented === policyKey) return 'Admitted';
  return reason === 'PolicyRefresh' ? 'PolicyRefresh' : 'InvalidPolicyKey';
}

/**
 * Whether a device had better provision before it sends a command: the agreement fell, or an exchange was begun and
 * not brought to an end. A device that never asked tries its command first; the server says whether it minds.
 */
export function needsProvisioning({ name }: ProvisioningState<'client'>): boolean {
  return name !== 'Unprovisioned' && name !== 'Provisioned';
}
