import type { PolicyRevision } from '../../machines/index.js';
import { policyDocument } from '../codec/index.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import { andThen, attempt, failed } from './attempt.js';
import type { Awaitable, DeviceIdentity } from './ports.js';
import { knownRevision } from './revision.js';
import type { ServerSettings } from './settings.js';

/** The policy set for a device, as far as that can be said. */
export type DeterminedPolicy =
  | { readonly kind: 'Set'; readonly document: EASProvisionDoc; readonly revision: PolicyRevision }
  | { readonly kind: 'None' }
  /** There is one, and it can not be written: an administrator has to mend it. */
  | { readonly kind: 'Corrupt' }
  /** The source failed. */
  | { readonly kind: 'Unavailable' };

/** The policy set for a device, and its revision; never throws or rejects. */
export function determinePolicy(device: DeviceIdentity, settings: ServerSettings): Awaitable<DeterminedPolicy> {
  return andThen(
    attempt(() => settings.policyFor(device)),
    (document): Awaitable<DeterminedPolicy> => {
      if (document === failed) return unavailable;
      if (document === null) return notSet;
      return andThen(
        attempt(() => knownRevision(document)),
        (revision) => {
          if (revision !== failed) return { kind: 'Set', document, revision };
          return isWritable(document) ? unavailable : corrupt;
        },
      );
    },
  );
}

function isWritable(document: EASProvisionDoc): boolean {
  return attempt(() => policyDocument.encode(document).ok) === true;
}

const notSet: DeterminedPolicy = { kind: 'None' };
const corrupt: DeterminedPolicy = { kind: 'Corrupt' };
const unavailable: DeterminedPolicy = { kind: 'Unavailable' };
