import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandNames, commands } from '../../src/protocol/command.js';
import { normalizePolicyKey } from '../../src/protocol/policy-key.js';
import { protocolVersions, versions } from '../../src/protocol/version.js';
import { type Circumstances, decideFact, decideProvision } from '../../src/server/decide.js';
import type { AcknowledgmentRules } from '../../src/server/judge.js';
import type { ReadProvision } from '../../src/server/read-provision.js';
import { type DeviceRecord, unknownDevice } from '../../src/server/record.js';
import { ordered } from '../../src/server/record-changes.js';
import {
  anyRecord,
  circumstances,
  gate,
  keys,
  reachableRecords,
  requests,
  settings,
  times,
} from './support/records.js';

const rule = fc.constantFrom('accept', 'refuse');
const rules: fc.Arbitrary<AcknowledgmentRules> = fc.record({
  partial: rule,
  notApplied: rule,
  externallyManaged: rule,
});
const records = anyRecord();
const offering = anyRecord(({ state }) => state.context.pending?.kind === 'Policy');
const revisions = fc.constantFrom(null, 'r1', 'r2');
const set = fc.constantFrom('r1', 'r2');
const anyTime = fc.constantFrom(...times);
const anyRequest = fc.constantFrom(...requests);
const anyVersion = fc.constantFrom(...versions);
const gated = fc.constantFrom(...commandNames.filter((name) => commands[name].gated));
const presented = fc.oneof(
  fc.constantFrom(null, '', '0', '00', ' ', '-1', '4294967296', ...keys),
  fc.string({ maxLength: 70 }),
);
const runs = { numRuns: 3000 };

/** What a request of a device that holds this key is, where the policy is as it was offered or agreed on. */
function unchanged({ state }: DeviceRecord): Circumstances {
  const { pending, revision } = state.context;
  return circumstances(pending?.kind === 'Policy' ? pending.revision : revision, 0);
}

function keyOf({ state }: DeviceRecord): string {
  return state.context.policyKey;
}

test('the records reached are of every kind', () => {
  const kinds = reachableRecords().map(({ state, wiped }) => [state.name, state.context.pending?.kind, wiped].join());
  for (const kind of [
    'Unprovisioned,,device',
    'Unprovisioned,,account',
    'Acknowledging,Policy,',
    'Acknowledging,Wipe,',
  ])
    expect(kinds).toContain(kind);
  for (const kind of ['Unprovisioned,,', 'Provisioned,,', 'NeedsReprovision,,']) expect(kinds).toContain(kind);
});

describe('pure', () => {
  test('the same record and request come to the same, and neither is touched', () => {
    fc.assert(
      fc.property(records, anyRequest, revisions, anyTime, presented, (record, request, revision, now, key) => {
        const before = JSON.stringify([record, request]);
        const provision = () => decideProvision(record, request, circumstances(revision, now));
        const command = () => gate(record, 'Sync', key, circumstances(revision, now));
        expect(provision()).toEqual(provision());
        expect(command()).toEqual(command());
        expect(JSON.stringify([record, request])).toBe(before);
      }),
    );
  });

  test('an admitted command under a proven agreement leaves the record itself', () => {
    fc.assert(
      fc.property(records, gated, (record, command) => {
        const first = gate(record, command, keyOf(record), unchanged(record));
        fc.pre(first.reason === null && record.deadlines.every(({ at }) => at > 0));
        expect(gate(first.record, command, keyOf(record), unchanged(record)).record).toBe(first.record);
      }),
    );
  });
});

describe('a permanent key is for the acknowledgment of the very offer (I1)', () => {
  test('and for nothing else [R657]', () => {
    fc.assert(
      fc.property(records, anyRequest, revisions, anyTime, rules, (record, request, revision, now, acknowledgments) => {
        const at = circumstances(revision, now, { acknowledgments });
        const { response } = decideProvision(record, request, at);
        if (response?.kind !== 'PermanentKeyResponse') return;
        const { pending, policyKey, settledKey, revision: agreed } = record.state.context;
        expect(request.fact).toMatchObject({ type: 'PolicyAcknowledged', policyKey: settledKey ?? policyKey });
        expect(record.deadlines.filter((deadline) => deadline.at <= now)).toEqual([]);
        expect(record.wiped).toBeNull();
        if (settledKey !== null) {
          expect(response.policyKey).toBe(policyKey);
          expect([null, agreed]).toContain(revision);
        } else {
          expect(pending).toMatchObject({ kind: 'Policy', ...(revision !== null && { revision }) });
          expect(['0', policyKey]).not.toContain(response.policyKey);
        }
      }),
      runs,
    );
  });

  test('which earns it once: repeated it is the same key, and after a command it earns nothing', () => {
    fc.assert(
      fc.property(offering, gated, (record, command) => {
        const at = unchanged(record);
        const fact = { type: 'PolicyAcknowledged', policyKey: keyOf(record), status: 1 } as const;
        const acknowledgment = { fact, asksForDirective: false, deviceInformation: null };
        const earned = decideProvision(record, acknowledgment, at);
        fc.pre(record.deadlines.every(({ at }) => at > 0));
        expect(earned).toMatchObject({ response: { kind: 'PermanentKeyResponse' }, events: ['Provisioned'] });
        const repeated = decideProvision(earned.record, acknowledgment, at);
        expect(repeated).toMatchObject({ response: earned.response, events: ['KeyRepeated'] });
        const admitted = gate(earned.record, command, keyOf(earned.record), at);
        expect(admitted.reason).toBeNull();
        const late = decideProvision(admitted.record, acknowledgment, at);
        expect(late.response).toEqual({ kind: 'RejectionResponse', scope: 'Policy', status: 5 });
        expect(late.record).toBe(admitted.record);
      }),
    );
  });
});

test('no key is given out that the record held, not even one that has just fallen (I14)', () => {
  fc.assert(
    fc.property(records, anyRequest, revisions, anyTime, (record, request, revision, now) => {
      const { policyKey, settledKey } = record.state.context;
      const { response } = decideProvision(record, request, circumstances(revision, now));
      if (response?.kind === 'PolicyResponse') expect([policyKey, settledKey]).not.toContain(response.policyKey);
    }),
    runs,
  );
});

describe('a temporary key opens nothing but Provision (I2)', () => {
  test('the one that stands offered [R626 R650]', () => {
    fc.assert(
      fc.property(offering, gated, set, anyTime, fc.boolean(), (record, command, revision, now, isLenient) => {
        const at = circumstances(revision, now, { allowNonProvisionable: isLenient });
        expect(gate(record, command, keyOf(record), at).reason).not.toBeNull();
      }),
      runs,
    );
  });

  test('one just given out; and the offer stands after it was tried', () => {
    fc.assert(
      fc.property(records, gated, set, (record, command, revision) => {
        const request = requests[0]!;
        const { response, record: offered } = decideProvision(record, request, circumstances(revision, 0));
        fc.pre(response?.kind === 'PolicyResponse');
        const tried = gate(offered, command, keyOf(offered), circumstances(revision, 0));
        expect(tried.reason).toBe('InvalidPolicyKey');
        expect(tried.record).toBe(offered);
      }),
    );
  });
});

describe('nothing but 1 counts as applied unless it is configured so (I3)', () => {
  const cases = [
    [1, null, 0],
    [2, 'partial', 139],
    [3, 'notApplied', 139],
    [4, 'externallyManaged', 145],
  ] as const;
  test.each(cases)('%d, by the rule %s', (status, name, refusal) => {
    fc.assert(
      fc.property(offering, rules, (record, acknowledgments) => {
        fc.pre(record.deadlines.every(({ at }) => at > 0));
        const at = { ...unchanged(record), settings: settings({ acknowledgments }) };
        const fact = { type: 'PolicyAcknowledged', policyKey: keyOf(record), status } as const;
        const decided = decideProvision(record, { fact, asksForDirective: false, deviceInformation: null }, at);
        if (name === null || acknowledgments[name] === 'accept') {
          expect(decided.response?.kind).toBe('PermanentKeyResponse');
          return;
        }
        expect(decided.response).toEqual({ kind: 'RejectionResponse', scope: 'Provision', status: refusal });
        expect(decided.record.state).toMatchObject({ name: 'NeedsReprovision', context: { policyKey: '0' } });
        expect(gate(decided.record, 'Sync', keyOf(record), at).reason).not.toBeNull();
      }),
    );
  });
});

describe('the gate', () => {
  test('on a strict server only the key in force passes, and only for the policy agreed on (I11)', () => {
    fc.assert(
      fc.property(records, gated, presented, set, anyTime, (record, command, key, revision, now) => {
        const known = key === null ? null : normalizePolicyKey(key);
        const { reason, record: after } = gate(record, command, known, circumstances(revision, now));
        const { name, context } = after.state;
        const isInForce = name === 'Provisioned' && context.revision === revision && context.policyKey !== '0';
        expect(reason === null).toBe(isInForce && known === context.policyKey);
        if (!isInForce && after.state.context.reason === null && !record.wiped) {
          expect(reason).toBe(refusalOf(known));
        }
      }),
      runs,
    );
  });

  test('a lenient server lets those without a key pass as well, and nobody else', () => {
    fc.assert(
      fc.property(records, gated, presented, set, (record, command, key, revision) => {
        const known = key === null ? null : normalizePolicyKey(key);
        const strict = gate(record, command, known, circumstances(revision, 0));
        const lenient = gate(record, command, known, circumstances(revision, 0, { allowNonProvisionable: true }));
        const isExcused = strict.reason === 'LegacyDeviceOnStrictPolicy';
        expect(lenient.reason).toBe(isExcused ? null : strict.reason);
      }),
      runs,
    );
  });

  test.each(['Corrupt', 'Unavailable'] as const)(
    'a lenient server that keeps to what was agreed lets them pass also while the policy is %s, and nobody else (I15)',
    (kind) => {
      const lenient = circumstances('r1', 0, { allowNonProvisionable: true, whilePolicyFails: 'keep' });
      const reasonFor = (key: string | null) =>
        gate(unknownDevice, 'Sync', key, { ...lenient, policy: { kind } }).reason;
      expect(reasonFor(null)).toBeNull();
      for (const key of ['0', '7']) expect(reasonFor(key)).toBe('PolicySourceFailed');
    },
  );

  test('without a policy, and for Ping, only a wipe or its memory is in the way (I8, I12)', () => {
    fc.assert(
      fc.property(records, gated, presented, revisions, (record, command, key, revision) => {
        const known = key === null ? null : normalizePolicyKey(key);
        const wipes = ['RemoteWipeRequested', 'AccountOnlyRemoteWipeRequested'];
        const ordered = wipes.includes(record.state.context.reason ?? '') ? record.state.context.reason : null;
        const expected = ordered ?? (record.wiped ? 'DeviceIsBlocked' : null);
        expect(gate(record, command, known, circumstances(null, 0)).reason).toBe(expected);
        expect(gate(record, 'Ping', known, circumstances(revision, 0)).reason).toBe(expected);
      }),
      runs,
    );
  });
});

describe('a wipe (I5)', () => {
  test('is directed only in the scope that was ordered, and only where the version knows it [R653 R654 R66612 R66613 R66614 R66615]', () => {
    fc.assert(
      fc.property(records, anyRequest, revisions, anyVersion, (record, request, revision, version) => {
        const { response } = decideProvision(record, request, circumstances(revision, 0, { version }));
        if (response?.kind !== 'WipeResponse') return;
        const { reason } = record.state.context;
        expect(reason).toBe(response.scope === 'device' ? 'RemoteWipeRequested' : 'AccountOnlyRemoteWipeRequested');
        expect(response.scope === 'device' || protocolVersions[version].accountOnlyRemoteWipe).toBe(true);
      }),
      runs,
    );
  });

  test('once done keeps the device out, whatever it asks for', () => {
    const wiped = anyRecord(({ wiped, state }) => wiped !== null && state.context.reason === null);
    fc.assert(
      fc.property(wiped, anyRequest, revisions, anyTime, (record, request, revision, now) => {
        const { response, record: after } = decideProvision(record, request, circumstances(revision, now));
        expect(['RejectionResponse', 'NoWipeResponse']).toContain(response?.kind);
        expect(after.wiped).toBe(record.wiped);
      }),
      runs,
    );
  });
});

describe('what happened is told', () => {
  const asked = (fact: ReadProvision['fact']): ReadProvision => ({
    fact,
    asksForDirective: false,
    deviceInformation: null,
  });
  const initial = asked({ type: 'PolicyRequested' });
  const wipeAnswer = (status: 1 | 2) => asked({ type: 'WipeAcknowledged', scope: 'device', status });
  const stranger = () => unknownDevice;
  const doomed = () => wiping('RemoteWipeRequested');
  const directed = () => decideProvision(doomed(), initial, circumstances('r1', 0)).record;
  const offered = () => decideProvision(unknownDevice, initial, circumstances('r1', 0)).record;

  test.each<readonly [string, () => DeviceRecord, ReadProvision, string | null, readonly string[]]>([
    ['an offer', stranger, initial, 'r1', ['PolicyOffered']],
    ['that there is no policy', stranger, initial, null, ['NoPolicy']],
    ['a key', offered, asked({ type: 'PolicyAcknowledged', policyKey: '11', status: 1 }), 'r1', ['Provisioned']],
    ['that a wipe is directed', doomed, initial, 'r1', ['WipeDirected']],
    ['that it is done', directed, wipeAnswer(1), 'r1', ['WipeSucceeded']],
    ['that it failed', directed, wipeAnswer(2), 'r1', ['WipeFailed']],
    ['nothing of a wipe that nobody ordered', stranger, wipeAnswer(1), 'r1', []],
    ['nothing of a refusal', stranger, asked({ type: 'PolicyAcknowledged', policyKey: '11', status: 1 }), 'r1', []],
  ])('%s', (_what, record, request, revision, events) => {
    expect(decideProvision(record(), request, circumstances(revision, 0)).events).toEqual(events);
  });

  test('that a wipe is announced, with the first command and with no other', () => {
    const first = gate(doomed(), 'Sync', '0', circumstances('r1', 5));
    expect(first).toMatchObject({ reason: 'RemoteWipeRequested', events: ['WipeAnnounced'] });
    expect(first.record.wipe?.announcedAt).toBe(5);
    const second = gate(first.record, 'Sync', '0', circumstances('r1', 6));
    expect(second).toMatchObject({ reason: 'RemoteWipeRequested', events: [] });
    expect(second.record).toBe(first.record);
  });

  test('no announcement in a version that does not carry the wipe, only since when it can not be had (I5)', () => {
    const account = wiping('AccountOnlyRemoteWipeRequested');
    const refused = gate(account, 'Sync', '0', circumstances('r1', 5, { version: '16.0' }));
    expect(refused).toMatchObject({ reason: 'WipeUndeliverable', events: [] });
    expect(refused.record.wipe).toMatchObject({ announcedAt: null, refusedAt: 5 });
  });

  test('nothing while the policy source fails: the record is the one that was stored (I15)', () => {
    const stored = offered();
    const at: Circumstances = { ...circumstances('r1', 20), policy: { kind: 'Unavailable' } };
    const decided = decideProvision(stored, initial, at);
    const reason = 'PolicySourceFailed';
    expect(decided).toEqual({
      record: stored,
      previous: stored.state,
      response: null,
      events: [],
      reason,
      transitions: [],
    });
    expect(decided.record).toBe(stored);
  });

  test('nothing at all to a device that began more exchanges than can be counted: it is a fault', () => {
    const { context } = unknownDevice.state;
    const state = { name: 'NeedsReprovision', context: { ...context, cycles: Number.MAX_SAFE_INTEGER } } as const;
    expect(() => decideProvision({ ...unknownDevice, state }, initial, circumstances('r1', 0))).toThrow(
      new TypeError('PolicyRequested: the machine gave no answer'),
    );
  });
});

describe('what falls due with time', () => {
  const offered = decideProvision(unknownDevice, requests[0]!, circumstances('r1', 0)).record;
  const acknowledgment = requests.find(
    ({ fact }) => fact.type === 'PolicyAcknowledged' && fact.policyKey === keyOf(offered) && fact.status === 1,
  )!;

  test('an offer falls at its deadline, not before it', () => {
    expect(offered.deadlines).toEqual([{ at: 10, event: { type: 'OfferExpired', policyKey: '11' } }]);
    const early = decideProvision(offered, acknowledgment, circumstances('r1', 9));
    expect(early.response?.kind).toBe('PermanentKeyResponse');
    const late = decideProvision(offered, acknowledgment, circumstances('r1', 10));
    expect(late).toMatchObject({ response: { kind: 'RejectionResponse', status: 5 }, events: ['OfferExpired'] });
    expect(late.record.deadlines).toEqual([]);
  });

  test('a deadline of a key that is no longer in force is dropped unheard', () => {
    const settled = decideProvision(offered, acknowledgment, circumstances('r1', 0, { refreshInterval: 100 })).record;
    expect(settled.deadlines.map(({ at }) => at)).toEqual([10, 100]);
    const later = gate(settled, 'Sync', keyOf(settled), circumstances('r1', 50));
    expect(later).toMatchObject({ reason: null, events: [], record: { deadlines: [{ at: 100 }] } });
  });

  test('a refresh falls due, is told of once, and is the reason until it is done', () => {
    const settled = decideProvision(offered, acknowledgment, circumstances('r1', 0, { refreshInterval: 100 })).record;
    const due = gate(settled, 'Sync', keyOf(settled), circumstances('r1', 100));
    expect(due).toMatchObject({ reason: 'PolicyRefresh', events: ['RefreshDue'], record: { deadlines: [] } });
    const again = gate(due.record, 'Sync', keyOf(settled), circumstances('r1', 101));
    expect(again).toMatchObject({ reason: 'PolicyRefresh', events: [] });
    expect(again.record).toBe(due.record);
    expect(again.previous).toBe(due.record.state);
  });

  test('no interval, no deadline; and none for a device without a policy', () => {
    const never = decideProvision(offered, acknowledgment, circumstances('r1', 0, { refreshInterval: null })).record;
    expect(never.deadlines.filter(({ event }) => event.type === 'ReprovisionRequired')).toEqual([]);
    expect(decideProvision(unknownDevice, requests[0]!, circumstances(null, 0)).record.deadlines).toEqual([]);
  });
});

describe('what a device says about itself', () => {
  test('is kept when it is new, and the record is the same when it is not', () => {
    const request = { ...requests[0]!, deviceInformation: { Model: 'M' } };
    const told = decideProvision(unknownDevice, request, circumstances('r1', 0)).record;
    expect(told.information).toEqual({ Model: 'M' });
    const silent = decideProvision(told, requests[0]!, circumstances('r1', 0)).record;
    expect(silent.information).toEqual({ Model: 'M' });
    const refused = { ...request, fact: { type: 'PolicyAcknowledged', policyKey: '99', status: 1 } as const };
    expect(decideProvision(told, refused, circumstances('r1', 0)).record).toBe(told);
  });

  test('is forgotten with nothing else by a reset', () => {
    const told = { ...unknownDevice, information: { Model: 'M' } };
    expect(decideFact(told, { type: 'Reset' }).record).toEqual(told);
  });
});

/** A stranger of whom a wipe is demanded since 0. */
function wiping(reason: 'RemoteWipeRequested' | 'AccountOnlyRemoteWipeRequested'): DeviceRecord {
  return ordered(decideFact(unknownDevice, { type: 'ReprovisionRequired', policyKey: '0', reason }).record, 0);
}

function refusalOf(key: string | null): string {
  if (key === null) return 'LegacyDeviceOnStrictPolicy';
  return key === '0' ? 'DeviceNotProvisioned' : 'InvalidPolicyKey';
}
