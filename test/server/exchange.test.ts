import { describe, expect, test } from 'vitest';
import { type ProvisioningEvent, resume, step } from '../../machines/index.js';
import { type ExchangePorts, noPorts, settle } from '../../src/server/exchange.js';
import { type DeviceRecord, unknownDevice } from '../../src/server/record.js';

const offer: ProvisioningEvent = { type: 'PolicyOffered', policyKey: '11', policy: {}, revision: 'r1' };
const offering: ExchangePorts = { ...noPorts, loadPolicy: () => offer };
const stranger = () => unknownDevice;
const offered = () => settle(unknownDevice, { type: 'PolicyRequested' }, offering).record;
const settled = (): DeviceRecord => ({ ...unknownDevice, keyIssuedAt: 5, state: resume('server', '22') });

describe('a fact that asks for nothing', () => {
  const quiet: readonly (readonly [string, () => DeviceRecord, ProvisioningEvent, boolean])[] = [
    ['a command of a stranger', stranger, { type: 'CommandAdmitted', policyKey: '0' }, true],
    ['a deadline that passed over', offered, { type: 'OfferExpired', policyKey: '99' }, true],
    ['the same policy again', settled, { type: 'PolicyDetermined', revision: null }, true],
    ['a wipe that nobody ordered', settled, { type: 'WipeCompleted', scope: 'device' }, true],
    ['the first command under a key', onceAsked, { type: 'CommandAdmitted', policyKey: '22' }, false],
  ];
  test.each(quiet)('%s: one transition, no answer, no outcome', (_what, recordOf, event, isSame) => {
    const record = recordOf();
    const [after] = step(record.state, event);
    const result = settle(record, event, noPorts);
    expect(result).toEqual({
      record: { ...record, state: after },
      response: null,
      outcomes: [],
      transitions: [{ before: record.state, event, after, effects: [] }],
    });
    expect(result.record === record).toBe(isSame);
  });
});

describe('a fact that asks', () => {
  test('is followed by what the port answers, and all of it is told in order', () => {
    const { record, response, outcomes, transitions } = settle(unknownDevice, { type: 'PolicyRequested' }, offering);
    expect(record).toMatchObject({ state: { name: 'Acknowledging', context: { policyKey: '11' } }, deadlines: [] });
    expect(response).toEqual({ kind: 'PolicyResponse', policyKey: '11', policy: {} });
    expect(outcomes).toEqual([]);
    expect(transitions.map(({ event, after }) => [event.type, after.name])).toEqual([
      ['PolicyRequested', 'AwaitingPolicy'],
      ['PolicyOffered', 'Acknowledging'],
    ]);
  });

  test('hands the timer to its port with the record as it then is', () => {
    const started: unknown[] = [];
    const timing: ExchangePorts = {
      ...offering,
      startTimer(record, event) {
        started.push([record, event]);
        return { ...record, keyIssuedAt: 7 };
      },
    };
    const { record } = settle(unknownDevice, { type: 'PolicyRequested' }, timing);
    expect(started).toEqual([[offered(), { type: 'OfferExpired', policyKey: '11' }]]);
    expect(record).toEqual({ ...offered(), keyIssuedAt: 7 });
  });
});

describe('without ports', () => {
  const rejected = { type: 'ProvisionRejected', scope: 'Provision', status: 3 } as const;
  const refusal = { kind: 'RejectionResponse', scope: 'Provision', status: 3 } as const;
  const failure = { kind: 'Rejected', scope: 'Provision', status: 3 } as const;
  const asking: readonly (readonly [string, () => DeviceRecord, ProvisioningEvent])[] = [
    ['a policy', stranger, { type: 'PolicyRequested' }],
    ['a judgment', offered, { type: 'PolicyAcknowledged', policyKey: '11', status: 1 }],
  ];
  test.each(asking)('whoever asks for %s all the same is refused with Provision Status 3', (_what, recordOf, fact) => {
    const { response, outcomes, transitions } = settle(recordOf(), fact, noPorts);
    expect(transitions.map(({ event }) => event)).toEqual([fact, rejected]);
    expect(response).toEqual(refusal);
    expect(outcomes).toEqual([{ kind: 'Failed', failure }]);
  });

  test('no timer is set', () => {
    const awaiting = { ...unknownDevice, state: step(unknownDevice.state, { type: 'PolicyRequested' })[0] };
    expect(settle(awaiting, offer, noPorts).record).toEqual(offered());
    expect(offered().deadlines).toEqual([]);
  });
});

/** Provisioned in one exchange, with no command since. */
function onceAsked(): DeviceRecord {
  const { state } = settled();
  return { ...unknownDevice, state: { ...state, context: { ...state.context, cycles: 1 } } };
}
