import { describe, expect, test } from 'vitest';
import { reprovisionReasons } from '../../machines/provisioning.events.js';
import { requestRefusals } from '../../src/http/request.js';
import { reasonOfStatus, type ServerReasonRow, serverReasons } from '../../src/server/reasons.js';

const rows: Readonly<Record<string, ServerReasonRow>> = serverReasons;

describe('every reason has a row', () => {
  test.each(Object.entries(requestRefusals))('%s, for which a request can not be read', (name, { status }) => {
    expect(rows[name]).toMatchObject({ status: null, http: status });
  });

  test.each(reprovisionReasons)('%s, for which an agreement does not hold', (name) => {
    expect(rows[name]).toMatchObject({ http: 449, move: 'client' });
    expect(rows[name]?.status).toBeGreaterThanOrEqual(140);
    expect(rows[name]?.status).toBeLessThanOrEqual(144);
  });
});

test('what has no status in a body has one in HTTP, and is an error there', () => {
  for (const [name, { status, http }] of Object.entries(rows)) {
    expect([name, status ?? http]).not.toEqual([name, null]);
    if (http !== null) expect([name, http >= 400 && http <= 599]).toEqual([name, true]);
  }
});

test('every row says something of its own', () => {
  const meanings = Object.values(rows).map(({ meaning }) => meaning);
  expect(new Set(meanings).size).toBe(meanings.length);
});

describe('reasonOfStatus', () => {
  test('leads back to a row of that status', () => {
    for (const { status } of Object.values(rows)) {
      if (status !== null) expect(serverReasons[reasonOfStatus(status)].status).toBe(status);
    }
  });

  test.each([
    [129, 'DeviceIsBlocked'],
    [139, 'DeviceNotFullyProvisionable'],
    [140, 'RemoteWipeRequested'],
    [141, 'LegacyDeviceOnStrictPolicy'],
    [142, 'DeviceNotProvisioned'],
    [143, 'PolicyRefresh'],
    [144, 'InvalidPolicyKey'],
    [145, 'ExternallyManagedDevicesNotAllowed'],
    [165, 'DeviceInformationRequired'],
    [3, 'UnknownPolicyType'],
    [5, 'WrongPolicyKey'],
    [7, 'ProtocolError'],
    [0, 'ProtocolError'],
  ] as const)('%d is %s (MS-ASCMD 2.2.2, MS-ASPROV 2.2.2.54)', (status, reason) => {
    expect(reasonOfStatus(status)).toBe(reason);
  });
});
