/** What this process saw of devices, for the administration: kept in memory, bounded, lost when the process ends. */
import type { DeviceChange, DeviceSighting } from './administration.js';
import type { DeviceIdentity, ServerExchange } from './ports.js';
import { recordKey } from './record.js';

export interface Sightings {
  /** An exchange of a device that proved who it is; of anyone else nothing is kept. */
  note(exchange: ServerExchange): void;
  /** An order of the administration. */
  change(device: DeviceIdentity, change: DeviceChange): void;
  read(device: DeviceIdentity): DeviceSighting | null;
  forget(device: DeviceIdentity): void;
}

/** Remembers the last `limit` devices, and of each the last 16 changes. */
export function createSightings(limit: number): Sightings {
  const seen = new Map<string, Seen>();

  function at(device: DeviceIdentity): Seen {
    const key = recordKey(device);
    const known = seen.get(key) ?? { lastSeen: null, deviceType: null, protocolVersion: null, history: [] };
    // The last in the order of insertion is the last seen: the first is the one to forget.
    seen.delete(key);
    seen.set(key, known);
    for (const oldest of seen.keys()) {
      if (seen.size <= limit) break;
      seen.delete(oldest);
    }
    return known;
  }

  return {
    note(exchange) {
      const { user, deviceId, deviceType, protocolVersion } = exchange;
      if (user === null || deviceId === null) return;
      const known = at({ user, deviceId });
      known.lastSeen = exchange.at;
      known.deviceType = deviceType;
      known.protocolVersion = protocolVersion;
      const change = changeOf(exchange);
      if (change.reason !== null || change.events.length > 0 || change.from !== change.to) add(known, change);
    },
    change: (device, change) => add(at(device), change),
    read: (device) => seen.get(recordKey(device)) ?? null,
    forget: (device) => seen.delete(recordKey(device)),
  };
}

type Seen = { -readonly [Field in keyof DeviceSighting]: DeviceSighting[Field] };

function add(known: Seen, change: DeviceChange): void {
  known.history = [...known.history.slice(1 - MAX_HISTORY), change];
}

const MAX_HISTORY = 16;

function changeOf({ at, command, previous, state, events, reason, httpStatus }: ServerExchange): DeviceChange {
  const [from, to] = [previous?.name ?? null, state?.name ?? null];
  return { at, command, from, to, events, reason, httpStatus, policyKey: maskedKey(state?.context.policyKey ?? null) };
}

/** The end of a key: enough to tell two apart, too little to use (I14). */
export function maskedKey(policyKey: string | null): string | null {
  if (policyKey === null || policyKey === '0') return null;
  return `…${policyKey.slice(Math.max(policyKey.length - 4, Math.ceil(policyKey.length / 2)))}`;
}
