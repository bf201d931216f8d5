import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resume, start } from '../../machines/index.js';
import type { DeviceChange } from '../../src/server/administration.js';
import { noteOn } from '../../src/server/note.js';
import type { ServerExchange } from '../../src/server/ports.js';
import { createSightings, maskedKey } from '../../src/server/sightings.js';

const unprovisioned = start('server');
const provisioned = resume('server', '4000000001', { revision: 'r1' });

/** A command that passed and changed nothing. */
const passed: ServerExchange = {
  ...noteOn({ method: 'POST' }),
  at: 1,
  user: 'user',
  deviceId: 'D1',
  deviceType: 'SP',
  command: 'FolderSync',
  protocolVersion: '14.1',
  httpStatus: 200,
  previous: provisioned,
  state: provisioned,
};
const one = { user: 'user', deviceId: 'D1' };
const another = { user: 'user', deviceId: 'D2' };
const order: DeviceChange = {
  at: 2,
  command: null,
  from: 'Provisioned',
  to: 'NeedsReprovision',
  events: ['WipeOrdered'],
  reason: null,
  httpStatus: null,
  policyKey: null,
};

describe('an exchange', () => {
  test('that changed nothing is when the device was last seen, and what it was', () => {
    const seen = createSightings(2);
    seen.note(passed);
    seen.note({ ...passed, at: 5, deviceType: 'Pad', protocolVersion: '16.1' });
    expect(seen.read(one)).toEqual({ lastSeen: 5, deviceType: 'Pad', protocolVersion: '16.1', history: [] });
  });

  test.each<[string, Partial<ServerExchange>, Partial<DeviceChange>]>([
    ['that was refused', { reason: 'AccessDenied', httpStatus: 403 }, { reason: 'AccessDenied', httpStatus: 403 }],
    [
      'that was refused before the agreement was looked at',
      { reason: 'BodyTooLarge', httpStatus: 413, previous: null, state: null },
      { reason: 'BodyTooLarge', httpStatus: 413, from: null, to: null, policyKey: null },
    ],
    ['in which something happened', { events: ['KeyRepeated'] }, { events: ['KeyRepeated'] }],
    ['that led elsewhere', { state: unprovisioned }, { from: 'Provisioned', to: 'Unprovisioned', policyKey: null }],
  ])('%s is a change', (_what, exchange, change) => {
    const seen = createSightings(2);
    seen.note({ ...passed, ...exchange });
    const usual = { at: 1, command: 'FolderSync', events: [], reason: null, httpStatus: 200, policyKey: '…0001' };
    expect(seen.read(one)?.history).toEqual([{ ...usual, from: 'Provisioned', to: 'Provisioned', ...change }]);
  });

  test.each<[string, Partial<ServerExchange>]>([
    ['a user', { user: null }],
    ['a device', { deviceId: null }],
    ['either', { user: null, deviceId: null }],
  ])('without %s leaves no trace, and takes the place of no device', (_what, exchange) => {
    const seen = createSightings(1);
    seen.note(passed);
    seen.note({ ...passed, at: 5, reason: 'BadCredentials', ...exchange });
    expect(seen.read(one)).toMatchObject({ lastSeen: 1, history: [] });
  });
});

describe('a device', () => {
  test('is the same whatever the case of its id', () => {
    const seen = createSightings(2);
    seen.note(passed);
    seen.change({ ...one, deviceId: 'd1' }, order);
    expect(seen.read(one)).toMatchObject({ lastSeen: 1, history: [order] });
  });

  test('that has not come, only orders for it, was never seen', () => {
    const seen = createSightings(2);
    seen.change(one, order);
    expect(seen.read(one)).toEqual({ lastSeen: null, deviceType: null, protocolVersion: null, history: [order] });
  });

  test('forgotten is as one that never came, and the others stay', () => {
    const seen = createSightings(2);
    seen.change(one, order);
    seen.change(another, order);
    seen.forget(one);
    expect([seen.read(one), seen.read(another)?.history]).toEqual([null, [order]]);
  });
});

describe('is bounded', () => {
  test('by the devices seen last, however they come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(fc.integer({ min: 0, max: 6 })), (limit, visits) => {
        const seen = createSightings(limit);
        for (const visit of visits) seen.note({ ...passed, deviceId: `D${visit}` });
        const last = [...new Set([...visits].reverse())].slice(0, limit);
        for (let n = 0; n <= 6; n++) {
          expect(seen.read({ user: 'user', deviceId: `D${n}` }) !== null).toBe(last.includes(n));
        }
      }),
    );
  });

  test.each([15, 16, 17, 40])('by 16 changes of each: the last of %d', (count) => {
    const seen = createSightings(1);
    const orders = Array.from({ length: count }, (_, at) => ({ ...order, at }));
    for (const each of orders) seen.change(one, each);
    expect(seen.read(one)?.history).toEqual(orders.slice(-16));
  });
});

test.each([
  [null, null],
  ['0', null],
  ['4', '…'],
  ['42', '…2'],
  ['12345', '…45'],
  ['1234567', '…567'],
  ['12345678', '…5678'],
  ['4294967295', '…7295'],
])('of the key %j there is told %j (I14)', (policyKey, told) => {
  expect(maskedKey(policyKey)).toBe(told);
});
