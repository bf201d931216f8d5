import type { EASProvisionDoc } from '../protocol/policy.js';

/** What the administrator sets, one after the other and then again from the first; no two look alike on a device. */
const policies = [
  { DevicePasswordEnabled: true, MinDevicePasswordLength: 4 },
  { DevicePasswordEnabled: true, MinDevicePasswordLength: 8, AllowCamera: false },
  { DevicePasswordEnabled: false, AllowBluetooth: 1 },
  { DevicePasswordEnabled: true, AlphanumericDevicePasswordRequired: true, MaxInactivityTimeDeviceLock: 300 },
] as const satisfies readonly EASProvisionDoc[];

/** The policy of a number, which counts from 1. Always the same object for it, so that its revision is known. */
export function policyOf(number: number): EASProvisionDoc {
  return policies[(number - 1) % policies.length] ?? policies[0];
}
