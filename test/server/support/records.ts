/** Every record that the shipped decisions can leave in a store, over a small alphabet of requests, orders and times. */
import fc from 'fast-check';
import type { ProvisioningEvent } from '../../../machines/index.js';
import type { CommandName } from '../../../src/protocol/command.js';
import { type Circumstances, decideCommand, decideFact, decideProvision } from '../../../src/server/decide.js';
import type { DeterminedPolicy } from '../../../src/server/determine.js';
import type { AcknowledgmentRules } from '../../../src/server/judge.js';
import type { ReadProvision } from '../../../src/server/read-provision.js';
import { type DeviceRecord, formatRecord, parseRecord, unknownDevice } from '../../../src/server/record.js';
import { ordered } from '../../../src/server/record-changes.js';
import { type ServerSettings, settingsOf } from '../../../src/server/settings.js';

export const keys = ['11', '22', '33'] as const;
/** Before and after a deadline that was set at the first of them falls due. */
export const times = [0, 20] as const;
const LIFETIME = 10;

/** Settings whose keys come round, so that there are few of them, and start at the same one each time. */
export function settings(options: Partial<ServerSettings> = {}): ServerSettings {
  let minted = 0;
  usual ??= settingsOf({ authenticate: () => null, policyFor: () => null, commands: () => ({}) });
  return {
    ...usual,
    mintKey: () => keys[minted++ % keys.length]!,
    offerLifetime: LIFETIME,
    refreshInterval: LIFETIME,
    ...options,
  };
}

export function circumstances(
  revision: string | null,
  now: number,
  { version = '16.1', ...options }: Partial<ServerSettings> & Partial<Pick<Circumstances, 'version'>> = {},
): Circumstances {
  const policy: DeterminedPolicy = revision === null ? { kind: 'None' } : { kind: 'Set', document: {}, revision };
  return { now, policy, version, access: null, settings: settings(options) };
}

/** A command that is like any other. */
export function gate(
  record: DeviceRecord,
  command: CommandName,
  presented: string | null,
  at: Circumstances,
): ReturnType<typeof decideCommand> {
  return decideCommand(record, { command, presented, isExempt: false, deviceInformation: null }, at);
}

export const requests: readonly ReadProvision[] = [
  asked({ type: 'PolicyRequested' }),
  { ...asked({ type: 'PolicyRequested' }), asksForDirective: true },
  ...['0', ...keys].flatMap((policyKey) =>
    ([1, 2, 3, 4] as const).map((status) => asked({ type: 'PolicyAcknowledged', policyKey, status })),
  ),
  ...(['device', 'account'] as const).flatMap((scope) =>
    ([1, 2] as const).map((status) => asked({ type: 'WipeAcknowledged', scope, status })),
  ),
];

const lax: AcknowledgmentRules = { partial: 'accept', notApplied: 'refuse', externallyManaged: 'refuse' };

export function reachableRecords(): readonly DeviceRecord[] {
  known ??= reached();
  return known;
}

/** One of them. They are looked for when the first is asked for, within a test, so that loading one takes no time. */
export function anyRecord(isMeant: (record: DeviceRecord) => boolean = () => true): fc.Arbitrary<DeviceRecord> {
  let meant: readonly DeviceRecord[] | null = null;
  return fc.nat().map((at) => {
    meant ??= reachableRecords().filter(isMeant);
    const record = meant[at % meant.length];
    if (!record) throw new Error('no such record is reached');
    return record;
  });
}

let known: readonly DeviceRecord[] | null = null;
let usual: ServerSettings | null = null;

function reached(): readonly DeviceRecord[] {
  const found = [unknownDevice];
  const seen = new Set(found.map(formatRecord));
  for (const record of found) {
    for (const next of successors(record)) {
      if (next === record) continue;
      const text = formatRecord(next);
      if (seen.has(text)) continue;
      seen.add(text);
      const stored = parseRecord(text);
      if (!stored) throw new Error(`not read again: ${text}`);
      if (next.state.context.cycles > 1) continue;
      found.push(stored);
    }
  }
  return found;
}

function* successors(record: DeviceRecord): Generator<DeviceRecord> {
  const { policyKey } = record.state.context;
  const orders: readonly ProvisioningEvent[] = [
    { type: 'Reset' },
    { type: 'WipeCancelled' },
    ...(['PolicyRefresh', 'RemoteWipeRequested', 'AccountOnlyRemoteWipeRequested'] as const).map(
      (reason) => ({ type: 'ReprovisionRequired', policyKey, reason }) as const,
    ),
  ];
  for (const order of orders) yield ordered(decideFact(record, order).record, 0);
  for (const revision of [null, 'r1', 'r2']) {
    for (const now of times) {
      yield gate(record, 'FolderSync', policyKey, circumstances(revision, now)).record;
      for (const request of requests) {
        yield decideProvision(record, request, circumstances(revision, now, { acknowledgments: lax })).record;
      }
    }
  }
}

function asked(fact: ReadProvision['fact']): ReadProvision {
  return { fact, asksForDirective: false, deviceInformation: null };
}
