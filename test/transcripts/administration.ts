/** What the recorded server was told beside the wire: the policy that it handed out, and orders about the device. */
import { provisionResponse } from '../../src/codec/index.js';
import { wapPolicy } from '../../src/codec/xml/index.js';
import { readTarget } from '../../src/http/index.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import type { PolicyData } from '../../src/protocol/provision.js';
import type { DeviceIdentity, ProvisioningServer } from '../../src/server/index.js';
import { credentials, unwrap } from '../support/device.js';
import type { Recorded } from './wire.js';

/** The rows without a number. */
export const orders: Readonly<
  Record<string, (server: ProvisioningServer, device: DeviceIdentity) => Promise<unknown>>
> = {
  'order: wipe device': ({ devices }, device) => devices.wipe(device, 'device'),
  'order: withdraw the key': ({ devices }, device) => devices.require(device, 'InvalidPolicyKey'),
};

/** The first policy that each device was offered; one for a device, so that its revision does not change. */
export function policyIn(transcript: readonly Recorded[]): ReadonlyMap<string, EASProvisionDoc> {
  const policies = new Map<string, EASProvisionDoc>();
  for (const { request, response } of transcript) {
    const message = provisionResponse.decode(response.body);
    const data = message.ok ? message.value.policies?.[0]?.data : undefined;
    const device = deviceIn(request.url);
    if (device !== null && data !== undefined && !policies.has(device)) policies.set(device, documentOf(data));
  }
  return policies;
}

/** The one device of a transcript. */
export function identityIn(transcript: ReadonlyMap<string, Recorded>): DeviceIdentity {
  const devices = [...transcript.values()].map(({ request }) => deviceIn(request.url)).filter((id) => id !== null);
  const [deviceId = ''] = devices;
  return { user: credentials.user, deviceId };
}

function deviceIn(url: string): string | null {
  const { query } = readTarget(url);
  return query.ok ? query.value.deviceId.toUpperCase() : null;
}

function documentOf(data: PolicyData): EASProvisionDoc {
  return typeof data === 'string' ? unwrap(wapPolicy.decode(data)) : data;
}
