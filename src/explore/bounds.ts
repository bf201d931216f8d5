import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';

/** What an exploration is bounded by; everything within the bounds is tried. */
export interface Bounds {
  /** The version that both sides speak. */
  readonly version: ProtocolVersion;
  /** How many policies there are beside none, 1 to 3. */
  readonly revisions: number;
  /** How often in one run the link or a process fails: 0 to 7. */
  readonly faults: number;
  /** How often in one run the surroundings change: policy, orders, due times, the device's own word. 0 to 7. */
  readonly changes: number;
  /** Messages in flight each way, 2 to 4. */
  readonly inFlight: number;
  /** Commands that the device runs at once, 1 or 2. */
  readonly commands: number;
  /** Instances of the server on one store, 1 or 2. */
  readonly servers: number;
  /** The device's tries after the first of one message. */
  readonly attempts: number;
  /** The device's exchanges without an admitted command in between, at least 1. */
  readonly cycles: number;
}

export const defaultBounds: Bounds = {
  version: '16.1',
  revisions: 2,
  faults: 1,
  changes: 1,
  inFlight: 2,
  commands: 2,
  servers: 2,
  attempts: 1,
  cycles: 3,
};

/** What is explored unless told otherwise: no one set of bounds has everything and ends within a minute. */
export const defaultRuns: Readonly<Record<string, Partial<Bounds>>> = {
  'two commands at once, one fault, one change': {},
  'one command and one server at a time, two faults, two changes': { commands: 1, servers: 1, faults: 2, changes: 2 },
  'protocol 12.1, where demands are HTTP 449': { version: '12.1' },
};

/** As far as memory goes. */
export const deepBounds: Partial<Bounds> = { faults: 2, changes: 2, inFlight: 3 };

const ranges = {
  revisions: [1, 3],
  faults: [0, 7],
  changes: [0, 7],
  inFlight: [2, 4],
  commands: [1, 2],
  servers: [1, 2],
  attempts: [0, 9],
  cycles: [1, 9],
} as const satisfies Record<Exclude<keyof Bounds, 'version'>, readonly [number, number]>;

/** @throws RangeError for a bound outside its range. */
export function boundsOf(given: Partial<Bounds>): Bounds {
  const bounds = { ...defaultBounds, ...given };
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = bounds[name as keyof typeof ranges];
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new RangeError(`${name}: expected ${least} to ${most}`);
    }
  }
  if (!Object.hasOwn(protocolVersions, bounds.version)) throw new RangeError('version: expected a protocol version');
  return bounds;
}
