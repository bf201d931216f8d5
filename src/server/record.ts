/** What the store holds for one device: the agreement, the deadlines that fall due with time, and what is known of it. */
import { type EventOf, load, type ProvisioningState, save, start, type WipeScope } from '../../machines/index.js';
import { type DeviceInformation, deviceInformationElements } from '../protocol/device-information.js';
import { attempt } from './attempt.js';
import { remembering } from './memo.js';
import type { DeviceIdentity } from './ports.js';

export interface DeviceRecord {
  readonly state: ProvisioningState<'server'>;
  readonly deadlines: readonly Deadline[];
  /** The scope of a completed wipe: the device stays out until it is readmitted. */
  readonly wiped: WipeScope | null;
  /** The last order of a wipe, how far it got, or null. */
  readonly wipe: WipeOrder | null;
  readonly information: DeviceInformation | null;
  /** When the permanent key was issued, in milliseconds since 1970. */
  readonly keyIssuedAt: number | null;
}

/** An ordered wipe; times in milliseconds since 1970, null for what has not happened. */
export interface WipeOrder {
  readonly scope: WipeScope;
  readonly orderedAt: number;
  readonly announcedAt: number | null;
  readonly directedAt: number | null;
  readonly failedAt: number | null;
  readonly completedAt: number | null;
  /** Since when the device asks in a version that does not carry the directive. */
  readonly refusedAt: number | null;
}

/** A fact to deliver when the record is next read at or after a time: no process holds a timer. */
export interface Deadline {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: DeadlineEvent;
}
export type DeadlineEvent = EventOf<'OfferExpired' | 'ReprovisionRequired' | 'PolicyDetermined'>;

/** The store's key for a device. Letter case of a device id does not count, and no character breaks a database. */
export function recordKey({ user, deviceId }: DeviceIdentity): string {
  return `${encoded(user)}/${deviceId.toLowerCase()}`;
}

const encoded = remembering(encodeURIComponent);

/** The device that a key was made of, its id in lower case; null for a key that is none of ours. */
export function identityOf(key: string): DeviceIdentity | null {
  const slash = key.lastIndexOf('/');
  try {
    return slash < 1 ? null : { user: decodeURIComponent(key.slice(0, slash)), deviceId: key.slice(slash + 1) };
  } catch {
    return null;
  }
}

/** The record of a stranger. */
export const unknownDevice: DeviceRecord = {
  state: start('server'),
  deadlines: [],
  wiped: null,
  wipe: null,
  information: null,
  keyIssuedAt: null,
};

/** As text, leaving out what is not there: about 110 bytes for a provisioned device. */
export function formatRecord({ state, deadlines, wiped, wipe, information, keyIssuedAt }: DeviceRecord): string {
  const live = deadlines.filter(({ event }) => isLive(event, state));
  return JSON.stringify({
    machine: save(state),
    ...(live.length > 0 && { deadlines: live }),
    ...(wiped && { wiped }),
    ...(wipe && { wipe }),
    ...(information && { information }),
    ...(keyIssuedAt !== null && state.name === 'Provisioned' && { keyIssuedAt }),
  });
}

/** Whether the fact could still change anything when it falls due. */
function isLive(event: DeadlineEvent, { name, context }: DeviceRecord['state']): boolean {
  if (event.type !== 'PolicyDetermined') return event.policyKey === context.policyKey;
  return name === 'Provisioned' && event.revision !== context.revision;
}

/** The record in a stored text, or null for a text that is none: then nothing about the device may be assumed. */
export const parseRecord: (data: string) => DeviceRecord | null = remembering(parse);

function parse(data: string): DeviceRecord | null {
  const stored: unknown = attempt(() => JSON.parse(data));
  if (!isFields(stored)) return null;
  const { machine, deadlines = [], wiped = null, wipe = null, information = null, keyIssuedAt = null } = stored;
  const state = load(machine, 'server');
  if (!state.ok || !Array.isArray(deadlines) || !deadlines.every(isDeadline)) return null;
  if (wiped !== null && wiped !== 'device' && wiped !== 'account') return null;
  if (information !== null && !isInformation(information)) return null;
  if (wipe !== null && !isWipeOrder(wipe)) return null;
  if (keyIssuedAt !== null && !isTime(keyIssuedAt)) return null;
  return { state: state.value, deadlines, wiped, wipe, information, keyIssuedAt };
}

function isDeadline(value: unknown): value is Deadline {
  if (!isFields(value) || !Number.isFinite(value.at) || !isFields(value.event)) return false;
  const { type, policyKey, reason, revision } = value.event;
  if (type === 'PolicyDetermined') return typeof revision === 'string';
  if (typeof policyKey !== 'string') return false;
  return type === 'OfferExpired' || (type === 'ReprovisionRequired' && reason === 'PolicyRefresh');
}

function isWipeOrder(value: unknown): value is WipeOrder {
  if (!isFields(value) || (value.scope !== 'device' && value.scope !== 'account')) return false;
  const { orderedAt, announcedAt, directedAt, failedAt, completedAt, refusedAt } = value;
  const others = [announcedAt, directedAt, failedAt, completedAt, refusedAt];
  return isTime(orderedAt) && others.every((time) => time === null || isTime(time));
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

function isInformation(value: unknown): value is DeviceInformation {
  if (!isFields(value)) return false;
  return Object.entries(value).every(
    ([name, text]) => Object.hasOwn(deviceInformationElements, name) && typeof text === 'string',
  );
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
