import fc from 'fast-check';
import { expect, test } from 'vitest';
import { start } from '../../machines/index.js';
import { deviceReport, deviceSummary } from '../../src/admin/device-report.js';
import type { DeviceView } from '../../src/server/administration.js';
import { anyIssuedKey, anyView, settledDevice } from './support/views.js';

const stranger: DeviceView = {
  user: 'anna',
  deviceId: 'd1',
  state: start('server'),
  information: null,
  keyIssuedAt: null,
  wiped: null,
  wipe: null,
  seen: null,
};

test('it is total, and every time in it is ISO 8601 or null', () => {
  const isTime = (text: unknown) => text === null || new Date(String(text)).toISOString() === text;
  fc.assert(
    fc.property(anyView, fc.oneof(fc.integer(), fc.double()), (view, now) => {
      const { keyIssuedAt, lastSeen, wipe, history } = deviceReport(view, now);
      const { scope: _scope, progress: _progress, ...times } = wipe ?? {};
      expect(
        [keyIssuedAt, lastSeen, ...Object.values(times), ...history.map(({ at }) => at)].filter(
          (time) => !isTime(time),
        ),
      ).toEqual([]);
    }),
  );
});

test('what was never issued, seen or ordered is null', () => {
  expect(deviceReport(stranger, 0)).toMatchObject({
    state: 'Unprovisioned',
    policyKey: null,
    policyRevision: null,
    keyIssuedAt: null,
    keyAge: null,
    lastSeen: null,
    wiped: null,
    deviceType: null,
    protocolVersion: null,
    information: null,
    wipe: null,
    history: [],
  });
});

test('a key is shown by its end, four digits at most and never more than half of it', () => {
  fc.assert(
    fc.property(anyIssuedKey, (policyKey) => {
      const state = { name: 'Provisioned', context: { ...start('server').context, policyKey } } as const;
      const shown = deviceSummary({ ...stranger, state }, 0).policyKey ?? '';
      expect(shown[0]).toBe('…');
      expect(shown.length - 1).toBeLessThanOrEqual(Math.min(4, policyKey.length / 2));
      expect(policyKey.endsWith(shown.slice(1))).toBe(true);
    }),
  );
});

test.each([
  ['4101112131', '…2131'],
  ['1234567', '…567'],
  ['1234', '…34'],
  ['7', '…'],
])('the key %s is shown as %s', (policyKey, shown) => {
  const state = { name: 'Provisioned', context: { ...start('server').context, policyKey } } as const;
  expect(deviceSummary({ ...stranger, state }, 0).policyKey).toBe(shown);
});

test('a clock that was set back makes no key younger than new', () => {
  expect(deviceSummary(settledDevice, 0).keyAge).toBe(0);
});

test('a wipe is shown with all its times', () => {
  const wipe = {
    scope: 'account',
    orderedAt: 0,
    announcedAt: 1000,
    directedAt: 2000,
    failedAt: 3000,
    completedAt: null,
    refusedAt: null,
    progress: 'Failed',
  } as const;
  expect(deviceSummary({ ...stranger, wipe }, 0).wipe).toEqual({
    scope: 'account',
    progress: 'Failed',
    orderedAt: '1970-01-01T00:00:00.000Z',
    announcedAt: '1970-01-01T00:00:01.000Z',
    directedAt: '1970-01-01T00:00:02.000Z',
    failedAt: '1970-01-01T00:00:03.000Z',
    completedAt: null,
    refusedAt: null,
  });
});
