/** The server as tables: its decisions, remembered by the numbers of record, request and policy. */
import type { ProvisioningEvent, WipeScope } from '../../machines/index.js';
import { NO_POLICY_KEY, normalizePolicyKey } from '../protocol/policy-key.js';
import type { Circumstances } from '../server/decide.js';
import type { DeterminedPolicy } from '../server/determine.js';
import { type DeviceRecord, unknownDevice } from '../server/record.js';
import { type ServerSettings, settingsOf } from '../server/settings.js';
import type { Bounds } from './bounds.js';
import { brokenBits, revisionOf } from './invariants.js';
import { remembered } from './memo.js';
import { type AnswerMessage, documents, type RequestMessage, type Wire } from './messages.js';
import type { Parts } from './parts.js';
import { toStrangers } from './strangers.js';
import { createValues, FRESH_KEY, type Values } from './values.js';

/** A request decided: what is stored, what is answered, and which promises that breaks. */
export interface Decided {
  readonly record: number;
  /** To nobody: the waiter is filled in by who knows it. */
  readonly answer: number;
  readonly broken: number;
}

/** What the surroundings may do to a record. */
export const orders = {
  'wipe the device': 'device',
  'wipe the account': 'account',
  'cancel the wipe': null,
  'readmit the device': null,
  'forget the device': null,
} as const satisfies Record<string, WipeScope | null>;
export type Order = keyof typeof orders;
export const orderNames = Object.keys(orders) as readonly Order[];

export interface ServerSide {
  readonly records: Values<DeviceRecord>;
  readonly unknown: number;
  decide(record: number, request: number, policy: number): Decided;
  /** The record after an order; the same number where it changes nothing. */
  order(record: number, order: number): number;
  /** The record with one of its deadlines due; 0 where there is none to come. */
  due(record: number, deadline: number): number;
  /** The promises that a record breaks by itself. */
  broken(record: number): number;
  /** Whether the server would let a command pass under a key. */
  admits(record: number, policyKey: string, policy: number): boolean;
}

const LATER = 10;

export function createServerSide(
  parts: Parts,
  { version, revisions }: Bounds,
  wire: Wire,
  requests: Values<RequestMessage>,
  answers: Values<AnswerMessage>,
): ServerSide {
  const records = createValues<DeviceRecord>('record');
  const minted: string[] = [];
  const settings: ServerSettings = {
    ...settingsOf({ authenticate: () => null, policyFor: () => null, commands: () => ({}) }),
    // The worst generator that a host can have: it gives every key again that the device knows, before a new one.
    mintKey: () => minted.shift() ?? String(FRESH_KEY),
    offerLifetime: LATER,
    refreshInterval: LATER,
  };
  const policies: readonly DeterminedPolicy[] = [
    { kind: 'None' },
    ...documents
      .slice(0, revisions)
      .map((document) => ({ kind: 'Set', document, revision: revisionOf(document) }) as const),
  ];
  const circumstances = policies.map((policy): Circumstances => ({ now: 0, policy, version, access: null, settings }));

  function at(policy: number): Circumstances {
    const found = circumstances[policy];
    if (!found) throw new RangeError(`no policy ${policy}`);
    return found;
  }

  /** As it comes back from the store. How often the device asked is of no interest to a server, once it has. */
  function stored(record: DeviceRecord): number {
    const { state } = record;
    const context = { ...state.context, cycles: Math.min(state.context.cycles, 1) };
    const again = parts.parseRecord(parts.formatRecord({ ...record, state: { ...state, context } }));
    if (!again) throw new TypeError('a record that cannot be read again');
    return records.of(again);
  }

  function commandAnswer(record: DeviceRecord, presented: string | null, policy: number) {
    const facts = { command: 'FolderSync', presented, isExempt: false, deviceInformation: null } as const;
    return parts.decideCommand(record, facts, at(policy));
  }

  const decide = remembered((record, request, policy): Decided => {
    const before = records.at(record);
    const message = requests.at(request);
    const here = at(policy);
    if (message.kind === 'Command') {
      const presented = normalizePolicyKey(message.policyKey);
      const { record: after, reason } = commandAnswer(before, presented, policy);
      const answer: AnswerMessage =
        reason === null ? { to: 'nobody', kind: 'Passed' } : { to: 'nobody', kind: 'Refused', reason, of: 'Command' };
      const http = wire.answer(answer);
      const seen = { before, presented, policy: here.policy, version, reason, http };
      return { record: kept(record, before, after), answer: answers.of(answer), broken: brokenBits('command', seen) };
    }
    const { policyKey, settledKey } = before.state.context;
    minted.length = 0;
    for (const key of [policyKey, settledKey]) if (key !== null && key !== NO_POLICY_KEY) minted.push(key);
    const read = wire.read(message.request);
    const { record: after, response, reason } = parts.decideProvision(before, read, here);
    const answer: AnswerMessage = response
      ? { to: 'nobody', kind: 'Provision', response }
      : { to: 'nobody', kind: 'Refused', reason: reason ?? 'PolicySourceFailed', of: 'Provision' };
    const http = wire.answer(answer);
    const seen = { before, fact: read.fact, policy: here.policy, version, response, http, after };
    return { record: kept(record, before, after), answer: answers.of(answer), broken: brokenBits('provision', seen) };
  });

  function kept(record: number, before: DeviceRecord, after: DeviceRecord): number {
    return after === before ? record : stored(after);
  }

  function demand(record: DeviceRecord, fact: ProvisioningEvent): DeviceRecord {
    return parts.ordered(parts.decideFact(record, fact).record, 0);
  }

  const ordered = remembered((record, order) => {
    const before = records.at(record);
    const { policyKey } = before.state.context;
    switch (orderNames[order]) {
      case 'wipe the device':
        return kept(
          record,
          before,
          demand(before, { type: 'ReprovisionRequired', policyKey, reason: 'RemoteWipeRequested' }),
        );
      case 'wipe the account':
        return kept(
          record,
          before,
          demand(before, { type: 'ReprovisionRequired', policyKey, reason: 'AccountOnlyRemoteWipeRequested' }),
        );
      case 'cancel the wipe': {
        const after = parts.decideFact(before, { type: 'WipeCancelled' }).record;
        return after === before ? record : stored({ ...after, wipe: null });
      }
      case 'readmit the device': {
        if (before.wiped === null) return record;
        return stored({
          ...parts.decideFact(before, { type: 'Reset' }).record,
          deadlines: [],
          wiped: null,
          wipe: null,
        });
      }
      case 'forget the device':
        return records.of(unknownDevice);
      default:
        return record;
    }
  });

  const due = remembered((record, deadline) => {
    const before = records.at(record);
    if ((before.deadlines[deadline]?.at ?? 0) === 0) return 0;
    const deadlines = before.deadlines.map((row, place) => (place === deadline ? { ...row, at: 0 } : row));
    return records.of({ ...before, deadlines });
  });

  const broken = remembered((record) => {
    const seen = records.at(record);
    const again = parts.parseRecord(parts.formatRecord(seen));
    const { policyKey, settledKey, pending } = seen.state.context;
    return brokenBits('record', {
      record: seen,
      again,
      unauthenticated: toStrangers(parts, seen, version),
      keyless: [null, '0', '', 'x'].flatMap((key) => reasonsUnder(seen, key)),
      temporary: [pending?.kind === 'Policy' ? policyKey : null, settledKey].flatMap((key) =>
        key === null ? [] : reasonsUnder(seen, key),
      ),
    });
  });

  /** What a command under a key is told, whatever policy is set. */
  function reasonsUnder(record: DeviceRecord, key: string | null) {
    const presented = key === null ? null : normalizePolicyKey(key);
    return policies.flatMap(({ kind }, policy) =>
      kind === 'Set' ? [commandAnswer(record, presented, policy).reason] : [],
    );
  }

  return {
    records,
    unknown: stored(unknownDevice),
    decide,
    order: (record, order) => ordered(record, order),
    due: (record, deadline) => due(record, deadline),
    broken: (record) => broken(record, 0),
    admits: (record, policyKey, policy) => commandAnswer(records.at(record), policyKey, policy).reason === null,
  };
}
