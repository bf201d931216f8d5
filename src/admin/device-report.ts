/** A device as JSON: times in ISO 8601, keys by their last digits. */
import type {
  Failure,
  PolicyRevision,
  ProvisioningStateName,
  ReprovisionReason,
  WipeScope,
} from '../../machines/index.js';
import type { DeviceInformation } from '../protocol/device-information.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { DeviceChange, DeviceView, WipeView } from '../server/administration.js';
import { maskedKey } from '../server/sightings.js';

/** A device as `GET /devices` lists it. */
export interface DeviceSummary {
  readonly user: string;
  readonly deviceId: string;
  readonly state: ProvisioningStateName;
  /** Why it has to provision, where a reason was given. */
  readonly reason: ReprovisionReason | null;
  /** Why its last exchange came to nothing. */
  readonly failure: Failure | null;
  /** The end of the key in force, four digits at most, with `…` before them; null without one. */
  readonly policyKey: string | null;
  /** The revision of the policy that was agreed on. */
  readonly policyRevision: PolicyRevision | null;
  /** ISO 8601. */
  readonly keyIssuedAt: string | null;
  /** Seconds. */
  readonly keyAge: number | null;
  /** ISO 8601; null where it has not come since the server began. */
  readonly lastSeen: string | null;
  readonly deviceType: string | null;
  readonly protocolVersion: ProtocolVersion | null;
  readonly information: DeviceInformation | null;
  /** The scope of a completed wipe: the device stays out until it is readmitted. */
  readonly wiped: WipeScope | null;
  readonly wipe: WipeReport | null;
}

/** A device as `GET /devices/{user}/{deviceId}` shows it. */
export interface DeviceReport extends DeviceSummary {
  /** The last changes, oldest first. */
  readonly history: readonly ChangeReport[];
}

/** How far a wipe got, with its times in ISO 8601. */
export type WipeReport = Pick<WipeView, 'scope' | 'progress'> & {
  readonly [Time in Exclude<keyof WipeView, 'scope' | 'progress'>]: string | null;
};

/** One change of the agreement, or one refusal, with its time in ISO 8601. */
export type ChangeReport = Omit<DeviceChange, 'at'> & { readonly at: string | null };

/** @param now milliseconds since 1970. */
export function deviceSummary(view: DeviceView, now: number): DeviceSummary {
  const { user, deviceId, state, keyIssuedAt, information, wiped, wipe, seen } = view;
  const { reason, failure, policyKey, revision } = state.context;
  return {
    user,
    deviceId,
    state: state.name,
    reason,
    failure,
    policyKey: endOf(policyKey),
    policyRevision: revision,
    keyIssuedAt: timeText(keyIssuedAt),
    keyAge: keyIssuedAt === null ? null : Math.max(0, Math.floor((now - keyIssuedAt) / 1000)),
    lastSeen: timeText(seen?.lastSeen ?? null),
    deviceType: seen?.deviceType ?? null,
    protocolVersion: seen?.protocolVersion ?? null,
    information,
    wiped,
    wipe: wipe && wipeReport(wipe),
  };
}

/** @param now milliseconds since 1970. */
export function deviceReport(view: DeviceView, now: number): DeviceReport {
  return { ...deviceSummary(view, now), history: (view.seen?.history ?? []).map(changeReport) };
}

function wipeReport({
  scope,
  progress,
  orderedAt,
  announcedAt,
  directedAt,
  failedAt,
  completedAt,
  refusedAt,
}: WipeView): WipeReport {
  return {
    scope,
    progress,
    orderedAt: timeText(orderedAt),
    announcedAt: timeText(announcedAt),
    directedAt: timeText(directedAt),
    failedAt: timeText(failedAt),
    completedAt: timeText(completedAt),
    refusedAt: timeText(refusedAt),
  };
}

function changeReport({ at, command, from, to, events, reason, httpStatus, policyKey }: DeviceChange): ChangeReport {
  return { at: timeText(at), command, from, to, events, reason, httpStatus, policyKey: endOf(policyKey) };
}

/** Never the whole key; what is shortened already stays as it is. */
function endOf(policyKey: string | null): string | null {
  return policyKey?.startsWith('…') ? policyKey : maskedKey(policyKey);
}

/** ISO 8601, or null for no time and for one that no calendar has. */
function timeText(at: number | null): string | null {
  return at !== null && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null;
}
