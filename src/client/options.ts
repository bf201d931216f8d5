import type { Limits, Transition } from '../../machines/index.js';
import type { DeviceCapabilities } from '../policy/evaluate.js';
import type { DeviceInformation } from '../protocol/device-information.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { Backoff } from './backoff.js';
import type { QueryForm } from './draft.js';
import type { Observation } from './observation.js';
import type { Awaitable, Clock, DevicePorts, StateStore, Transport } from './ports.js';
import type { ClientWarning } from './warning.js';

/** What a client is made of; only `url`, `user`, `device` and one of `applyPolicy` and `capabilities` are required. */
export interface ProvisioningClientOptions {
  /** The endpoint, an absolute http or https URL; an origin alone gets `/Microsoft-Server-ActiveSync`. */
  readonly url: string;
  /** Named in every query, for the server's log (MS-ASHTTP 2.2.1.1.1.2.2). */
  readonly user: string;
  /** The value of Authorization, or what gives it for each request. Leave it out with client certificates. */
  readonly authorization?: string | (() => Awaitable<string>);
  /** Instead of `authorization`: Basic credentials, together with `user`. */
  readonly password?: string;
  readonly device: DeviceOptions;
  /** Asked of the server by OPTIONS when absent: the greatest version that both know. */
  readonly protocolVersion?: ProtocolVersion;
  /** For a server that refuses OPTIONS or names no version of ours. Default `14.1`. */
  readonly fallbackVersion?: ProtocolVersion;
  /**
   * `plain` unless told otherwise; `base64` from 12.1 on. A device stays with one form for life, because servers may take
   * the two for two devices: a stored state keeps to the form it was made with, and the option then counts for nothing.
   */
  readonly queryForm?: QueryForm;
  /**
   * Whether a device that never agreed to anything provisions before its first command, instead of waiting for a demand
   * (MS-ASCMD 3.1.5.1): some servers never demand it, and deliver nothing until then. Default `false`.
   */
  readonly provisionFirst?: boolean;
  /** User-Agent; it should not change from request to request (MS-ASHTTP 3.2.5.1.1). */
  readonly userAgent?: string;
  /** See {@link DevicePorts}. Only the host can put a policy in force. */
  readonly applyPolicy?: DevicePorts['applyPolicy'];
  /**
   * Instead of `applyPolicy`: what the device can enforce. A policy is then judged by it and acknowledged as the verdict
   * says, and is put in force by the host afterwards, from the outcome.
   */
  readonly capabilities?: DeviceCapabilities;
  /** Default: no wipe may happen, which the server is told. */
  readonly confirmWipe?: DevicePorts['confirmWipe'];
  /** Called for confirmed wipes only; required with `confirmWipe`. */
  readonly wipe?: DevicePorts['wipe'];
  /**
   * Whether to go, with the credentials, where a 451 points beyond the site of the endpoint: an https URL, or http on the
   * loopback. Within the site a 451 is followed without asking: the same host, one below it, or one under the same
   * domain, as far as that can be told without a list of public suffixes. Default: nowhere else. Only `true` agrees.
   */
  readonly followRedirect?: (url: string) => Awaitable<boolean>;
  /**
   * Where the state is kept, with the policy agreed on, the query form, and the place that a 451 named. A text that holds
   * none is a first contact, after which the server says again what it wants; that of another user or device is refused
   * (`ForeignState`). Default: in memory, so that every process starts at first contact.
   */
  readonly store?: StateStore;
  /** Default: the platform's `fetch`. */
  readonly transport?: Transport;
  /** Default: that of the platform. */
  readonly clock?: Clock;
  /** Numbers from 0 to 1 that spread the waits between tries. Default `Math.random`. */
  readonly random?: () => number;
  /** Default 3 tries after the first, 3 exchanges without an admitted command. */
  readonly limits?: Partial<Limits>;
  /** Milliseconds for one request, redirections and body included. Default 30,000. */
  readonly timeout?: number;
  /** The waits between tries, in milliseconds; Retry-After counts where it is longer. Default 1,000 and 60,000. */
  readonly backoff?: Partial<Backoff>;
  /** The longest body that is read, in bytes. Default 1 MiB. */
  readonly responseLimit?: number;
  /** Is told of every HTTP exchange. What it throws is ignored. */
  readonly observe?: (observation: Observation) => void;
  /**
   * Is told of every fact that the machine took, in order, also of one that changes nothing: after a changed state is
   * stored, where it is stored at once, and before the effects are performed. What a crash rolled back stays told; the
   * next fact then starts from what the store holds. It holds policy keys and policy contents: redact before it leaves the
   * host, as `eas-provisioning/inspect` does. What it throws is ignored.
   */
  readonly inspect?: (transition: Transition<'client'>) => void;
  /** Is told what the host should know although nothing failed. What it throws is ignored. */
  readonly warn?: (warning: ClientWarning) => void;
}

/** Who the device is. */
export interface DeviceOptions {
  /** 1 to 32 letters or digits, the same for life (MS-ASHTTP 2.2.1.1.1.2.3). */
  readonly id: string;
  /** 1 to 32 visible ASCII characters, the same for life (MS-ASHTTP 2.2.1.1.1.2.4). */
  readonly type: string;
  /** What the device says of itself in the initial request, from 14.1 on. `Model` is `type` unless told otherwise. */
  readonly information?: DeviceInformation;
}
