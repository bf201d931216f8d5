/** Devices: what they can enforce, what they lack. */
import fc from 'fast-check';
import type { DeviceCapabilities } from '../../../src/policy/capabilities.js';
import { type DeviceFeature, deviceFeatures } from '../../../src/policy/enforcement.js';
import { policyElementNames } from '../../../src/protocol/policy.js';

const features = Object.keys(deviceFeatures) as readonly DeviceFeature[];

const bounds: fc.Arbitrary<NonNullable<DeviceCapabilities['strictest']>> = fc.dictionary(
  fc.constantFrom(...policyElementNames),
  fc.integer({ min: 0, max: 20 }),
  { noNullPrototype: true },
);

export const anyCapabilities: fc.Arbitrary<DeviceCapabilities> = fc.record(
  {
    enforces: fc.oneof(fc.constant('all' as const), fc.subarray([...policyElementNames])),
    strictest: bounds,
    lacks: fc.subarray([...features]),
    managedByOthers: fc.boolean(),
  },
  { requiredKeys: ['enforces'], noNullPrototype: true },
);

/** The same device with less of everything: elements, bounds, and features that it could not enforce anything about. */
export function lessOf(device: DeviceCapabilities): fc.Arbitrary<DeviceCapabilities> {
  const enforced = device.enforces === 'all' ? policyElementNames : device.enforces;
  return fc
    .tuple(fc.subarray([...enforced]), fc.subarray([...(device.lacks ?? [])]), bounds)
    .map(([enforces, lacks, strictest]) => ({
      ...device,
      enforces,
      lacks,
      strictest: { ...strictest, ...device.strictest },
    }));
}
