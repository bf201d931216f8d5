import type { PolicyRevision } from '../../machines/index.js';
import { computedRevision, policyRevision } from '../policy/revision.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import type { Awaitable } from './ports.js';

/** The revision at once, where it is known already (I4). */
export function knownRevision(policy: EASProvisionDoc): Awaitable<PolicyRevision> {
  return computedRevision(policy) ?? policyRevision(policy);
}
