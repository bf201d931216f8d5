import { defaultLimits, type Limits } from '../../machines/index.js';
import { basicCredentials, isDeviceId, isDeviceType, isHeaderValue } from '../http/index.js';
import type { DeviceInformation } from '../protocol/device-information.js';
import { isAtLeast, isProtocolVersion, type ProtocolVersion } from '../protocol/version.js';
import type { Backoff } from './backoff.js';
import { isCredentials } from './credentials.js';
import { endpointOf } from './endpoint.js';
import type { Observation } from './observation.js';
import {
  type Awaitable,
  type Clock,
  type DevicePorts,
  memoryStore,
  platformClock,
  platformTransport,
  type StateStore,
  type Transport,
} from './ports.js';

/** What a client is made of; only `url`, `user`, `device` and `applyPolicy` are required. */
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
  /** `plain` unless told otherwise; `base64` from 12.1 on. A device stays with one form for life. */
  readonly queryForm?: 'plain' | 'base64';
  /** User-Agent; it should not change from request to request (MS-ASHTTP 3.2.5.1.1). */
  readonly userAgent?: string;
  /** See {@link DevicePorts}. There is no default: only the host can put a policy in force. */
  readonly applyPolicy: DevicePorts['applyPolicy'];
  /** Default: no wipe may happen, which the server is told. */
  readonly confirmWipe?: DevicePorts['confirmWipe'];
  /** Called for confirmed wipes only; required with `confirmWipe`. */
  readonly wipe?: DevicePorts['wipe'];
  /**
   * Where the state is kept. A text that holds none is a first contact, after which the server says again what it wants.
   * Default: in memory, so that every process starts at first contact.
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

export interface Settings extends Required<Omit<ProvisioningClientOptions, OptionalSetting | 'password' | 'url'>> {
  readonly endpoint: string;
  readonly device: Required<DeviceOptions>;
  readonly limits: Limits;
  readonly backoff: Backoff;
  readonly authorization: (() => Awaitable<string>) | null;
  readonly protocolVersion: ProtocolVersion | null;
}

type OptionalSetting = 'authorization' | 'protocolVersion' | 'limits' | 'backoff' | 'device';

/** The options with the defaults in place; a TypeError names the one that cannot be, and never shows a secret. */
export function settingsOf(options: ProvisioningClientOptions): Settings {
  const { device, protocolVersion = null, fallbackVersion = '14.1', queryForm = 'plain' } = options;
  const settings: Settings = {
    endpoint: endpointOf(options.url) ?? '',
    user: options.user,
    authorization: authorizationOf(options),
    device: { ...device, information: { Model: device.type, ...device.information } },
    protocolVersion,
    fallbackVersion,
    queryForm,
    userAgent: options.userAgent ?? 'eas-provisioning',
    applyPolicy: options.applyPolicy,
    confirmWipe: options.confirmWipe ?? (() => false),
    wipe: options.wipe ?? (() => {}),
    store: options.store ?? memoryStore(),
    transport: options.transport ?? platformTransport,
    clock: options.clock ?? platformClock,
    random: options.random ?? Math.random,
    limits: { ...defaultLimits.client, ...options.limits },
    timeout: options.timeout ?? 30_000,
    backoff: { base: 1000, cap: 60_000, ...options.backoff },
    responseLimit: options.responseLimit ?? 0x10_0000,
    observe: options.observe ?? (() => {}),
  };
  const fault = faultOf(settings, options);
  if (fault) throw new TypeError(fault);
  return settings;
}

function authorizationOf({ user, password, authorization }: ProvisioningClientOptions): Settings['authorization'] {
  if (password === undefined) {
    if (typeof authorization !== 'string') return authorization ?? null;
    if (!isCredentials(authorization)) throw new TypeError('authorization: expected a header value');
    return () => authorization;
  }
  if (authorization !== undefined) throw new TypeError('password: expected instead of authorization, not beside it');
  const basic = basicCredentials.encode({ user, password });
  if (!basic.ok) throw new TypeError('password: no Basic credentials can be made of user and password');
  return () => basic.value;
}

function faultOf(settings: Settings, options: ProvisioningClientOptions): string | null {
  return (
    rules.find(([holds]) => !holds(settings))?.[1] ??
    (options.confirmWipe && !options.wipe ? 'wipe: expected a function where confirmWipe is one' : null)
  );
}

const rules: readonly (readonly [holds: (settings: Settings) => boolean, fault: string])[] = [
  [({ endpoint }) => endpoint !== '', 'url: expected an absolute http or https URL without user, query and fragment'],
  [({ user }) => typeof user === 'string' && user !== '', 'user: expected text'],
  [
    ({ authorization }) => authorization === null || isFunction(authorization),
    'authorization: expected text or a function',
  ],
  [({ device }) => isDeviceId(device.id), 'device.id: expected 1 to 32 letters or digits'],
  [({ device }) => isDeviceType(device.type), 'device.type: expected 1 to 32 visible ASCII characters'],
  [
    ({ device }) => Object.values(device.information).every(isInformation),
    'device.information: expected texts of at most 1024 characters',
  ],
  [
    ({ protocolVersion }) => protocolVersion === null || isProtocolVersion(protocolVersion),
    'protocolVersion: no such version',
  ],
  [({ fallbackVersion }) => isProtocolVersion(fallbackVersion), 'fallbackVersion: no such version'],
  [({ queryForm }) => queryForm === 'plain' || queryForm === 'base64', 'queryForm: expected plain or base64'],
  [
    ({ queryForm, protocolVersion, fallbackVersion }) =>
      queryForm === 'plain' || isAtLeast(protocolVersion ?? fallbackVersion, '12.1'),
    'queryForm: base64 needs version 12.1 or later',
  ],
  [({ userAgent }) => isHeaderValue(userAgent), 'userAgent: expected a header value'],
  [({ applyPolicy }) => isFunction(applyPolicy), 'applyPolicy: expected a function'],
  [({ confirmWipe, wipe }) => isFunction(confirmWipe) && isFunction(wipe), 'confirmWipe, wipe: expected functions'],
  [({ store }) => isFunction(store.load) && isFunction(store.save), 'store: expected load and save'],
  [({ transport }) => isFunction(transport), 'transport: expected a function'],
  [({ clock }) => isFunction(clock.now) && isFunction(clock.sleep), 'clock: expected now and sleep'],
  [({ random, observe }) => isFunction(random) && isFunction(observe), 'random, observe: expected functions'],
  [
    ({ limits }) => isCount(limits.attempts) && isCount(limits.cycles) && limits.cycles > 0,
    'limits: expected natural numbers, cycles at least 1',
  ],
  [({ timeout }) => Number.isFinite(timeout) && timeout > 0, 'timeout: expected milliseconds above 0'],
  [
    ({ backoff }) => backoff.base >= 0 && backoff.cap >= backoff.base && Number.isFinite(backoff.cap),
    'backoff: expected base from 0 and cap not below it',
  ],
  [({ responseLimit }) => isCount(responseLimit) && responseLimit > 0, 'responseLimit: expected bytes above 0'],
];

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** MS-ASCMD 2.2.3.167. */
function isInformation(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 1024;
}
