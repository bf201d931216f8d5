/** The server's part of a Provision exchange that is the host's and not the machine's: which policy, which verdict. */
import type { EventOf } from '../../machines/index.js';
import { carriesWipe } from '../protocol/version.js';
import type { Circumstances } from './decide.js';
import type { ExchangePorts } from './exchange.js';
import { judge } from './judge.js';
import type { ReadProvision } from './read-provision.js';
import { type ServerReason, serverReasons } from './reasons.js';
import type { DeviceRecord } from './record.js';
import { scopeOf } from './record-changes.js';
import { mintFresh } from './settings.js';

/** The ports for one request, and afterwards the host's own reason for a refusal, if it was that. */
export function portsFor(
  { asksForDirective }: ReadProvision,
  stored: DeviceRecord,
  record: DeviceRecord,
  { now, policy, version, access, settings }: Circumstances,
): { readonly ports: ExchangePorts; readonly refusedFor: () => ServerReason | null } {
  // The keys as stored: one that catching up has just dropped may still be on its way in an acknowledgment (I1, I14).
  const { policyKey, settledKey } = stored.state.context;
  const mint = () => mintFresh(settings.mintKey, [policyKey, settledKey]);
  let refusedFor: ServerReason | null = null;
  const refuse = (reason: ServerReason, scope: 'Provision' | 'Policy' = 'Provision'): EventOf<'ProvisionRejected'> => {
    refusedFor = reason;
    return { type: 'ProvisionRejected', scope, status: serverReasons[reason].status ?? SERVER_ERROR };
  };

  const ports: ExchangePorts = {
    loadPolicy({ reason }) {
      const scope = scopeOf(reason);
      if (scope !== null) {
        // A version that does not know the directive is never sent it, and never a greater one instead (I5).
        return carriesWipe(version, scope) ? { type: 'WipeDirected', scope } : refuse('WipeUndeliverable');
      }
      if (record.wiped) return refuse('DeviceIsBlocked');
      if (access !== null) return refuse(access);
      if (asksForDirective) return { type: 'WipeNotDirected' };
      switch (policy.kind) {
        case 'Set':
          return { type: 'PolicyOffered', policyKey: mint(), policy: policy.document, revision: policy.revision };
        case 'None':
          return { type: 'PolicyNotDefined' };
        case 'Corrupt':
          return refuse('PolicyCorrupt', 'Policy');
        case 'Unavailable':
          return refuse('PolicySourceFailed');
      }
    },
    judge({ status }) {
      if (access !== null) return refuse(access);
      if (policy.kind === 'Unavailable') return refuse('PolicySourceFailed');
      return policy.kind === 'Corrupt'
        ? refuse('PolicyCorrupt', 'Policy')
        : judge(status, settings.acknowledgments, mint);
    },
    startTimer: (current, event) =>
      event.type === 'OfferExpired'
        ? { ...current, deadlines: [...current.deadlines, { at: now + settings.offerLifetime, event }] }
        : current,
  };
  return { ports, refusedFor: () => refusedFor };
}

/** Provision Status 3 (MS-ASPROV 2.2.2.54.2). */
const SERVER_ERROR = 3;
