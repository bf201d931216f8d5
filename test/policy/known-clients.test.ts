import { expect, test } from 'vitest';
import { evaluatePolicy } from '../../src/policy/evaluate.js';
import { knownClients } from '../../src/policy/known-clients.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';

test.each<[EASProvisionDoc, number]>([
  [
    { DevicePasswordEnabled: true, MinDevicePasswordLength: 6, MaxInactivityTimeDeviceLock: 300, AllowCamera: false },
    1,
  ],
  [{ AllowDesktopSync: false, AllowRemoteDesktop: false, AllowSMIMESoftCerts: false }, 1],
  [{ DevicePasswordEnabled: true, AllowWiFi: false }, 2],
  [{ DevicePasswordEnabled: true, MaxEmailBodyTruncationSize: 0 }, 2],
  [{ DevicePasswordEnabled: true, AllowBluetooth: 1 }, 2],
  [{ DevicePasswordEnabled: true, ApprovedApplicationList: ['a'] }, 2],
  [{ DevicePasswordEnabled: true, ApprovedApplicationList: [], AllowBluetooth: 2, MaxEmailBodyTruncationSize: -1 }, 1],
])('AOSP acknowledges %j with %i', (policy, status) => {
  expect(evaluatePolicy(policy, knownClients.AOSP).status).toBe(status);
});
