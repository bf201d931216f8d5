import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideProvision } from '../../src/server/decide.js';
import { type DeviceRecord, unknownDevice } from '../../src/server/record.js';
import { circumstances, gate, requests } from './support/records.js';

const SPREAD = 100;

/** A device that agreed on r1 at 0, and has proved it. */
const settled: DeviceRecord = (() => {
  const never = { refreshInterval: null };
  const { record } = decideProvision(unknownDevice, requests[0]!, circumstances('r1', 0, never));
  const { policyKey } = record.state.context;
  const fact = { type: 'PolicyAcknowledged', policyKey, status: 1 } as const;
  const acknowledgment = { fact, asksForDirective: false, deviceInformation: null };
  const agreed = decideProvision(record, acknowledgment, circumstances('r1', 0, never)).record;
  const proven = gate(agreed, 'Sync', agreed.state.context.policyKey, circumstances('r1', 0, never)).record;
  return { ...proven, deadlines: [] };
})();
const key = settled.state.context.policyKey;

/** What a command comes to at a time. */
function sync(record: DeviceRecord, revision: string, now: number, draw = 0.5) {
  return gate(record, 'Sync', key, circumstances(revision, now, { spread: SPREAD, random: () => draw }));
}

describe('a policy change is spread (I4)', () => {
  const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test('a device goes on under its key until its own time within the window, and not a moment longer', () => {
    fc.assert(
      fc.property(draws, fc.nat(2 * SPREAD), (draw, later) => {
        const told = sync(settled, 'r2', 1000, draw);
        expect(told).toMatchObject({ reason: null, events: ['PolicyChangeScheduled'] });
        const at = told.record.deadlines[0]?.at ?? Number.NaN;
        expect(at).toBeGreaterThanOrEqual(1000);
        expect(at).toBeLessThanOrEqual(1000 + SPREAD);
        const due = 1000 + later >= at;
        expect(sync(told.record, 'r2', 1000 + later, draw).reason).toBe(due ? 'InvalidPolicyKey' : null);
      }),
    );
  });

  test('two draws, two times: devices do not come at once', () => {
    fc.assert(
      fc.property(draws, draws, (one, other) => {
        fc.pre(Math.abs(one - other) * SPREAD > 1);
        const times = [one, other].map((draw) => sync(settled, 'r2', 0, draw).record.deadlines[0]?.at);
        expect(times[0]).not.toBe(times[1]);
      }),
    );
  });

  test('what is scheduled is written once', () => {
    const told = sync(settled, 'r2', 0).record;
    const again = sync(told, 'r2', 1, 0.9);
    expect(again.record).toBe(told);
    expect(again.events).toEqual([]);
  });

  test('nothing is scheduled while the policy is the one agreed on', () => {
    const same = sync(settled, 'r1', 0);
    expect(same.record).toBe(settled);
    expect(same.events).toEqual([]);
  });

  test('it has its time beside what else is due later, and beside what has just fallen due', () => {
    const refresh = {
      at: 5000,
      event: { type: 'ReprovisionRequired', policyKey: key, reason: 'PolicyRefresh' },
    } as const;
    const expiry = { at: 10, event: { type: 'OfferExpired', policyKey: '11' } } as const;
    const told = sync({ ...settled, deadlines: [expiry, refresh] }, 'r2', 1000);
    expect(told).toMatchObject({ reason: null, events: ['PolicyChangeScheduled'] });
    expect(told.record.deadlines).toEqual([refresh, { at: 1050, event: { type: 'PolicyDetermined', revision: 'r2' } }]);
  });

  test('a policy that changes on keeps the time, and one that changes back asks nobody', () => {
    const told = sync(settled, 'r2', 0).record;
    const on = sync(told, 'r3', 10, 0.9).record;
    expect(on.deadlines).toEqual(told.deadlines);
    expect(sync(on, 'r3', 50)).toMatchObject({ reason: 'InvalidPolicyKey', events: ['PolicyChanged'] });
    expect(sync(told, 'r1', 50)).toMatchObject({ reason: null, events: [], record: { deadlines: [] } });
  });

  test('a device that asks by itself gets the new policy at once', () => {
    const told = sync(settled, 'r2', 0).record;
    const asked = decideProvision(told, requests[0]!, circumstances('r2', 1, { spread: SPREAD }));
    expect(asked.response).toMatchObject({ kind: 'PolicyResponse' });
    expect(asked.record.state.context.pending).toMatchObject({ revision: 'r2' });
  });

  test('an offer of the old policy can not be settled meanwhile (I1)', () => {
    const { record } = decideProvision(unknownDevice, requests[0]!, circumstances('r1', 0));
    const fact = { type: 'PolicyAcknowledged', policyKey: record.state.context.policyKey, status: 1 } as const;
    const acknowledgment = { fact, asksForDirective: false, deviceInformation: null };
    const decided = decideProvision(record, acknowledgment, circumstances('r2', 1, { spread: SPREAD }));
    expect(decided.response).toEqual({ kind: 'RejectionResponse', scope: 'Policy', status: 5 });
    expect(decided.events).toEqual(['PolicyChanged']);
  });
});

test('without a window the change is heard at once', () => {
  const told = gate(settled, 'Sync', key, circumstances('r2', 0));
  expect(told).toMatchObject({ reason: 'InvalidPolicyKey', events: ['PolicyChanged'] });
});
