/** The server as its host's administration sees it: what is known of each device, and what may be ordered. */
import type { ProvisioningState, ReprovisionReason, WipeScope } from '../../machines/index.js';
import type { DeviceInformation } from '../protocol/device-information.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { DeviceIdentity, ServerEvent } from './ports.js';
import type { ServerReason } from './reasons.js';

/** The orders an administrator can give. Each rejects with an Error named after a `ServerReason` when nothing was stored. */
export interface DeviceAdministration {
  /** Every device that is stored, in no order. Rejects with a TypeError where the store has no `keys`. */
  list(): Promise<DeviceList>;
  /** What is stored of a device, or null for a stranger. Rejects with `StoreFailed` where it cannot be read. */
  read(device: DeviceIdentity): Promise<DeviceView | null>;
  /** Ends the agreement: the next command is refused with the reason (140 to 144), and Provision is asked for. */
  require(
    device: DeviceIdentity,
    reason: Exclude<ReprovisionReason, 'RemoteWipeRequested' | 'AccountOnlyRemoteWipeRequested'>,
  ): Promise<void>;
  /** Orders a wipe: announced to the next command, directed to the next Provision request, until it is done (I5). */
  wipe(device: DeviceIdentity, scope: WipeScope): Promise<void>;
  /** Takes an order back that is not carried out yet; the device has to provision again. False where none stood. */
  cancelWipe(device: DeviceIdentity): Promise<boolean>;
  /** Lets a device back in that completed a wipe; what it said of itself is kept. False where it was not shut out. */
  readmit(device: DeviceIdentity): Promise<boolean>;
  /** Forgets the device with all that stands ordered: it may come back as a stranger. False for a stranger. */
  remove(device: DeviceIdentity): Promise<boolean>;
}

/** Every device of a store. */
export interface DeviceList {
  readonly devices: readonly DeviceView[];
  /**
   * Those whose record is there and cannot be read: every request of theirs is answered with 503 until it is repaired,
   * or removed, whatever stood ordered.
   */
  readonly unreadable: readonly DeviceIdentity[];
}

/** A device as its administration sees it. */
export interface DeviceView extends DeviceIdentity {
  readonly state: ProvisioningState<'server'>;
  readonly information: DeviceInformation | null;
  /** When the permanent key was issued, in milliseconds since 1970; null without one. */
  readonly keyIssuedAt: number | null;
  /** The scope of a completed wipe: the device stays out until it is readmitted. */
  readonly wiped: WipeScope | null;
  readonly wipe: WipeView | null;
  /** What this process saw of the device; null where it has not come since the process began. */
  readonly seen: DeviceSighting | null;
}

/** How far an ordered wipe got; times in milliseconds since 1970. */
export interface WipeView {
  readonly scope: WipeScope;
  readonly orderedAt: number;
  /** First told to the device, which then has to ask what is wanted. */
  readonly announcedAt: number | null;
  /** Last directed. */
  readonly directedAt: number | null;
  /** Last reported as failed (Status 2); the order stands. */
  readonly failedAt: number | null;
  /** Reported as done (Status 1); from then on the device stays out until it is readmitted. */
  readonly completedAt: number | null;
  /** Since when the device asks in a version that does not carry the directive (below 16.1, for an account). */
  readonly refusedAt: number | null;
  /**
   * `Undeliverable` when the device did not ask in time or its version does not carry the directive: the order stands,
   * and the device stays out.
   */
  readonly progress: 'Ordered' | 'Announced' | 'Directed' | 'Failed' | 'Completed' | 'Undeliverable';
}

/** What one process remembers of a device beside its record. */
export interface DeviceSighting {
  /** Milliseconds since 1970; null where the device has not come, only orders for it. */
  readonly lastSeen: number | null;
  readonly deviceType: string | null;
  readonly protocolVersion: ProtocolVersion | null;
  /** The last changes, oldest first. */
  readonly history: readonly DeviceChange[];
}

/** One request that changed the agreement, or was refused. */
export interface DeviceChange {
  readonly at: number;
  readonly command: string | null;
  readonly from: ProvisioningState<'server'>['name'] | null;
  readonly to: ProvisioningState<'server'>['name'] | null;
  readonly events: readonly ServerEvent[];
  readonly reason: ServerReason | null;
  /** Null for an order of the administration. */
  readonly httpStatus: number | null;
  /** The end of the key in force afterwards, four digits at most, with `…` before them; null without one. */
  readonly policyKey: PolicyKey | null;
}
