import { describe, expect, test } from 'vitest';
import { type Outcome, type ProvisionResponse, resume } from '../../machines/index.js';
import { decideFact } from '../../src/server/decide.js';
import { type DeviceRecord, unknownDevice, type WipeOrder } from '../../src/server/record.js';
import { agreed, announced, described, ordered, scopeOf, wipeAnswered } from '../../src/server/record-changes.js';
import { circumstances } from './support/records.js';

const notYet = { announcedAt: null, directedAt: null, failedAt: null, completedAt: null, refusedAt: null } as const;
const order: WipeOrder = { scope: 'device', orderedAt: 1, ...notYet };
const doomed: DeviceRecord = { ...unknownDevice, wipe: order };
const wipeDemands = ['RemoteWipeRequested', 'AccountOnlyRemoteWipeRequested'] as const;

function withOrder(change: Partial<WipeOrder>): DeviceRecord {
  return { ...unknownDevice, wipe: { ...order, ...change } };
}

describe('what the device says about itself', () => {
  const told: DeviceRecord = { ...unknownDevice, information: { Model: 'M', IMEI: '1' } };

  test('is kept beside what it said before', () => {
    expect(described(unknownDevice, { Model: 'M' })).toEqual({ ...unknownDevice, information: { Model: 'M' } });
    expect(described(told, { Model: 'N' }).information).toEqual({ Model: 'N', IMEI: '1' });
  });

  test('leaves the record itself when it is nothing, or nothing new', () => {
    expect(described(unknownDevice, null)).toBe(unknownDevice);
    expect(described(told, null)).toBe(told);
    expect(described(told, { IMEI: '1' })).toBe(told);
  });
});

describe('an agreement', () => {
  const provisioned: Outcome = { kind: 'Provisioned', policyKey: '22' };
  const violation: Outcome = { kind: 'Violation', event: 'WipeAcknowledged', fault: 'client' };
  const record: DeviceRecord = { ...unknownDevice, state: resume('server', '22', { revision: 'r1' }) };

  test('is noted with its time, and with that of its renewal', () => {
    const event = { type: 'ReprovisionRequired', policyKey: '22', reason: 'PolicyRefresh' };
    const after = agreed(record, [violation, provisioned], circumstances('r1', 5, { refreshInterval: 100 }));
    expect(after).toEqual({ ...record, keyIssuedAt: 5, deadlines: [{ at: 105, event }] });
    const never = agreed(record, [provisioned], circumstances('r1', 5, { refreshInterval: null }));
    expect(never).toEqual({ ...record, keyIssuedAt: 5 });
  });

  test.each<readonly [string, readonly Outcome[]]>([
    ['nothing', []],
    ['a violation', [violation]],
    ['a demand', [{ kind: 'ReprovisionRequired', reason: 'PolicyRefresh' }]],
    ['that there is no policy', [{ kind: 'Provisioned', policyKey: '0' }]],
  ])('there is none, and the record itself is left, where the outcome is %s', (_what, outcomes) => {
    expect(agreed(record, outcomes, circumstances('r1', 5))).toBe(record);
  });
});

test('only two demands stand for a wipe', () => {
  expect(wipeDemands.map(scopeOf)).toEqual(['device', 'account']);
  for (const reason of [null, 'PolicyRefresh', 'InvalidPolicyKey'] as const) expect(scopeOf(reason)).toBeNull();
});

describe('an order', () => {
  /** A record of which a wipe is demanded, whatever was noted of one before. */
  const demanded = (reason: (typeof wipeDemands)[number], wipe: WipeOrder | null = null): DeviceRecord => ({
    ...decideFact(unknownDevice, { type: 'ReprovisionRequired', policyKey: '0', reason }).record,
    wipe,
  });

  test.each([
    ['RemoteWipeRequested', 'device'],
    ['AccountOnlyRemoteWipeRequested', 'account'],
  ] as const)('%s is noted with its time', (reason, scope) => {
    expect(ordered(demanded(reason), 7).wipe).toEqual({ scope, orderedAt: 7, ...notYet });
  });

  test('of what is ordered already is not begun anew', () => {
    const record = demanded('RemoteWipeRequested', { ...order, announcedAt: 2, directedAt: 3, failedAt: 4 });
    expect(ordered(record, 7)).toBe(record);
  });

  test.each([
    ['of another scope', 'AccountOnlyRemoteWipeRequested', order, 'account'],
    ['of what was completed', 'RemoteWipeRequested', { ...order, directedAt: 3, completedAt: 4 }, 'device'],
  ] as const)('%s is begun anew', (_what, reason, before, scope) => {
    expect(ordered(demanded(reason, before), 7).wipe).toEqual({ scope, orderedAt: 7, ...notYet });
  });

  test('there is none without the demand', () => {
    expect(ordered(unknownDevice, 7)).toBe(unknownDevice);
    expect(ordered(doomed, 7)).toBe(doomed);
  });
});

describe('an announcement', () => {
  test.each(wipeDemands)('of %s is noted the first time', (reason) => {
    const first = announced(doomed, reason, 5);
    expect(first).toEqual(withOrder({ announcedAt: 5 }));
    expect(announced(first, reason, 6)).toBe(first);
  });

  test('that the device can not have it is noted the first time', () => {
    const first = announced(doomed, 'WipeUndeliverable', 5);
    expect(first).toEqual(withOrder({ refusedAt: 5 }));
    expect(announced(first, 'WipeUndeliverable', 6)).toBe(first);
  });

  test('is no other refusal', () => {
    expect(announced(doomed, 'PolicyRefresh', 5)).toBe(doomed);
  });

  test.each([...wipeDemands, 'WipeUndeliverable'] as const)(
    'of %s without an order on record is not noted',
    (reason) => {
      expect(announced(unknownDevice, reason, 5)).toBe(unknownDevice);
    },
  );
});

describe('the answer to a Provision request', () => {
  const directive: ProvisionResponse = { kind: 'WipeResponse', scope: 'device' };
  const done: ProvisionResponse = { kind: 'WipeRecordedResponse', scope: 'device', status: 1 };
  const failed: ProvisionResponse = { kind: 'WipeRecordedResponse', scope: 'device', status: 2 };
  const rejection: ProvisionResponse = { kind: 'RejectionResponse', scope: 'Provision', status: 129 };

  test('a directive is noted each time: what the device could not have, it has now', () => {
    const before = withOrder({ announcedAt: 2, refusedAt: 3, failedAt: 4 });
    const first = wipeAnswered(before, directive, null, 5);
    expect(first).toEqual(withOrder({ announcedAt: 2, directedAt: 5, failedAt: 4 }));
    expect(wipeAnswered(first, directive, null, 6).wipe?.directedAt).toBe(6);
  });

  test('that the wipe is done, or failed, is noted each for itself', () => {
    const before = withOrder({ directedAt: 3 });
    expect(wipeAnswered(before, done, null, 5)).toEqual(withOrder({ directedAt: 3, completedAt: 5 }));
    expect(wipeAnswered(before, failed, null, 5)).toEqual(withOrder({ directedAt: 3, failedAt: 5 }));
  });

  test('that the version does not carry the wipe is noted the first time', () => {
    const first = wipeAnswered(doomed, rejection, 'WipeUndeliverable', 5);
    expect(first).toEqual(withOrder({ refusedAt: 5 }));
    expect(wipeAnswered(first, rejection, 'WipeUndeliverable', 6)).toBe(first);
  });

  test('any other says nothing of the wipe', () => {
    expect(wipeAnswered(doomed, rejection, 'DeviceIsBlocked', 5)).toBe(doomed);
    expect(wipeAnswered(doomed, rejection, null, 5)).toBe(doomed);
    expect(wipeAnswered(doomed, { kind: 'NoWipeResponse' }, null, 5)).toBe(doomed);
  });

  test.each([directive, done, failed])('without an order on record nothing is noted: $kind $status', (response) => {
    expect(wipeAnswered(unknownDevice, response, null, 5)).toBe(unknownDevice);
  });

  test('nor that it could not be had', () => {
    expect(wipeAnswered(unknownDevice, rejection, 'WipeUndeliverable', 5)).toBe(unknownDevice);
  });
});
