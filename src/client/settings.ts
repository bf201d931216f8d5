import { defaultLimits, type Limits } from '../../machines/index.js';
import { basicCredentials, isDeviceId, isDeviceType, isHeaderValue } from '../http/index.js';
import type { DeviceCapabilities } from '../policy/evaluate.js';
import { isAtLeast, isProtocolVersion, type ProtocolVersion } from '../protocol/version.js';
import { isWbxmlText } from '../protocol/wbxml-text.js';
import type { Backoff } from './backoff.js';
import { applyingWith } from './capabilities.js';
import { isCredentials } from './credentials.js';
import { endpointOf } from './endpoint.js';
import type { DeviceOptions, ProvisioningClientOptions } from './options.js';
import { type Awaitable, memoryStore, platformClock, platformTransport } from './ports.js';

/** The options with the defaults in place. */
export interface Settings
  extends Required<Omit<ProvisioningClientOptions, OptionalSetting | 'password' | 'url' | 'capabilities'>> {
  readonly endpoint: string;
  readonly device: Required<DeviceOptions>;
  readonly limits: Limits;
  readonly backoff: Backoff;
  readonly authorization: (() => Awaitable<string>) | null;
  readonly protocolVersion: ProtocolVersion | null;
  /** Whether the option names a query form, or leaves it to what is stored. */
  readonly isFormNamed: boolean;
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
    isFormNamed: options.queryForm !== undefined,
    userAgent: options.userAgent ?? 'eas-provisioning',
    provisionFirst: options.provisionFirst ?? false,
    applyPolicy: options.applyPolicy ?? applyingWith(options.capabilities ?? noCapabilities),
    confirmWipe: options.confirmWipe ?? (() => false),
    wipe: options.wipe ?? (() => {}),
    followRedirect: options.followRedirect ?? (() => false),
    store: options.store ?? memoryStore(),
    transport: options.transport ?? platformTransport,
    clock: options.clock ?? platformClock,
    random: options.random ?? Math.random,
    limits: { ...defaultLimits.client, ...options.limits },
    timeout: options.timeout ?? 30_000,
    backoff: { base: 1000, cap: 60_000, ...options.backoff },
    responseLimit: options.responseLimit ?? 0x10_0000,
    observe: options.observe ?? (() => {}),
    inspect: options.inspect ?? (() => {}),
    warn: options.warn ?? (() => {}),
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
  return rules.find(([holds]) => !holds(settings))?.[1] ?? pairs.find(([isAmiss]) => isAmiss(options))?.[1] ?? null;
}

/** What options can not be together, or not without each other. */
const pairs: readonly (readonly [isAmiss: (options: ProvisioningClientOptions) => boolean, fault: string])[] = [
  [
    ({ applyPolicy, capabilities }) => !applyPolicy && !capabilities,
    'applyPolicy: expected a function, or capabilities in its place',
  ],
  [
    ({ applyPolicy, capabilities }) => Boolean(applyPolicy && capabilities),
    'capabilities: expected instead of applyPolicy, not beside it',
  ],
  [
    ({ capabilities }) => !(capabilities === undefined || isCapable(capabilities)),
    'capabilities: expected what a device enforces',
  ],
  [({ confirmWipe, wipe }) => Boolean(confirmWipe && !wipe), 'wipe: expected a function where confirmWipe is one'],
];

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
    'device.information: expected texts of at most 1024 characters, none of them NUL',
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
  [
    ({ random, observe, inspect, warn }) => [random, observe, inspect, warn].every(isFunction),
    'random, observe, inspect, warn: expected functions',
  ],
  [({ followRedirect }) => isFunction(followRedirect), 'followRedirect: expected a function'],
  [({ provisionFirst }) => typeof provisionFirst === 'boolean', 'provisionFirst: expected true or false'],
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

function isCapable({ enforces }: DeviceCapabilities): boolean {
  return enforces === 'all' || Array.isArray(enforces);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

const noCapabilities: DeviceCapabilities = { enforces: [] };

/** Of a length by MS-ASCMD 2.2.3.167, and such that it can be sent. */
function isInformation(value: unknown): boolean {
  return isWbxmlText(value) && value.length <= 1024;
}
