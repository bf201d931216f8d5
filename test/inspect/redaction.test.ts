/** What leaves the host: no key, no policy, no password, whatever client and server are about. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import { credentials } from '../support/device.js';
import { createLink } from '../support/link.js';
import { policyB } from '../support/server.js';
import { recording } from './support/recording.js';

const key = fc.integer({ min: 1_000_000_000, max: 0xffff_ffff }).map(String);
const word = fc.stringMatching(/^[a-z]{12}$/);
const policy: fc.Arbitrary<EASProvisionDoc> = fc.record({
  MaxInactivityTimeDeviceLock: fc.integer({ min: 1_000_000, max: 9_999_999 }),
  UnapprovedInROMApplicationList: fc.array(word, { minLength: 1, maxLength: 15 }),
});
const reveal = fc.subarray(['policyKeys', 'policy'] as const);

test('no key minted and no value of a policy is in what a page is told, unless it is revealed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key, { minLength: 12, maxLength: 12 }),
      policy,
      reveal,
      async (keys, document, revealed) => {
        const { inspector, messages } = recording({ reveal: revealed });
        const left = [...keys];
        const link = createLink(
          { inspect: inspector.client('phone'), confirmWipe: () => true, wipe: () => {} },
          { inspect: inspector.server('server'), mintKey: () => left.shift() ?? '1' },
        );
        const device = { user: credentials.user, deviceId: 'DEVICE0001' };
        link.under.policy = document;
        await link.client.provision();
        link.under.policy = policyB;
        await link.client.run({ name: 'FolderSync', document: { name: 'FolderHierarchy:FolderSync', content: [] } });
        await link.under.server.devices.wipe(device, 'device');
        await link.client.provision();

        const text = JSON.stringify(messages);
        const minted = keys.slice(0, keys.length - left.length);
        expect(minted.length).toBeGreaterThan(3);
        for (const each of minted) expect(says(text, each)).toBe(revealed.includes('policyKeys'));
        const { MaxInactivityTimeDeviceLock: seconds, UnapprovedInROMApplicationList: programs = [] } = document;
        for (const value of [String(seconds), ...programs, 'MinDevicePasswordLength']) {
          expect(says(text, value)).toBe(revealed.includes('policy'));
        }
        expect(text).not.toContain(credentials.password);
      },
    ),
    { numRuns: 60 },
  );
});

/** As a number or word of its own: the digits of one stand within those of another. */
function says(text: string, value: string): boolean {
  return new RegExp(`(?<![0-9a-zA-Z])${value}(?![0-9a-zA-Z])`).test(text);
}
