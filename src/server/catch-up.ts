/** What fell due since a record was last read, and the policy as it now is. */
import type { ProvisioningEvent } from '../../machines/index.js';
import type { Circumstances } from './decide.js';
import { type ExchangePorts, noPorts, settle } from './exchange.js';
import type { ServerEvent } from './ports.js';
import type { DeviceRecord } from './record.js';

export interface CaughtUp {
  /** The same by reference when nothing happened. */
  readonly record: DeviceRecord;
  readonly events: readonly ServerEvent[];
}

/** The record as it is now: deadlines first, in order, then the policy (I4). */
export function catchUp(stored: DeviceRecord, at: Circumstances): CaughtUp {
  if (stored.deadlines.every((deadline) => deadline.at > at.now)) return determined(stored, at, none, true);
  let record: DeviceRecord = { ...stored, deadlines: stored.deadlines.filter((deadline) => deadline.at > at.now) };
  let events: readonly ServerEvent[] = none;
  let mayWait = true;
  for (const { at: due, event } of stored.deadlines) {
    if (due > at.now) continue;
    // The policy may have changed again meanwhile: it is the present one that the device is asked back for.
    if (event.type === 'PolicyDetermined') mayWait = false;
    else ({ record, events } = heard(record, event, dueEvents[event.type], events, noPorts));
  }
  return determined(record, at, events, mayWait);
}

const none: readonly never[] = [];
const dueEvents = { OfferExpired: 'OfferExpired', ReprovisionRequired: 'RefreshDue' } as const;

function determined(record: DeviceRecord, at: Circumstances, events: CaughtUp['events'], mayWait: boolean): CaughtUp {
  if (at.policy.kind !== 'Set') return { record, events };
  const { revision } = at.policy;
  if (!mayWait || at.settings.spread === 0) {
    return heard(record, { type: 'PolicyDetermined', revision }, 'PolicyChanged', events, noPorts);
  }
  const after = heard(
    record,
    { type: 'PolicyDetermined', revision, mayWait },
    'PolicyChanged',
    events,
    scheduling(at.now, at.settings),
  );
  const isScheduled = after.record.deadlines !== record.deadlines;
  return isScheduled ? { record: after.record, events: [...after.events, 'PolicyChangeScheduled'] } : after;
}

/** One deadline of the kind at most: it keeps its time while the policy changes on. */
function scheduling(now: number, { random, spread }: Circumstances['settings']): ExchangePorts {
  return {
    ...noPorts,
    startTimer(record, event) {
      if (event.type !== 'PolicyDetermined') return record;
      if (record.deadlines.some((deadline) => deadline.event.type === event.type)) return record;
      return { ...record, deadlines: [...record.deadlines, { at: now + Math.ceil(random() * spread), event }] };
    },
  };
}

/** The record after a fact, and the event added if it changed the agreement. */
function heard(
  record: DeviceRecord,
  fact: ProvisioningEvent,
  event: ServerEvent,
  events: readonly ServerEvent[],
  ports: ExchangePorts,
): CaughtUp {
  const after = settle(record, fact, ports).record;
  return { record: after, events: after.state === record.state ? events : [...events, event] };
}
