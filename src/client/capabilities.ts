import { type DeviceCapabilities, evaluatePolicy } from '../policy/evaluate.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import type { PolicyData } from '../protocol/provision.js';
import type { DevicePorts } from './ports.js';

/**
 * Acknowledges what a device of these capabilities can put in force (MS-ASPROV 2.2.2.54.1). A document of 2.5 that
 * cannot be read is not applied at all: 3.
 */
export function applyingWith(capabilities: DeviceCapabilities): DevicePorts['applyPolicy'] {
  return async (policy) => {
    const document = await documentOf(policy);
    return document === null ? 3 : evaluatePolicy(document, capabilities).status;
  };
}

/** An XML parser is loaded only for a policy of 2.5. */
async function documentOf(policy: PolicyData): Promise<EASProvisionDoc | null> {
  if (typeof policy !== 'string') return policy;
  const { wapPolicy } = await import('../codec/xml/wap-policy.js');
  const read = wapPolicy.decode(policy);
  return read.ok ? read.value : null;
}
