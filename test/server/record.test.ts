import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits, RECORD_VERSION, resume, save, step } from '../../machines/index.js';
import {
  type Deadline,
  type DeviceRecord,
  formatRecord,
  identityOf,
  parseRecord,
  recordKey,
  unknownDevice,
} from '../../src/server/record.js';
import { reachable } from '../support/reachable.js';

const states = reachable('server').map(({ name, context }) => ({
  name,
  context: { ...context, limits: defaultLimits.server },
}));
const key = fc.constantFrom('0', '11', '22', '33');
const deadline: fc.Arbitrary<Deadline> = fc.record({
  at: fc
    .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
    .filter((at) => !Object.is(at, -0)),
  event: fc.oneof(
    key.map((policyKey) => ({ type: 'OfferExpired', policyKey }) as const),
    key.map((policyKey) => ({ type: 'ReprovisionRequired', policyKey, reason: 'PolicyRefresh' }) as const),
    fc.constantFrom('r1', 'r2').map((revision) => ({ type: 'PolicyDetermined', revision }) as const),
  ),
});
const time = fc.option(fc.maxSafeNat());
const records: fc.Arbitrary<DeviceRecord> = fc.record({
  state: fc.constantFrom(...states),
  deadlines: fc.array(deadline, { maxLength: 4 }),
  wiped: fc.constantFrom(null, 'device', 'account'),
  wipe: fc.option(
    fc.record({
      scope: fc.constantFrom('device', 'account'),
      orderedAt: fc.maxSafeNat(),
      announcedAt: time,
      directedAt: time,
      failedAt: time,
      completedAt: time,
      refusedAt: time,
    }),
  ),
  keyIssuedAt: time,
  information: fc.option(
    fc.record({ Model: fc.string(), IMEI: fc.string(), FriendlyName: fc.string() }, { requiredKeys: [] }),
  ),
});

describe('a record and its text', () => {
  test('what is written is read again, but for deadlines of a key that is not in force', () => {
    fc.assert(
      fc.property(records, (record) => {
        const { name, context } = record.state;
        const deadlines = record.deadlines.filter(({ event }) =>
          event.type === 'PolicyDetermined'
            ? name === 'Provisioned' && event.revision !== context.revision
            : event.policyKey === context.policyKey,
        );
        const keyIssuedAt = name === 'Provisioned' ? record.keyIssuedAt : null;
        expect(parseRecord(formatRecord(record))).toEqual({ ...record, deadlines, keyIssuedAt });
      }),
    );
  });

  test('a stranger is a record like any other', () => {
    expect(parseRecord(formatRecord(unknownDevice))).toEqual(unknownDevice);
    expect(unknownDevice).toMatchObject({ state: { name: 'Unprovisioned' }, deadlines: [], wiped: null });
  });

  test('what is not there takes no room', () => {
    const state = resume('server', '11', { revision: 'r1' });
    const expired = { at: 1, event: { type: 'OfferExpired', policyKey: '22' } } as const;
    for (const record of [unknownDevice, { ...unknownDevice, state }, { ...unknownDevice, deadlines: [expired] }]) {
      expect(JSON.parse(formatRecord(record))).toEqual({ machine: save(record.state) });
    }
  });

  test('a provisioned device takes less than 130 bytes, whatever its key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffff_ffff }), (number) => {
        const state = resume('server', String(number), { revision: '0123456789abcdef' });
        expect(formatRecord({ ...unknownDevice, state }).length).toBeLessThan(130);
      }),
    );
  });

  test('an agreement made step by step is as small, once a command has passed', () => {
    const offer = { type: 'PolicyOffered', policyKey: '4294967294', policy: {}, revision: '0123456789abcdef' } as const;
    const facts = [
      { type: 'PolicyRequested' },
      offer,
      { type: 'PolicyAcknowledged', policyKey: '4294967294', status: 1 },
      { type: 'PermanentKeyIssued', policyKey: '4294967295' },
      { type: 'CommandAdmitted', policyKey: '4294967295' },
    ] as const;
    const state = facts.reduce((current, fact) => step(current, fact)[0], unknownDevice.state);
    expect(state.name).toBe('Provisioned');
    expect(formatRecord({ ...unknownDevice, state }).length).toBeLessThan(130);
  });
});

describe('junk is no record, and never throws', () => {
  test('a text that is read is read again as the same', () => {
    const mutated = fc.tuple(records.map(formatRecord), fc.nat(), fc.string({ maxLength: 3 }), fc.nat(4));
    const junk = fc.oneof(
      fc.string(),
      fc.json(),
      mutated.map(([text, at, with_, cut]) => {
        const offset = at % (text.length + 1);
        return text.slice(0, offset) + with_ + text.slice(offset + cut);
      }),
    );
    fc.assert(
      fc.property(junk, (text) => {
        const record = parseRecord(text);
        if (record)
          expect(parseRecord(formatRecord(record))).toMatchObject({ state: record.state, wiped: record.wiped });
      }),
      { numRuns: 500 },
    );
  });

  const machine = { v: RECORD_VERSION, name: 'Unprovisioned', context: {} };
  const expiry = { at: 1, event: { type: 'OfferExpired', policyKey: '11' } };
  const times = { orderedAt: 1, announcedAt: 2, directedAt: 3, failedAt: 4, completedAt: 5, refusedAt: 6 };
  const wipe = { scope: 'device', ...times };
  test('the plainest record is none of it', () => {
    expect(parseRecord(JSON.stringify({ machine }))).toEqual(unknownDevice);
    expect(parseRecord(JSON.stringify({ machine, deadlines: [expiry] }))?.deadlines).toEqual([expiry]);
  });
  test('nor is the fullest, nor one of a wipe that was only ordered, nor one that says nothing of the device', () => {
    const deadlines = [
      expiry,
      { at: 2, event: { type: 'ReprovisionRequired', policyKey: '11', reason: 'PolicyRefresh' } },
      { at: 3, event: { type: 'PolicyDetermined', revision: 'r2' } },
    ];
    const full = { deadlines, wiped: 'device', wipe, information: { Model: 'M', IMEI: '1' }, keyIssuedAt: 7 };
    const { state } = unknownDevice;
    expect(parseRecord(JSON.stringify({ machine, ...full }))).toEqual({ state, ...full });
    const notYet = { announcedAt: null, directedAt: null, failedAt: null, completedAt: null, refusedAt: null };
    const ordered = { scope: 'account', orderedAt: 1, ...notYet };
    expect(parseRecord(JSON.stringify({ machine, wipe: ordered }))?.wipe).toEqual(ordered);
    expect(parseRecord(JSON.stringify({ machine, information: {} }))?.information).toEqual({});
  });
  const junk: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['half a record', formatRecord(unknownDevice).slice(0, -1)],
    ...Object.entries({
      null: null,
      'a list': [{ machine }],
      'no state': {},
      'a state of another machine': { machine: { ...machine, name: 'Idle' } },
      'a state of the future': { machine: { ...machine, v: RECORD_VERSION + 1 } },
      'deadlines that are no list': { machine, deadlines: {} },
      'deadlines of null': { machine, deadlines: null },
      'a deadline without a time': { machine, deadlines: [{ event: expiry.event }] },
      'a deadline at a time as text': { machine, deadlines: [{ ...expiry, at: '1' }] },
      'a deadline without a key': { machine, deadlines: [{ at: 1, event: { type: 'OfferExpired' } }] },
      'a deadline without a fact': { machine, deadlines: [{ at: 1 }] },
      'a deadline of null': { machine, deadlines: [null] },
      'a deadline that issues a key': {
        machine,
        deadlines: [{ at: 1, event: { type: 'PermanentKeyIssued', policyKey: '11' } }],
      },
      'a deadline that orders a wipe': {
        machine,
        deadlines: [{ at: 1, event: { type: 'ReprovisionRequired', policyKey: '0', reason: 'RemoteWipeRequested' } }],
      },
      'a deadline that issues a key for a refresh': {
        machine,
        deadlines: [{ at: 1, event: { type: 'PermanentKeyIssued', policyKey: '11', reason: 'PolicyRefresh' } }],
      },
      'a deadline of a policy without a revision': {
        machine,
        deadlines: [{ at: 1, event: { type: 'PolicyDetermined', policyKey: '11' } }],
      },
      'a deadline of a policy whose revision is a number': {
        machine,
        deadlines: [{ at: 1, event: { type: 'PolicyDetermined', revision: 1 } }],
      },
      'a wipe of something else': { machine, wiped: 'mailbox' },
      'a wipe that is a flag': { machine, wiped: true },
      'an order of a wipe that is a scope': { machine, wipe: 'device' },
      'an order of a wipe of something else': { machine, wipe: { ...wipe, scope: 'mailbox' } },
      'an order of a wipe without a scope': { machine, wipe: times },
      'an order of a wipe that was never given': { machine, wipe: { ...wipe, orderedAt: null } },
      'a key issued at a time as text': { machine, keyIssuedAt: '7' },
      'a key issued, and no more said': { machine, keyIssuedAt: true },
      'information that is text': { machine, information: 'Model' },
      'information that is a number alone': { machine, information: 7 },
      'information that is a list': { machine, information: [] },
      'information of no row': { machine, information: { Colour: 'red' } },
      'information of no row beside one that is': { machine, information: { Model: 'M', Colour: 'red' } },
      'information that every object has': { machine, information: { constructor: 'x' } },
      'information that is a number': { machine, information: { Model: 1 } },
    }).map(([what, value]) => [what, JSON.stringify(value)] as const),
    ...Object.keys(times).flatMap((time) => [
      [`a wipe that does not say ${time}`, JSON.stringify({ machine, wipe: { ...wipe, [time]: undefined } })] as const,
      [`a wipe with ${time} as text`, JSON.stringify({ machine, wipe: { ...wipe, [time]: '1' } })] as const,
    ]),
  ];
  test.each(junk)('%s', (_what, text) => {
    expect(parseRecord(text)).toBeNull();
  });
});

describe('the key of a device', () => {
  const users = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      '',
      'a/b',
      'a%2Fb',
      'A',
      'a',
      'ünïcode@example.test',
      'CORP\\user',
      '../..',
      '__proto__',
      'a\u0000b',
    ),
  );
  const deviceIds = fc.stringMatching(/^[A-Za-z0-9]{1,32}$/);
  const devices = fc.record({ user: users, deviceId: fc.oneof(deviceIds, fc.constantFrom('a', 'A', 'b')) });

  test('two devices have one key exactly when user and id are the same, letter case of the id aside', () => {
    fc.assert(
      fc.property(devices, devices, (one, other) => {
        const isSame = one.user === other.user && one.deviceId.toLowerCase() === other.deviceId.toLowerCase();
        expect(recordKey(one) === recordKey(other)).toBe(isSame);
        expect(recordKey({ ...one, deviceId: one.deviceId.toUpperCase() })).toBe(recordKey(one));
      }),
      { numRuns: 500 },
    );
  });

  test('leads back to the device, its id in lower case', () => {
    fc.assert(
      fc.property(devices, ({ user, deviceId }) => {
        fc.pre(user !== '');
        expect(identityOf(recordKey({ user, deviceId }))).toEqual({ user, deviceId: deviceId.toLowerCase() });
      }),
    );
  });

  test.each(['', 'dev1', '/dev1', '%/dev1', '%ff/dev1'])('%j is the key of no device', (key) => {
    expect(identityOf(key)).toBeNull();
  });

  test('no character of it breaks a database or a path', () => {
    fc.assert(
      fc.property(devices, (device) => {
        expect(recordKey(device)).toMatch(/^[A-Za-z0-9%._~!'()*-]*\/[a-z0-9]{1,32}$/);
      }),
    );
  });

  test.each([
    ['user@example.test', 'user%40example.test/dev1'],
    ['a', 'a/dev1'],
    ['a/b', 'a%2Fb/dev1'],
    ['a%2Fb', 'a%252Fb/dev1'],
    ['CORP\\user', 'CORP%5Cuser/dev1'],
    ['ü', '%C3%BC/dev1'],
  ])('%s', (user, expected) => {
    expect(recordKey({ user, deviceId: 'Dev1' })).toBe(expected);
    expect(identityOf(expected)).toEqual({ user, deviceId: 'dev1' });
  });
});
