import type { RequestListener } from 'node:http';
import { createAdministration } from '../admin/index.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import { type DeviceAdministration, toNodeListener } from '../server/index.js';

/** The administration of the reference server, which hands out whatever `served` holds at the time. */
export function administrationOf(
  devices: DeviceAdministration,
  served: { policy: EASProvisionDoc | null },
  token: string,
): RequestListener {
  const administration = createAdministration({
    devices,
    policy: {
      read: () => served.policy,
      write(policy) {
        served.policy = policy;
      },
    },
    token,
    loopbackOnly: true,
  });
  return toNodeListener(administration);
}
