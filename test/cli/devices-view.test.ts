import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceReport } from '../../src/admin/device-report.js';
import { deviceLines, deviceTable } from '../../src/cli/devices-view.js';
import { lookOf } from '../../src/cli/look.js';
import { anyView, settledDevice } from '../admin/support/views.js';

const plain = lookOf({ isFancy: false, columns: 100 });
const noon = Date.UTC(2026, 10, 21, 12);

test('a table has one line for each device under its heading, in columns', () => {
  const report = deviceReport(settledDevice, noon);
  const wiped = {
    ...report,
    user: 'bo',
    deviceId: 'D2',
    policyKey: null,
    keyAge: null,
    wiped: 'device',
    lastSeen: null,
  };
  const lost = { user: 'bo', deviceId: 'D3\n' };
  expect(deviceTable({ devices: [report, wiped], unreadable: [lost] }, plain)).toEqual([
    'user  device    state        key     age   policy            last seen             wipe',
    'anna  A1B2C3D4  Provisioned  ..2131  51 d  5f2b8c01d4e97a36  2026-11-21T12:00:00Z',
    'bo    D2        Provisioned                5f2b8c01d4e97a36                        device: Completed',
    'bo    D3?       unreadable',
  ]);
  expect(deviceTable({ devices: [], unreadable: [lost] }, plain)).toHaveLength(2);
  expect(deviceTable({ devices: [], unreadable: [] }, plain)).toEqual(['no devices']);
});

test('a device is shown with all that is known of it, and nothing else', () => {
  const wipe = {
    scope: 'device',
    progress: 'Announced',
    orderedAt: '2026-11-21T11:00:00.000Z',
    announcedAt: null,
  } as const;
  expect(deviceLines({ ...deviceReport(settledDevice, noon), wipe }, plain)).toEqual([
    'Device A1B2C3D4 of anna',
    '  state      Provisioned',
    '  key        ..2131, 51 d',
    '  policy     5f2b8c01d4e97a36',
    '  last seen  2026-11-21T12:00:00Z, Tablet, 16.1',
    '  Model      Tablet 3',
    '  OS         Any 11',
    '  wipe       device: Announced',
    '  ordered    2026-11-21T11:00:00Z',
    '  history',
    '    2026-10-01T00:00:00Z  Provision       200  Acknowledging -> Provisioned  Provisioned',
  ]);
});

test('whatever is told, it is text without control characters; in plain ASCII if devices are', () => {
  fc.assert(
    fc.property(fc.array(anyView, { minLength: 1 }), fc.anything(), (views, anything) => {
      const reports = views.map((view) => deviceReport(view, noon));
      const lines = [
        deviceTable({ devices: reports }, plain),
        ...reports.map((report) => deviceLines(report, plain)),
      ].flat();
      expect(lines.filter((line) => /\p{Cc}|…/u.test(line))).toEqual([]);
      expect(() => [
        deviceTable(anything, plain),
        deviceLines(anything, plain),
        deviceTable({ devices: anything, unreadable: anything }, plain),
        deviceTable({ devices: [anything], unreadable: [anything] }, plain),
      ]).not.toThrow();
    }),
  );
});
