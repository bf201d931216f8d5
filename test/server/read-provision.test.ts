import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProvisionRequestMessage } from '../../src/protocol/provision.js';
import { type ProtocolVersion, protocolVersions, versions } from '../../src/protocol/version.js';
import { readProvision } from '../../src/server/read-provision.js';

const types = ['MS-EAS-Provisioning-WBXML', 'MS-WAP-Provisioning-XML', '', 'Other'] as const;
const strict = { requireDeviceInformation: true };
const lax = { requireDeviceInformation: false };
const number = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.NaN));
const version = fc.constantFrom(...versions);
const information = { Model: 'M' };
const policy = fc.record(
  { policyType: fc.constantFrom(...types), policyKey: fc.constantFrom('', '0', '11', '0011', 'x'), status: number },
  { requiredKeys: [] },
);
const wipe = fc.record({ status: number }, { requiredKeys: [] });
const messages: fc.Arbitrary<ProvisionRequestMessage> = fc.record(
  {
    deviceInformation: fc.constant(information),
    policies: fc.array(policy, { maxLength: 3 }),
    remoteWipe: wipe,
    accountOnlyRemoteWipe: wipe,
  },
  { requiredKeys: [] },
);

describe('whatever a device sends', () => {
  test('is a fact that the machine knows, or a refusal with 2, 3 or 165', () => {
    fc.assert(
      fc.property(messages, version, fc.boolean(), (message, at, requireDeviceInformation) => {
        const read = readProvision(message, at, { requireDeviceInformation });
        if (!read.ok) {
          const { scope, status } = read.error;
          expect(['Provision 2', 'Policy 3', 'Provision 165']).toContain(`${scope} ${status}`);
          return;
        }
        const { fact, asksForDirective } = read.value;
        if (fact.type === 'PolicyAcknowledged') expect([1, 2, 3, 4]).toContain(fact.status);
        if (fact.type === 'WipeAcknowledged') expect([1, 2]).toContain(fact.status);
        if (asksForDirective) expect(fact).toEqual({ type: 'PolicyRequested' });
      }),
      { numRuns: 1000 },
    );
  });

  test('an acknowledgment is read only from a Policy of the version’s own type, with the key and status it has', () => {
    fc.assert(
      fc.property(messages, version, (message, at) => {
        const read = readProvision(message, at, lax);
        if (!read.ok || read.value.fact.type !== 'PolicyAcknowledged') return;
        const { policyKey, status } = read.value.fact;
        const own = message.policies?.find(({ policyType }) => policyType === protocolVersions[at].policyType);
        expect(own?.status).toBe(status);
        expect(own?.policyKey?.replace(/^0+(?=\d)/, '') || '0').toBe(policyKey);
      }),
      { numRuns: 1000 },
    );
  });

  test('DeviceInformation counts in an initial request from 14.1 on, and nowhere else [R368]', () => {
    fc.assert(
      fc.property(messages, version, (message, at) => {
        const read = readProvision(message, at, lax);
        const counts = ['14.1', '16.0', '16.1'].includes(at) && message.deviceInformation !== undefined;
        const known = read.ok ? read.value.deviceInformation : read.error.deviceInformation;
        const isInitial = read.ok ? read.value.fact.type === 'PolicyRequested' : read.error.status === 3;
        expect(known).toEqual(counts && isInitial ? information : null);
      }),
    );
  });
});

describe('an initial request', () => {
  const initial = (at: ProtocolVersion) => ({ policies: [{ policyType: protocolVersions[at].policyType }] });
  test.each(versions)('at %s, with DeviceInformation where it has to be (R368)', (at) => {
    const needed = ['14.1', '16.0', '16.1'].includes(at);
    const asked = { fact: { type: 'PolicyRequested' }, asksForDirective: false, deviceInformation: null };
    const refused = { ok: false, error: { scope: 'Provision', status: 165, deviceInformation: null } };
    expect(readProvision(initial(at), at, strict)).toEqual(needed ? refused : { ok: true, value: asked });
    expect(readProvision(initial(at), at, lax)).toEqual({ ok: true, value: asked });
    expect(readProvision({ ...initial(at), deviceInformation: information }, at, strict).ok).toBe(true);
  });

  test.each(versions)('at %s tells of the device only from 14.1 on, whatever comes of it', (at) => {
    const deviceInformation = ['14.1', '16.0', '16.1'].includes(at) ? information : null;
    expect(readProvision({ ...initial(at), deviceInformation: information }, at, lax)).toEqual({
      ok: true,
      value: { fact: { type: 'PolicyRequested' }, asksForDirective: false, deviceInformation },
    });
    const other = { policies: [{ policyType: 'Other' }], deviceInformation: information };
    expect(readProvision(other, at, lax)).toEqual({
      ok: false,
      error: { scope: 'Policy', status: 3, deviceInformation },
    });
  });

  test('of several Policies the one of the version’s type counts', () => {
    const policies = types.map((policyType) => ({ policyType }));
    for (const at of versions) expect(readProvision({ policies }, at, lax).ok).toBe(true);
  });

  test('an acknowledgment needs no DeviceInformation', () => {
    const policies = [{ policyType: 'MS-EAS-Provisioning-WBXML', policyKey: '0011', status: 1 }];
    expect(readProvision({ policies }, '14.1', strict)).toMatchObject({
      value: { fact: { type: 'PolicyAcknowledged', policyKey: '11', status: 1 } },
    });
  });
});

test('the empty form asks for a directive (R493); with DeviceInformation alone it is no request', () => {
  for (const at of versions) {
    expect(readProvision({}, at, strict)).toEqual({
      ok: true,
      value: { fact: { type: 'PolicyRequested' }, asksForDirective: true, deviceInformation: null },
    });
    const described = readProvision({ deviceInformation: information }, at, strict);
    expect(described).toEqual({ ok: false, error: { scope: 'Provision', status: 2, deviceInformation: null } });
  }
});

describe('what is no request is refused in the scope of Provision', () => {
  const policyType = 'MS-EAS-Provisioning-WBXML';
  const cases: readonly (readonly [string, ProvisionRequestMessage])[] = [
    ['without a Policy', { policies: [] }],
    ['without a PolicyType', { policies: [{}] }],
    ['an acknowledgment without PolicyKey', { policies: [{ policyType, status: 1 }] }],
    ['an acknowledgment without Status', { policies: [{ policyType, policyKey: '11' }] }],
    ['an acknowledgment with a status of 0', { policies: [{ policyType, policyKey: '11', status: 0 }] }],
    ['an acknowledgment with a status of 5', { policies: [{ policyType, policyKey: '11', status: 5 }] }],
    ['a wipe without Status', { remoteWipe: {} }],
    ['a wipe with a status of 0', { remoteWipe: { status: 0 } }],
    ['a wipe with a status of 3', { remoteWipe: { status: 3 } }],
    ['a wipe of the account with a status of 3', { accountOnlyRemoteWipe: { status: 3 } }],
  ];
  test.each(cases)('%s', (_what, message) => {
    expect(readProvision(message, '16.1', lax)).toEqual({
      ok: false,
      error: { scope: 'Provision', status: 2, deviceInformation: null },
    });
  });
});

describe('an answer to a directive', () => {
  test.each(versions)('at %s: of the device always, of the account from 16.1 on', (at) => {
    const remoteWipe = { status: 1 };
    expect(readProvision({ remoteWipe }, at, strict)).toMatchObject({
      value: { fact: { type: 'WipeAcknowledged', scope: 'device', status: 1 } },
    });
    expect(readProvision({ accountOnlyRemoteWipe: { status: 2 } }, at, strict)).toMatchObject(
      at === '16.1'
        ? { value: { fact: { type: 'WipeAcknowledged', scope: 'account', status: 2 } } }
        : { error: { scope: 'Provision', status: 2 } },
    );
  });
});
