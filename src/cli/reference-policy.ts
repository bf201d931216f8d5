import type { EASProvisionDoc } from '../protocol/policy.js';

/** The policy of `demo`, and of `serve` without --policy: one of every kind of element, strict enough to be seen. */
export const referencePolicy: EASProvisionDoc = {
  DevicePasswordEnabled: true,
  AlphanumericDevicePasswordRequired: true,
  MinDevicePasswordLength: 6,
  MaxInactivityTimeDeviceLock: 900,
  MaxDevicePasswordFailedAttempts: 8,
  AllowSimpleDevicePassword: false,
  RequireDeviceEncryption: true,
  AllowBluetooth: 1,
  MaxEmailAgeFilter: 4,
};
