/** Devices as the library may show them to its administration. */
import fc from 'fast-check';
import { start } from '../../../machines/index.js';
import { reprovisionReasons } from '../../../machines/provisioning.events.js';
import { stateNames } from '../../../machines/provisioning.step.js';
import { deviceInformationElements } from '../../../src/protocol/device-information.js';
import { versions } from '../../../src/protocol/version.js';
import type { DeviceView } from '../../../src/server/administration.js';
import { serverReasons } from '../../../src/server/reasons.js';
import { anyText } from '../../support/arbitraries/text.js';

/** A device that provisioned under the key 4101112131 on the first of October, and was seen at noon. */
export const settledDevice: DeviceView = {
  user: 'anna',
  deviceId: 'A1B2C3D4',
  state: {
    name: 'Provisioned',
    context: {
      ...start('server').context,
      policyKey: '4101112131',
      settledKey: '1617181920',
      revision: '5f2b8c01d4e97a36',
    },
  },
  information: { Model: 'Tablet 3', OS: 'Any 11' },
  keyIssuedAt: Date.UTC(2026, 9, 1),
  wiped: null,
  wipe: null,
  seen: {
    lastSeen: Date.UTC(2026, 10, 21, 12),
    deviceType: 'Tablet',
    protocolVersion: '16.1',
    history: [
      {
        at: Date.UTC(2026, 9, 1),
        command: 'Provision',
        from: 'Acknowledging',
        to: 'Provisioned',
        events: ['Provisioned'],
        reason: null,
        httpStatus: 200,
        policyKey: '…2131',
      },
    ],
  },
};

/** A key in any of its lengths. */
export const anyIssuedKey = fc
  .oneof(fc.integer({ min: 1, max: 0xffff_ffff }), fc.integer({ min: 1, max: 20_000 }))
  .map(String);

const anyTime = fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.double());
const perhaps = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
/** Without digits, so that no key stands in it by chance. */
const someText = anyText({ maxLength: 12 }).map((text) => text.replaceAll(/\d/g, 'x'));

const anyState = fc
  .record({
    name: fc.constantFrom(...stateNames),
    policyKey: fc.oneof(fc.constant('0'), anyIssuedKey),
    settledKey: perhaps(anyIssuedKey),
    revision: perhaps(fc.stringMatching(/^[a-f]{16}$/)),
    reason: perhaps(fc.constantFrom(...reprovisionReasons)),
    pending: perhaps(
      fc.constant({ kind: 'Policy', policy: { AllowCamera: false }, revision: 'abcdef', status: null } as const),
    ),
  })
  .map(({ name, ...memory }) => ({ name, context: { ...start('server').context, ...memory } }));

const anyChange = fc.record({
  at: anyTime,
  command: perhaps(fc.constantFrom('Provision', 'Sync')),
  from: perhaps(fc.constantFrom(...stateNames)),
  to: perhaps(fc.constantFrom(...stateNames)),
  events: fc.subarray(['PolicyOffered', 'Provisioned', 'KeyRepeated'] as const),
  reason: perhaps(fc.constantFrom(...(Object.keys(serverReasons) as (keyof typeof serverReasons)[]))),
  httpStatus: fc.constantFrom(null, 200, 403, 449),
  // Another than the library's own may forget to shorten it.
  policyKey: perhaps(anyIssuedKey),
});

const anyScope = fc.constantFrom('device', 'account');

const anyWipe = fc.record({
  scope: anyScope,
  orderedAt: anyTime,
  announcedAt: perhaps(anyTime),
  directedAt: perhaps(anyTime),
  failedAt: perhaps(anyTime),
  completedAt: perhaps(anyTime),
  refusedAt: perhaps(anyTime),
  progress: fc.constantFrom('Ordered', 'Announced', 'Directed', 'Failed', 'Completed', 'Undeliverable'),
});

export const anyView: fc.Arbitrary<DeviceView> = fc.record({
  user: fc.oneof(
    fc.constantFrom('anna', 'bob', 'a/b', 'ä ö', '%2e'),
    someText.filter((user) => !/^\.{0,2}$/.test(user) && !/\p{Surrogate}/u.test(user)),
  ),
  deviceId: fc.stringMatching(/^[A-Za-z]{1,32}$/),
  state: anyState,
  information: perhaps(
    fc
      .tuple(fc.subarray(Object.keys(deviceInformationElements)), someText)
      .map(([names, text]) => Object.fromEntries(names.map((name) => [name, text]))),
  ),
  keyIssuedAt: perhaps(anyTime),
  wiped: perhaps(anyScope),
  wipe: perhaps(anyWipe),
  seen: perhaps(
    fc.record({
      lastSeen: perhaps(anyTime),
      deviceType: perhaps(someText),
      protocolVersion: perhaps(fc.constantFrom(...versions)),
      history: fc.array(anyChange, { maxLength: 4 }),
    }),
  ),
});

/** Every full key that a view holds. */
export function keysOf({ state, seen }: DeviceView): readonly string[] {
  const { policyKey, settledKey } = state.context;
  return [policyKey, settledKey, ...(seen?.history ?? []).map((change) => change.policyKey)].filter(
    (key): key is string => key !== null && key !== '0',
  );
}
