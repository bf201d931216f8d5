import type { EASProvisionDoc } from '../../protocol/policy.js';
import { wholeMinutes } from '../../protocol/wap.js';

/** The values of the parms of a document by parm name; a parm without a value is not there. */
export type WapValues = ReadonlyMap<string, number>;

/** The policy elements that protocol 2.5 can carry, DevicePasswordEnabled apart: one row each. */
export interface WapElement {
  /** The registry path whose characteristic holds the parms. */
  readonly path: string;
  /** In the order in which they are sent. */
  readonly parms: readonly string[];
  /** The values that say what the policy says, by parm. */
  write(policy: EASProvisionDoc): Readonly<Record<string, number>>;
  /** What the values ask for; `undefined` if nothing. */
  read(values: WapValues): number | boolean | undefined;
}

const LASSD = 'HKLM\\Comm\\Security\\Policy\\LASSD';
const INACTIVITY = `${LASSD}\\AE\\{50C13377-C66D-400C-889E-C316FC4AB374}`;
const PASSWORD = `${LASSD}\\LAP\\lap_pw`;

/**
 * MS-ASPROV 2.2.2.24.2, in the order in which it is sent. What a policy leaves unset is written as the value that
 * unsets it: a device may keep what the document before wrote to its registry.
 */
export const wapElements = {
  MaxInactivityTimeDeviceLock: {
    path: INACTIVITY,
    parms: ['AEFrequencyType', 'AEFrequencyValue'],
    write: ({ MaxInactivityTimeDeviceLock: seconds }) =>
      isTimed(seconds) ? { AEFrequencyType: 1, AEFrequencyValue: wholeMinutes(seconds) } : { AEFrequencyType: 0 },
    read: (values) => {
      const minutes = values.get('AEFrequencyValue') ?? -1;
      return values.get('AEFrequencyType') === 0 || minutes < 0 ? undefined : Math.max(minutes * 60, 1);
    },
  },
  MaxDevicePasswordFailedAttempts: {
    path: LASSD,
    parms: ['DeviceWipeThreshold', 'CodewordFrequency'],
    write: ({ MaxDevicePasswordFailedAttempts: attempts }) => ({
      DeviceWipeThreshold: above(0, attempts) ?? -1,
      CodewordFrequency: -1,
    }),
    read: (values) => above(0, values.get('DeviceWipeThreshold')),
  },
  MinDevicePasswordLength: {
    path: PASSWORD,
    parms: ['MinimumPasswordLength'],
    write: ({ MinDevicePasswordLength: length }) => ({ MinimumPasswordLength: above(1, length) ?? 1 }),
    read: (values) => above(1, values.get('MinimumPasswordLength')),
  },
  AlphanumericDevicePasswordRequired: {
    path: PASSWORD,
    parms: ['PasswordComplexity'],
    write: ({ AlphanumericDevicePasswordRequired: required }) => ({
      PasswordComplexity: required === true ? 0 : required === false ? 1 : 2,
    }),
    read: (values) => complexities.get(values.get('PasswordComplexity')),
  },
} as const satisfies Partial<Record<keyof EASProvisionDoc, WapElement>>;

/** `number`, if it asks for more than nothing; the least that a length can ask for is 2 (2.2.2.38). */
function above(nothing: number, number: number | null | undefined): number | undefined {
  return typeof number === 'number' && number > nothing ? number : undefined;
}

/** From 9999 seconds on there is no lock (2.2.2.36). */
function isTimed(seconds: number | null | undefined): seconds is number {
  return typeof seconds === 'number' && seconds >= 0 && seconds < 9999;
}

/** Alphanumeric or numeric; any other number, as all readers have it, asks for neither. */
const complexities: ReadonlyMap<number | undefined, boolean> = new Map([
  [0, true],
  [1, false],
]);
