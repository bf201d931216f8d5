/** What a host supplies to the server, and what the server tells it. */
import type { ProvisioningState, Transition } from '../../machines/index.js';
import type { BasicCredentials, HttpHeaders, Query } from '../http/index.js';
import type { CommandName } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { Exemption } from './exemptions.js';
import type { AcknowledgmentRules } from './judge.js';
import type { AccessRefusal, ServerReason } from './reasons.js';
import type { Store } from './store.js';

/** A value now or later. */
export type Awaitable<T> = T | Promise<T>;

/** Whose agreement it is: a key belongs to a user's device, not to a device alone (MS-ASPROV 3.2.5.1.2.1). */
export interface DeviceIdentity {
  /** As `authenticate` named it; the `User` of the query is not believed. */
  readonly user: string;
  /** 1 to 32 letters and digits; letter case does not tell devices apart. */
  readonly deviceId: string;
}

/** What a server is made of; only `authenticate`, `policyFor` and `commands` are required. */
export interface ServerOptions {
  /** Who it is, or null to refuse with 401. Called before anything else is looked at (I10). */
  authenticate(credentials: PresentedCredentials): Awaitable<string | null>;
  /**
   * The policy set for a device, or null for none: then nothing is ever demanded of it (I8). Return the same object
   * while the policy is the same, and its revision is computed once. A rejection is answered with 503 (I15).
   */
  policyFor(device: DeviceIdentity): Awaitable<EASProvisionDoc | null>;
  /**
   * Whether this user may synchronise with this device at all: null, or the refusal (MS-ASCMD 2.2.2, 126 to 131). Only
   * a wipe comes before it. Everyone may when absent; a rejection is answered with 503.
   */
  accessFor?(device: DeviceIdentity): Awaitable<AccessRefusal | null>;
  /** Carries out a command that passed: the WBXML document to answer with, or a whole HTTP answer. */
  commands(command: AdmittedCommand): Awaitable<Element | CommandAnswer>;
  /** Where agreements live; in memory when absent. */
  readonly store?: Store;
  /** A fresh key, decimal, 1 to 4294967295, from a cryptographic generator (I14). */
  mintKey?(): PolicyKey;
  /** Milliseconds since 1970. */
  clock?(): number;
  /** What OPTIONS lists and requests may use; all seven when absent. */
  readonly versions?: readonly ProtocolVersion[];
  /** Whether a device that sends no policy key at all may pass unprovisioned; false when absent (section 8 *strict*). */
  readonly allowNonProvisionable?: boolean;
  /** What to do with an acknowledgment other than 1; all are refused when absent (I3). */
  readonly acknowledgments?: Partial<AcknowledgmentRules>;
  /** Whether Provision from 14.1 on needs DeviceInformation, with Status 165 otherwise; true when absent (R368). */
  readonly requireDeviceInformation?: boolean;
  /** Milliseconds after which a device has to provision again (Status 143); never when absent. */
  readonly refreshInterval?: number;
  /** Milliseconds an offer may stand unacknowledged; one hour when absent. */
  readonly offerLifetime?: number;
  /**
   * Milliseconds over which devices are asked back after a policy change, each at a time of its own, so that they do
   * not all come at once; 0, at once, when absent. A device that asks by itself gets the new policy in any case.
   */
  readonly spread?: number;
  /** From 0 up to 1, to spread with; `Math.random` when absent. */
  random?(): number;
  /**
   * What becomes of commands while `policyFor` fails (I15): `refuse`, when absent, answers 503 to all; `keep` holds to
   * what was agreed last. Provision is answered 503 either way, and nothing is changed.
   */
  readonly whilePolicyFails?: 'refuse' | 'keep';
  /** Requests that no policy is asked of, by listed rules (I13); none when absent. A wipe comes before them. */
  readonly exemptions?: readonly Exemption[];
  /** Whether a Settings command that holds only DeviceInformation may pass unprovisioned; false when absent (I12). */
  readonly admitDeviceInformation?: boolean;
  /** Milliseconds after which an ordered wipe that the device has not asked for counts as undeliverable; 30 days when absent. */
  readonly wipeDelivery?: number;
  /** Whether a refusal carries its reason in `X-EAS-Provisioning-Reason`; false when absent. */
  readonly explainRefusals?: boolean;
  /** How many devices to remember sightings of, for the administration: last seen, last changes; 0 when absent. */
  readonly sightings?: number;
  /** The longest body, in bytes; 1 MiB when absent. */
  readonly maxBody?: number;
  /** Told of every exchange after it is stored and before it is answered; what it throws is ignored. */
  observe?(exchange: ServerExchange): void;
  /**
   * Told of every fact that the machine took for a device, in order, also of one that changes nothing: after it is
   * stored and before the request is answered. A decision that was not stored, because another came first or because
   * nobody could say what the policy is, tells nothing. It holds policy keys and policy contents: redact before it leaves
   * the host, as `eas-provisioning/inspect` does. What it throws is ignored.
   */
  inspect?(device: DeviceIdentity, transition: Transition<'server'>): void;
}

/** Who a request says it comes from, not yet believed. */
export interface PresentedCredentials {
  /** The Authorization header as sent, or null without one. */
  readonly authorization: string | null;
  /** What it says, if it is Basic. */
  readonly basic: BasicCredentials | null;
}

/** A command that may be carried out. */
export interface AdmittedCommand extends DeviceIdentity {
  readonly command: CommandName;
  readonly protocolVersion: ProtocolVersion;
  readonly query: Query;
  readonly headers: HttpHeaders;
  /** The WBXML body decoded; null without a body, or for a MIME body up to 12.1. */
  readonly document: Element | null;
  readonly body: Uint8Array;
}

/** An answer that is more than a document. */
export interface CommandAnswer {
  /** 200 when absent. */
  readonly status?: number;
  readonly headers?: HttpHeaders;
  readonly body?: Uint8Array | Element;
}

/** What one request came to: for logs, metrics and teaching. It holds policy keys: redact before it leaves the host. */
export interface ServerExchange {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly user: string | null;
  readonly deviceId: string | null;
  readonly deviceType: string | null;
  readonly command: CommandName | null;
  readonly protocolVersion: ProtocolVersion | null;
  /** The key presented, normalized; null where the request carries none. */
  readonly policyKey: PolicyKey | null;
  readonly httpStatus: number;
  /** Why it was refused, or null. */
  readonly reason: ServerReason | null;
  /** What happened besides: offered, provisioned, directed, wiped. */
  readonly events: readonly ServerEvent[];
  /** The exemption by which it passed, by name, or null. */
  readonly exemption: string | null;
  /** The agreement before, where one was looked at. */
  readonly previous: ProvisioningState<'server'> | null;
  /** The agreement afterwards, where one was looked at. */
  readonly state: ProvisioningState<'server'> | null;
}

/** What can happen in an exchange besides its answer. */
export type ServerEvent =
  | 'PolicyOffered'
  | 'NoPolicy'
  | 'Provisioned'
  | 'KeyRepeated'
  | 'WipeDirected'
  | 'WipeSucceeded'
  | 'WipeFailed'
  | 'OfferExpired'
  | 'RefreshDue'
  | 'PolicyChanged'
  | 'PolicyChangeScheduled'
  | 'WipeAnnounced'
  | 'DeviceInformationRecorded'
  /** Orders of the administration. */
  | 'ReprovisionOrdered'
  | 'WipeOrdered'
  | 'WipeCancelled'
  | 'Readmitted';
