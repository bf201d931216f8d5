/** What fell due since a record was last read, and the policy as it now is. */
import type { ProvisioningEvent, Transition } from '../../machines/index.js';
import type { Circumstances } from './decide.js';
import { type ExchangePorts, noPorts, settle } from './exchange.js';
import type { ServerEvent } from './ports.js';
import type { DeviceRecord } from './record.js';

export interface CaughtUp {
  /** The same by reference when nothing happened. */
  readonly record: DeviceRecord;
  readonly events: readonly ServerEvent[];
  /** Every fact that was taken, in order. */
  readonly transitions: readonly Transition<'server'>[];
}

/** The record as it is now: deadlines first, in order, then the policy (I4). */
export function catchUp(stored: DeviceRecord, at: Circumstances): CaughtUp {
  const asStored: CaughtUp = { record: stored, events: none, transitions: none };
  if (stored.deadlines.every((deadline) => deadline.at > at.now)) return determined(asStored, at, true);
  const deadlines = stored.deadlines.filter((deadline) => deadline.at > at.now);
  let caughtUp: CaughtUp = { ...asStored, record: { ...stored, deadlines } };
  let mayWait = true;
  for (const { at: due, event } of stored.deadlines) {
    if (due > at.now) continue;
    // The policy may have changed again meanwhile: it is the present one that the device is asked back for.
    if (event.type === 'PolicyDetermined') mayWait = false;
    else caughtUp = heard(caughtUp, event, dueEvents[event.type], noPorts);
  }
  return determined(caughtUp, at, mayWait);
}

const none: readonly never[] = [];
const dueEvents = { OfferExpired: 'OfferExpired', ReprovisionRequired: 'RefreshDue' } as const;

function determined(caughtUp: CaughtUp, at: Circumstances, mayWait: boolean): CaughtUp {
  if (at.policy.kind !== 'Set') return caughtUp;
  const { revision } = at.policy;
  if (!mayWait || at.settings.spread === 0) {
    return heard(caughtUp, { type: 'PolicyDetermined', revision }, 'PolicyChanged', noPorts);
  }
  const ports = scheduling(at.now, at.settings);
  const after = heard(caughtUp, { type: 'PolicyDetermined', revision, mayWait }, 'PolicyChanged', ports);
  const isScheduled = after.record.deadlines !== caughtUp.record.deadlines;
  return isScheduled ? { ...after, events: [...after.events, 'PolicyChangeScheduled'] } : after;
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

/** What there is after a fact, and the event added if it changed the agreement. */
function heard(
  { record, events, transitions }: CaughtUp,
  fact: ProvisioningEvent,
  event: ServerEvent,
  ports: ExchangePorts,
): CaughtUp {
  const after = settle(record, fact, ports);
  return {
    record: after.record,
    events: after.record.state === record.state ? events : [...events, event],
    transitions: transitions.length === 0 ? after.transitions : [...transitions, ...after.transitions],
  };
}
