/** A Provision request as the fact it states, or what is wrong with it: judged before the machine hears of it. */
import type { AcknowledgmentStatus, EventOf, WipeScope, WipeStatus } from '../../machines/index.js';
import type { DeviceInformation } from '../protocol/device-information.js';
import { normalizePolicyKey } from '../protocol/policy-key.js';
import type { ProvisionRequestMessage, RequestPolicy, WipeAnswer } from '../protocol/provision.js';
import { err, ok, type Result } from '../protocol/result.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';

export interface ReadProvision {
  readonly fact: EventOf<'PolicyRequested' | 'PolicyAcknowledged' | 'WipeAcknowledged'>;
  /** The empty form, which asks for a wipe directive and for no policy (R493). */
  readonly asksForDirective: boolean;
  readonly deviceInformation: DeviceInformation | null;
}

/** A refusal that leaves the agreement as it is. */
export interface RefusedProvision {
  readonly scope: 'Provision' | 'Policy';
  readonly status: 2 | 3 | 165;
  /** What the device said about itself all the same. */
  readonly deviceInformation: DeviceInformation | null;
}

/** What the version and the host require of a request (MS-ASPROV 3.2.5.1; section 12 of our protocol page). */
export function readProvision(
  message: ProvisionRequestMessage,
  version: ProtocolVersion,
  { requireDeviceInformation }: { readonly requireDeviceInformation: boolean },
): Result<ReadProvision, RefusedProvision> {
  const { deviceInformation: information, accountOnlyRemoteWipe } = message;
  const row = protocolVersions[version];
  const deviceInformation = (row.deviceInformation === 'provision' && information) || null;
  // In any other request it is as if it were not there (2.2.2.53, R368).
  const stated = (fact: ReadProvision['fact'], asksForDirective = false) =>
    ok({ fact, asksForDirective, deviceInformation: fact.type === 'PolicyRequested' ? deviceInformation : null });

  if (message.remoteWipe) return wipeAnswer(message.remoteWipe, 'device', stated);
  if (accountOnlyRemoteWipe) {
    const isKnown = row.accountOnlyRemoteWipe;
    return isKnown ? wipeAnswer(accountOnlyRemoteWipe, 'account', stated) : refuse('Provision', 2);
  }
  if (!message.policies) return information ? refuse('Provision', 2) : stated({ type: 'PolicyRequested' }, true);

  const policy = message.policies.find(({ policyType }) => policyType === row.policyType) ?? message.policies[0];
  if (policy?.policyType === undefined) return refuse('Provision', 2);
  if (policy.policyType !== row.policyType) return refuse('Policy', 3, deviceInformation);
  if (policy.policyKey !== undefined || policy.status !== undefined) return acknowledgment(policy, stated);
  const isMissing = requireDeviceInformation && row.deviceInformation === 'provision' && !information;
  return isMissing ? refuse('Provision', 165) : stated({ type: 'PolicyRequested' });
}

type State = (fact: ReadProvision['fact']) => Result<ReadProvision, RefusedProvision>;

/** It is the key in the body that counts: real devices send an acknowledgment under any key, or none, in the header. */
function acknowledgment({ policyKey, status }: RequestPolicy, stated: State): Result<ReadProvision, RefusedProvision> {
  if (policyKey === undefined || !isAcknowledgmentStatus(status)) return refuse('Provision', 2);
  return stated({ type: 'PolicyAcknowledged', policyKey: normalizePolicyKey(policyKey), status });
}

function wipeAnswer({ status }: WipeAnswer, scope: WipeScope, stated: State): Result<ReadProvision, RefusedProvision> {
  return isWipeStatus(status) ? stated({ type: 'WipeAcknowledged', scope, status }) : refuse('Provision', 2);
}

function isAcknowledgmentStatus(status: number | undefined): status is AcknowledgmentStatus {
  return status === 1 || status === 2 || status === 3 || status === 4;
}

function isWipeStatus(status: number | undefined): status is WipeStatus {
  return status === 1 || status === 2;
}

function refuse(
  scope: RefusedProvision['scope'],
  status: RefusedProvision['status'],
  deviceInformation: DeviceInformation | null = null,
) {
  return err<RefusedProvision>({ scope, status, deviceInformation });
}
