import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceIdFor } from '../../src/cli/device.js';
import { isDeviceId } from '../../src/http/index.js';

test('every host and user is a device of its own, the same in every run', () => {
  const who = fc.tuple(fc.string(), fc.string());
  fc.assert(
    fc.property(who, who, ([user, host], [otherUser, otherHost]) => {
      const id = deviceIdFor(user, host);
      expect(isDeviceId(id)).toBe(true);
      expect(deviceIdFor(user, host)).toBe(id);
      expect(deviceIdFor(otherUser, otherHost) === id).toBe(user === otherUser && host === otherHost);
    }),
  );
});
