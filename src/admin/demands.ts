import type { ReprovisionReason, WipeScope } from '../../machines/index.js';
import { reprovisionReasons } from '../../machines/provisioning.events.js';

/** The reasons for which an administrator may ask a device back: all but the wipes, which are orders of their own. */
export const demandReasons = reprovisionReasons.filter(
  (reason): reason is Exclude<ReprovisionReason, 'RemoteWipeRequested' | 'AccountOnlyRemoteWipeRequested'> =>
    reason !== 'RemoteWipeRequested' && reason !== 'AccountOnlyRemoteWipeRequested',
);

export const wipeScopes: readonly WipeScope[] = ['device', 'account'];
