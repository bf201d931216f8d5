import type { ProvisionRequest } from '../../machines/index.js';
import type { DeviceInformation } from '../protocol/device-information.js';
import type { ProvisionRequestMessage } from '../protocol/provision.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';

/**
 * The message for a request of the machine (MS-ASPROV 3.1.5.1.1 to 3.1.5.1.2.3). DeviceInformation goes with the
 * initial request only, and only from 14.1 on (2.2.2.53, R368).
 */
export function compose(
  request: ProvisionRequest,
  version: ProtocolVersion,
  deviceInformation: DeviceInformation,
): ProvisionRequestMessage {
  const { policyType, deviceInformation: place } = protocolVersions[version];
  switch (request.kind) {
    case 'InitialRequest':
      return { ...(place === 'provision' && { deviceInformation }), policies: [{ policyType }] };
    case 'EmptyRequest':
      return {};
    case 'PolicyAcknowledgment':
      return { policies: [{ policyType, policyKey: request.policyKey, status: request.status }] };
    case 'WipeAcknowledgment': {
      const answer = { status: request.status };
      return request.scope === 'device' ? { remoteWipe: answer } : { accountOnlyRemoteWipe: answer };
    }
  }
}
