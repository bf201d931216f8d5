/** Orders of the administrator's, carried out on the store: read, decide, write what changed, tell what happened. */
import type { EventOf } from '../../machines/index.js';
import type { DeviceAdministration, DeviceView, WipeView } from './administration.js';
import { attempt, failed } from './attempt.js';
import { decideFact } from './decide.js';
import type { Settled } from './exchange.js';
import { inspected } from './inspected.js';
import type { DeviceIdentity, ServerEvent } from './ports.js';
import { MAX_TRIES } from './race.js';
import {
  type DeviceRecord,
  formatRecord,
  identityOf,
  parseRecord,
  recordKey,
  unknownDevice,
  type WipeOrder,
} from './record.js';
import { ordered } from './record-changes.js';
import type { ServerSettings } from './settings.js';
import { maskedKey } from './sightings.js';
import { transact } from './transact.js';

export function administer(settings: ServerSettings): DeviceAdministration {
  const { store, clock, seen } = settings;

  /** Whether anything was changed. */
  async function change(
    device: DeviceIdentity,
    event: ServerEvent,
    decide: (record: DeviceRecord) => Pick<Settled, 'record' | 'transitions'>,
  ): Promise<boolean> {
    const changed = await transact(store, device, (record) => ({ ...decide(record), from: record }));
    if (typeof changed === 'string') throw new Error(changed);
    inspected(device, changed.transitions, settings);
    if (changed.record !== changed.from) {
      seen?.change(device, {
        at: clock(),
        command: null,
        from: changed.from.state.name,
        to: changed.record.state.name,
        events: [event],
        reason: null,
        httpStatus: null,
        policyKey: maskedKey(changed.record.state.context.policyKey),
      });
    }
    return changed.record !== changed.from;
  }

  const demand = (device: DeviceIdentity, event: ServerEvent, reason: Demand['reason']) =>
    change(device, event, (record) => {
      // An administrator’s demand is about whatever key is in force.
      const { policyKey } = record.state.context;
      const { record: after, transitions } = decideFact(record, { type: 'ReprovisionRequired', policyKey, reason });
      return { record: ordered(after, clock()), transitions };
    });

  /** Null for a stranger. */
  async function viewed(device: DeviceIdentity): Promise<DeviceView | 'Unreadable' | null> {
    const stored = await store.get(recordKey(device));
    if (!stored || stored.data === blank) return null;
    const record = parseRecord(stored.data);
    if (!record) return 'Unreadable';
    const { state, information, keyIssuedAt, wipe } = record;
    return {
      ...device,
      state,
      information,
      keyIssuedAt,
      wiped: record.wiped,
      wipe: wipe && viewOf(wipe, clock(), settings.wipeDelivery),
      seen: seen?.read(device) ?? null,
    };
  }

  return {
    async list() {
      if (!store.keys) throw new TypeError('store: expected keys');
      const devices: DeviceView[] = [];
      const unreadable: DeviceIdentity[] = [];
      for await (const key of store.keys()) {
        const device = identityOf(key);
        if (!device) continue;
        const view = await viewed(device);
        if (view === 'Unreadable') unreadable.push(device);
        else if (view) devices.push(view);
      }
      return { devices, unreadable };
    },
    async read(device) {
      const view = await viewed(device);
      if (view === 'Unreadable') throw new Error('StoreFailed');
      return view;
    },
    async require(device, reason) {
      await demand(device, 'ReprovisionOrdered', reason);
    },
    async wipe(device, scope) {
      await demand(
        device,
        'WipeOrdered',
        scope === 'device' ? 'RemoteWipeRequested' : 'AccountOnlyRemoteWipeRequested',
      );
    },
    cancelWipe: (device) =>
      change(device, 'WipeCancelled', (record) => {
        const { record: after, transitions } = decideFact(record, { type: 'WipeCancelled' });
        return { record: after === record ? record : { ...after, wipe: null }, transitions };
      }),
    readmit: (device) =>
      change(device, 'Readmitted', (record) => {
        if (record.wiped === null) return { record, transitions: [] };
        const { record: after, transitions } = decideFact(record, { type: 'Reset' });
        return { record: { ...after, deadlines: [], wiped: null, wipe: null }, transitions };
      }),
    async remove(device) {
      const key = recordKey(device);
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const stored = await store.get(key);
        if (!stored || stored.data === blank) return false;
        const removed = await attempt(() =>
          store.remove ? store.remove(key, stored.version) : store.put(key, stored.version, blank),
        );
        if (removed === failed) throw new Error('StoreFailed');
        if (removed) {
          seen?.forget(device);
          return true;
        }
      }
      throw new Error('LostRace');
    },
  };
}

type Demand = EventOf<'ReprovisionRequired'>;
/** What stands for a removed device in a store that cannot remove. */
const blank = formatRecord(unknownDevice);

function viewOf(order: WipeOrder, now: number, delivery: number): WipeView {
  return { ...order, progress: progressOf(order, now, delivery) };
}

function progressOf(order: WipeOrder, now: number, delivery: number): WipeView['progress'] {
  const { orderedAt, announcedAt, directedAt, failedAt, completedAt, refusedAt } = order;
  if (completedAt !== null) return 'Completed';
  if (refusedAt !== null) return 'Undeliverable';
  if (directedAt !== null) return failedAt !== null && failedAt >= directedAt ? 'Failed' : 'Directed';
  if (now - orderedAt >= delivery) return 'Undeliverable';
  return announcedAt === null ? 'Ordered' : 'Announced';
}
