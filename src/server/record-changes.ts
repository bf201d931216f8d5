/** What is written into a record beside the agreement itself; the same record by reference where that changes nothing. */
import type { Outcome, ProvisionResponse, ReprovisionReason, WipeScope } from '../../machines/index.js';
import type { DeviceInformation } from '../protocol/device-information.js';
import { NO_POLICY_KEY } from '../protocol/policy-key.js';
import type { Circumstances } from './decide.js';
import type { ServerReason } from './reasons.js';
import type { DeviceRecord, WipeOrder } from './record.js';

/** What the device said about itself, if it said anything new; what it leaves out is kept. */
export function described(record: DeviceRecord, information: DeviceInformation | null): DeviceRecord {
  if (information === null) return record;
  const known = { ...record.information, ...information };
  return JSON.stringify(known) === JSON.stringify(record.information) ? record : { ...record, information: known };
}

/** A fresh agreement: when, and when it is to be renewed, if ever. */
export function agreed(
  record: DeviceRecord,
  outcomes: readonly Outcome[],
  { now, settings: { refreshInterval } }: Circumstances,
): DeviceRecord {
  const provisioned = outcomes.find((outcome) => outcome.kind === 'Provisioned');
  if (!provisioned || provisioned.policyKey === NO_POLICY_KEY) return record;
  const issued = { ...record, keyIssuedAt: now };
  if (refreshInterval === null) return issued;
  const event = { type: 'ReprovisionRequired', policyKey: provisioned.policyKey, reason: 'PolicyRefresh' } as const;
  return { ...issued, deadlines: [...record.deadlines, { at: now + refreshInterval, event }] };
}

/** The scope of the wipe that a demand stands for; null for any other. */
export function scopeOf(reason: ReprovisionReason | null): WipeScope | null {
  if (reason === 'RemoteWipeRequested') return 'device';
  return reason === 'AccountOnlyRemoteWipeRequested' ? 'account' : null;
}

/** An order as it now stands: one of the same scope is not begun anew. */
export function ordered(record: DeviceRecord, now: number): DeviceRecord {
  const scope = scopeOf(record.state.context.reason);
  if (scope === null || (record.wipe?.scope === scope && record.wipe.completedAt === null)) return record;
  return { ...record, wipe: { scope, orderedAt: now, ...notYet } };
}

const notYet = { announcedAt: null, directedAt: null, failedAt: null, completedAt: null, refusedAt: null } as const;

/** The device was told that a wipe is ordered, for the first time; or that it can not have it. */
export function announced(record: DeviceRecord, reason: ServerReason, now: number): DeviceRecord {
  if (!record.wipe) return record;
  const told = reason === 'RemoteWipeRequested' || reason === 'AccountOnlyRemoteWipeRequested';
  if (told && record.wipe.announcedAt === null) return withWipe(record, { announcedAt: now });
  return reason === 'WipeUndeliverable' && record.wipe.refusedAt === null
    ? withWipe(record, { refusedAt: now })
    : record;
}

/** How the directive went. */
export function wipeAnswered(
  record: DeviceRecord,
  response: ProvisionResponse,
  refused: ServerReason | null,
  now: number,
): DeviceRecord {
  if (refused === 'WipeUndeliverable') return announced(record, refused, now);
  if (response.kind === 'WipeResponse') return withWipe(record, { directedAt: now, refusedAt: null });
  if (response.kind !== 'WipeRecordedResponse') return record;
  return withWipe(record, response.status === 1 ? { completedAt: now } : { failedAt: now });
}

function withWipe(record: DeviceRecord, change: Partial<WipeOrder>): DeviceRecord {
  return record.wipe ? { ...record, wipe: { ...record.wipe, ...change } } : record;
}
