import type { PolicyElementName } from '../protocol/policy.js';
import type { DeviceFeature } from './enforcement.js';

/**
 * What a device can do about a policy: plain data, so that it can be written by hand, kept and sent.
 *
 * Most elements ask for something that a device may do without having the feature: a device without a browser
 * enforces AllowBrowser by being so. Name such elements in `enforces`; `lacks` is for the features that the
 * specification itself names.
 */
export interface DeviceCapabilities {
  /** The elements that the device can enforce, at any value unless `strictest` bounds it; `all` is every one. */
  readonly enforces: 'all' | readonly PolicyElementName[];
  /**
   * The strictest number that the device can enforce, by element and in the element's unit: 8 for
   * MinDevicePasswordLength if it cannot demand passwords of nine characters, 60 for MaxInactivityTimeDeviceLock if it
   * cannot lock sooner. Without a bound, any.
   */
  readonly strictest?: { readonly [Name in PolicyElementName]?: number };
  /** The features that the device does not have: elements about them count as enforced (MS-ASPROV 3.1.5.1.1, R764). */
  readonly lacks?: readonly DeviceFeature[];
  /** Another product manages the device, and this one may not (2.2.2.54.1, R389): Status 4 whatever the policy asks. */
  readonly managedByOthers?: boolean;
}
