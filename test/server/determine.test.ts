import { expect, test, vi } from 'vitest';
import { policyRevision } from '../../src/policy/revision.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import { determinePolicy } from '../../src/server/determine.js';
import type { ServerSettings } from '../../src/server/settings.js';
import { settings } from './support/records.js';

const device = { user: 'user@example.test', deviceId: 'DEVICE0001' };

/** What a host's `policyFor` comes to. */
function determined(policyFor: ServerSettings['policyFor']) {
  return determinePolicy(device, settings({ policyFor }));
}

test('a policy is set with its revision, and at once when that is known', async () => {
  const document: EASProvisionDoc = { DevicePasswordEnabled: true };
  const first = determined(() => document);
  expect(first).toBeInstanceOf(Promise);
  const revision = await policyRevision(document);
  expect(await first).toEqual({ kind: 'Set', document, revision });
  expect(determined(() => document)).toEqual({ kind: 'Set', document, revision });
});

test('no policy is none, at once', () => {
  expect(determined(() => null)).toEqual({ kind: 'None' });
});

test('the host is asked for the very device', () => {
  const policyFor = vi.fn(() => null);
  determined(policyFor);
  expect(policyFor).toHaveBeenCalledExactlyOnceWith(device);
});

test.each<readonly [string, object]>([
  ['holds what its element can not', { MinDevicePasswordLength: 'four' }],
  [
    'can not even be read',
    {
      get DevicePasswordEnabled(): boolean {
        throw new Error('no');
      },
    },
  ],
])('a policy that %s is corrupt', async (_what, document) => {
  expect(await determined(() => document)).toEqual({ kind: 'Corrupt' });
});

test('a source that throws or rejects is unavailable', async () => {
  const fails = () => {
    throw new Error('down');
  };
  expect(determined(fails)).toEqual({ kind: 'Unavailable' });
  expect(await determined(async () => fails())).toEqual({ kind: 'Unavailable' });
});

test('a policy that could be written, of which there is no revision all the same, is unavailable and not corrupt', async () => {
  const digest = vi.spyOn(crypto.subtle, 'digest').mockRejectedValueOnce(new Error('down'));
  expect(await determined(() => ({ DevicePasswordEnabled: true }))).toEqual({ kind: 'Unavailable' });
  digest.mockRestore();
});
