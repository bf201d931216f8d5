import type { PolicyRevision } from '../../machines/index.js';
import { policyDocument } from '../codec/index.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import type { Awaitable } from './ports.js';

/**
 * The revision of a policy: the first 64 bits of SHA-256 over its canonical, version-free document, in hexadecimal, so
 * that a change is seen whatever version asks next (I4). Computed once for each policy object.
 */
export async function policyRevision(policy: EASProvisionDoc): Promise<PolicyRevision> {
  return revisions.get(policy) ?? compute(policy);
}

/** The revision at once, where it is known already. */
export function knownRevision(policy: EASProvisionDoc): Awaitable<PolicyRevision> {
  return revisions.get(policy) ?? compute(policy);
}

async function compute(policy: EASProvisionDoc): Promise<PolicyRevision> {
  const document = policyDocument.encode(policy);
  if (!document.ok) throw new TypeError(`Not a policy: ${document.error.path ?? ''} ${document.error.message}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(document.value)));
  const revision = [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  revisions.set(policy, revision);
  return revision;
}

const revisions = new WeakMap<EASProvisionDoc, PolicyRevision>();
