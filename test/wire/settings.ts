/** What the settings of a chapter can say: one row per line. */
import { readPolicy } from '../../src/codec/index.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import { type AccessRefusal, type ServerOptions, serverReasons } from '../../src/server/index.js';
import { unwrap } from '../support/device.js';
import type { Host } from './host.js';
import { content, hosts } from './host.js';
import type { QueryForm } from './message.js';
import { parseNotation } from './notation.js';

/** What the settings of a chapter come to. */
export interface Setting {
  readonly options: Record<string, unknown>;
  /** By user; `''` is everyone who has none here. */
  readonly policies: Map<string, PolicyInForce>;
  readonly refusals: Map<string, AccessRefusal>;
  host: Host;
  forms: readonly QueryForm[];
}

/** A policy, none, or a source that fails. */
export type PolicyInForce = EASProvisionDoc | null | 'failing';

/** Throws for a line that no row knows. */
export function settingOf(lines: readonly string[]): Setting {
  const setting: Setting = {
    options: {},
    policies: new Map([['', policyOf('EASProvisionDoc(DevicePasswordEnabled=1, MinDevicePasswordLength=4)')]]),
    refusals: new Map(),
    host: content,
    forms: ['plain', 'base64'],
  };
  for (const line of lines) {
    const row = rows.find(([pattern]) => pattern.test(line));
    const [, first = '', second = ''] = row?.[0].exec(line) ?? [];
    if (!row) throw new Error(`no such setting: ${line}`);
    row[1](setting, first, second);
  }
  return setting;
}

/** `EASProvisionDoc(AllowCamera=0)`; elements that no version has are kept, as a source may have them. */
export function policyOf(noted: string): EASProvisionDoc {
  return unwrap(readPolicy(parseNotation(`provision:${noted}`)));
}

/** One that can not be written: a source that was tampered with. */
export const corruptPolicy: EASProvisionDoc = JSON.parse('{ "DevicePasswordEnabled": "perhaps" }');

/** `30m`, `24h`, `7d`, in milliseconds. */
export function duration(text: string): number {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? [];
  return Number(count) * (units[unit] ?? Number.NaN);
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

type Row = readonly [pattern: RegExp, does: (setting: Setting, first: string, second: string) => void];

const rows: readonly Row[] = [
  [
    /^query (plain|base64)$/,
    (setting, form) => {
      setting.forms = setting.forms.filter((known) => known === form);
    },
  ],
  [/^policy (EASProvisionDoc.*)$/, ({ policies }, noted) => void policies.set('', policyOf(noted))],
  [/^policy of (\w+) (EASProvisionDoc.*)$/, ({ policies }, user, noted) => void policies.set(user, policyOf(noted))],
  [/^no policy$/, ({ policies }) => void policies.set('', null)],
  [/^no policy for (\w+)$/, ({ policies }, user) => void policies.set(user, null)],
  [/^corrupt policy$/, ({ policies }) => void policies.set('', corruptPolicy)],
  [
    /^access of (\w+) (\w+)$/,
    ({ refusals }, user, reason) => {
      if (!isAccessRefusal(reason)) throw new Error(`no such refusal: ${reason}`);
      refusals.set(user, reason);
    },
  ],
  [
    /^host (.+)$/,
    (setting, name) => {
      const host = hosts[name];
      if (!host) throw new Error(`no such host: ${name}`);
      setting.host = host;
    },
  ],
  [
    /^option (\w+) (.+)$/,
    ({ options }, name, value) => {
      if (!optionNames.some((known) => known === name)) throw new Error(`no such option: ${name}`);
      options[name] = /^\d+[mhd]$/.test(value) ? duration(value) : JSON.parse(value);
    },
  ],
];

/** The options that are data. */
const optionNames = [
  'versions',
  'allowNonProvisionable',
  'acknowledgments',
  'requireDeviceInformation',
  'refreshInterval',
  'offerLifetime',
  'maxBody',
  'admitDeviceInformation',
  'exemptions',
  'explainRefusals',
  'spread',
  'whilePolicyFails',
  'wipeDelivery',
] as const satisfies readonly (keyof ServerOptions)[];

function isAccessRefusal(name: string): name is AccessRefusal {
  return Object.hasOwn(serverReasons, name);
}
