/** What the store holds for one device: the agreement, the deadlines that fall due with time, and what is known of it. */
import { type EventOf, load, type ProvisioningState, save, start, type WipeScope } from '../../machines/index.js';
import { type DeviceInformation, deviceInformationElements } from '../protocol/device-information.js';
import { remembering } from './memo.js';
import type { DeviceIdentity } from './ports.js';

export interface DeviceRecord {
  readonly state: ProvisioningState<'server'>;
  readonly deadlines: readonly Deadline[];
  /** The scope of a completed wipe: the device stays out until it is readmitted. */
  readonly wiped: WipeScope | null;
  readonly information: DeviceInformation | null;
}

/** A fact to deliver when the record is next read at or after a time: no process holds a timer. */
export interface Deadline {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: DeadlineEvent;
}
export type DeadlineEvent = EventOf<'OfferExpired' | 'ReprovisionRequired'>;

/** The store's key for a device. Letter case of a device id does not count, and no character breaks a database. */
export function recordKey({ user, deviceId }: DeviceIdentity): string {
  return `${encoded(user)}/${deviceId.toLowerCase()}`;
}

const encoded = remembering(encodeURIComponent);

/** The record of a stranger. */
export const unknownDevice: DeviceRecord = { state: start('server'), deadlines: [], wiped: null, information: null };

/** As text, leaving out what is not there: about 110 bytes for a provisioned device. */
export function formatRecord({ state, deadlines, wiped, information }: DeviceRecord): string {
  const live = deadlines.filter(({ event }) => event.policyKey === state.context.policyKey);
  return JSON.stringify({
    machine: save(state),
    ...(live.length > 0 && { deadlines: live }),
    ...(wiped && { wiped }),
    ...(information && { information }),
  });
}

/** The record in a stored text, or null for a text that is none: then nothing about the device may be assumed. */
export const parseRecord: (data: string) => DeviceRecord | null = remembering(parse);

function parse(data: string): DeviceRecord | null {
  const stored = parseJson(data);
  if (!isFields(stored)) return null;
  const { machine, deadlines = [], wiped = null, information = null } = stored;
  const state = load(machine, 'server');
  if (!state.ok || !Array.isArray(deadlines) || !deadlines.every(isDeadline)) return null;
  if (wiped !== null && wiped !== 'device' && wiped !== 'account') return null;
  if (information !== null && !isInformation(information)) return null;
  return { state: state.value, deadlines, wiped, information };
}

function isDeadline(value: unknown): value is Deadline {
  if (!isFields(value) || !Number.isFinite(value.at) || !isFields(value.event)) return false;
  const { type, policyKey, reason } = value.event;
  if (typeof policyKey !== 'string') return false;
  return type === 'OfferExpired' || (type === 'ReprovisionRequired' && reason === 'PolicyRefresh');
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
