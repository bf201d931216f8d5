import { policyDocument } from '../codec/index.js';
import type { EASProvisionDoc } from '../protocol/policy.js';

/**
 * The revision of a policy: the first 64 bits of SHA-256 over its canonical, version-free document (`policyDocument`), as
 * 16 hexadecimal digits. Equal policies have one revision whatever the order of their properties; absent, empty and 0
 * differ. It is computed once for each policy object, so that an object that has a revision must not be changed.
 *
 * @throws TypeError, as a rejection, that names the element when the value is no policy.
 */
export async function policyRevision(policy: EASProvisionDoc): Promise<string> {
  return revisions.get(policy) ?? compute(policy);
}

/** The revision, where it was computed before. */
export function computedRevision(policy: EASProvisionDoc): string | undefined {
  return revisions.get(policy);
}

async function compute(policy: EASProvisionDoc): Promise<string> {
  const document = policyDocument.encode(policy);
  if (!document.ok) throw new TypeError(`Not a policy: ${document.error.path ?? ''} ${document.error.message}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(document.value)));
  const revision = [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  revisions.set(policy, revision);
  return revision;
}

const revisions = new WeakMap<EASProvisionDoc, string>();
