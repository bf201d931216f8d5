import { isIssuablePolicyKey, type PolicyKey } from '../protocol/policy-key.js';
import { isProtocolVersion, versions } from '../protocol/version.js';
import { isExemption } from './exemptions.js';
import { strictRules } from './judge.js';
import type { ServerOptions } from './ports.js';
import { createSightings, type Sightings } from './sightings.js';
import { createMemoryStore } from './store.js';

export type ServerSettings = Required<
  Omit<ServerOptions, 'acknowledgments' | 'refreshInterval' | 'observe' | 'inspect' | 'accessFor' | 'sightings'>
> &
  Pick<ServerOptions, 'observe' | 'inspect' | 'accessFor'> & {
    /** Null where nothing is to be remembered. */
    readonly seen: Sightings | null;
    readonly acknowledgments: typeof strictRules;
    readonly refreshInterval: number | null;
  };

/** @throws TypeError for an option that can not be meant, at construction and never later. */
export function settingsOf(options: ServerOptions): ServerSettings {
  for (const name of ['authenticate', 'policyFor', 'commands'] as const) {
    if (typeof options[name] !== 'function') throw new TypeError(`${name}: expected a function`);
  }
  for (const name of ['refreshInterval', 'offerLifetime', 'maxBody', 'wipeDelivery'] as const) {
    const value = options[name];
    if (value !== undefined && !(Number.isFinite(value) && value > 0)) {
      throw new TypeError(`${name}: expected a finite number above 0`);
    }
  }
  for (const name of ['spread', 'sightings'] as const) {
    const value = options[name];
    if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
      throw new TypeError(`${name}: expected a finite number from 0`);
    }
  }
  if (!(options.exemptions ?? []).every(isExemption)) {
    throw new TypeError('exemptions: expected a name and at least one condition each');
  }
  const served = options.versions ?? versions;
  if (served.length === 0 || !served.every((version) => typeof version === 'string' && isProtocolVersion(version))) {
    throw new TypeError(`versions: expected some of ${versions.join(', ')}`);
  }
  const { authenticate, policyFor, commands, observe, inspect, accessFor } = options;
  return {
    authenticate,
    policyFor,
    commands,
    ...(observe && { observe }),
    ...(inspect && { inspect }),
    ...(accessFor && { accessFor }),
    seen: options.sightings ? createSightings(options.sightings) : null,
    store: options.store ?? createMemoryStore(),
    mintKey: options.mintKey ?? mintPolicyKey,
    clock: options.clock ?? Date.now,
    allowNonProvisionable: options.allowNonProvisionable ?? false,
    requireDeviceInformation: options.requireDeviceInformation ?? true,
    offerLifetime: options.offerLifetime ?? 60 * 60 * 1000,
    maxBody: options.maxBody ?? 1024 * 1024,
    versions: versions.filter((version) => served.includes(version)),
    acknowledgments: { ...strictRules, ...options.acknowledgments },
    refreshInterval: options.refreshInterval ?? null,
    spread: options.spread ?? 0,
    random: options.random ?? Math.random,
    whilePolicyFails: options.whilePolicyFails ?? 'refuse',
    exemptions: options.exemptions ?? [],
    admitDeviceInformation: options.admitDeviceInformation ?? false,
    wipeDelivery: options.wipeDelivery ?? 30 * 24 * 60 * 60 * 1000,
    explainRefusals: options.explainRefusals ?? false,
  };
}

/** A policy key from the platform's cryptographic generator: uniform in 1 to 2^32 - 1 (I14). */
export function mintPolicyKey(): PolicyKey {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return number === 0 ? mintPolicyKey() : String(number);
}

/**
 * A key that the device never met in this agreement.
 *
 * @throws TypeError when the generator gives something that is no key, or will not give a new one.
 */
export function mintFresh(mintKey: () => PolicyKey, known: readonly (PolicyKey | null)[]): PolicyKey {
  for (let tries = 0; tries < 16; tries++) {
    const key = mintKey();
    if (!isIssuablePolicyKey(key)) throw new TypeError('mintKey: expected the decimal text of 1 to 4294967295');
    if (!known.includes(key)) return key;
  }
  throw new TypeError('mintKey: expected a new key each time');
}
