import { describe, expect, test } from 'vitest';
import type { Circumstances } from '../../src/server/decide.js';
import { portsFor } from '../../src/server/provision-ports.js';
import type { ReadProvision } from '../../src/server/read-provision.js';
import { unknownDevice } from '../../src/server/record.js';
import { circumstances } from './support/records.js';

const request: ReadProvision = {
  fact: { type: 'PolicyRequested' },
  asksForDirective: false,
  deviceInformation: null,
};

function portsAt(changed: Partial<Circumstances>) {
  return portsFor(request, unknownDevice, unknownDevice, { ...circumstances('r1', 5), ...changed });
}

describe('both an offer and a permanent key', () => {
  const refusals = [
    ['a policy that can not be written', { policy: { kind: 'Corrupt' } }, 'Policy', 4, 'PolicyCorrupt'],
    ['a policy source that fails', { policy: { kind: 'Unavailable' } }, 'Provision', 3, 'PolicySourceFailed'],
    ['a user who may not come', { access: 'AccountDisabled' }, 'Provision', 131, 'AccountDisabled'],
  ] as const;
  test.each(refusals)('are refused for %s, and the reason is told', (_what, changed, scope, status, reason) => {
    const refused = { type: 'ProvisionRejected', scope, status };
    const offering = portsAt(changed);
    expect(offering.ports.loadPolicy({ type: 'LoadPolicy', reason: null })).toEqual(refused);
    expect(offering.refusedFor()).toBe(reason);
    const settling = portsAt(changed);
    expect(settling.ports.judge({ type: 'JudgeAcknowledgment', status: 1 })).toEqual(refused);
    expect(settling.refusedFor()).toBe(reason);
  });

  test('are given where nothing is in the way, and no reason is told', () => {
    const { ports, refusedFor } = portsAt({});
    expect(ports.loadPolicy({ type: 'LoadPolicy', reason: null })).toEqual({
      type: 'PolicyOffered',
      policyKey: '11',
      policy: {},
      revision: 'r1',
    });
    expect(ports.judge({ type: 'JudgeAcknowledgment', status: 1 })).toEqual({
      type: 'PermanentKeyIssued',
      policyKey: '22',
    });
    expect(refusedFor()).toBeNull();
  });

  test('a verdict on the device is the protocol’s reason, not the host’s', () => {
    const { ports, refusedFor } = portsAt({});
    expect(ports.judge({ type: 'JudgeAcknowledgment', status: 2 })).toMatchObject({ status: 139 });
    expect(refusedFor()).toBeNull();
  });
});

describe('a timer', () => {
  test('of an offer is a deadline at the end of its life, after those that stand', () => {
    const standing = { at: 1, event: { type: 'OfferExpired', policyKey: '11' } } as const;
    const event = { type: 'OfferExpired', policyKey: '22' } as const;
    const { ports } = portsAt({});
    expect(ports.startTimer({ ...unknownDevice, deadlines: [standing] }, event)).toEqual({
      ...unknownDevice,
      deadlines: [standing, { at: 15, event }],
    });
  });

  test.each([
    { type: 'RetryDue', cycle: 1, attempt: 1 },
    { type: 'PolicyDetermined', revision: 'r2' },
  ] as const)('of $type is none of a Provision exchange', (event) => {
    expect(portsAt({}).ports.startTimer(unknownDevice, event)).toBe(unknownDevice);
  });
});
