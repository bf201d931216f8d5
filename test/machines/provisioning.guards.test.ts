import { expect, test } from 'vitest';
import { cleanMemory, type Pending, type ProvisioningContext } from '../../machines/provisioning.context.js';
import type { ProvisioningEvent, ReprovisionReason } from '../../machines/provisioning.events.js';
import { guards, reasonOf } from '../../machines/provisioning.guards.js';
import { allFacts } from '../support/arbitraries/facts.js';

const device: Pending = { kind: 'Wipe', scope: 'device', status: null };
const policy: Pending = { kind: 'Policy', policy: {}, revision: 'r1', status: null };

test('a guard answers every fact in every memory, also in those that no exchange leads to', () => {
  const memories = [null, device, policy].flatMap((pending) => [memory({ pending }), memory({ pending, attempts: 9 })]);
  for (const guard of Object.values(guards))
    for (const context of memories) for (const event of allFacts) expect(guard(context, event)).toBeTypeOf('boolean');
});

test.each<[string, boolean, Partial<ProvisioningContext>, ProvisioningEvent]>([
  ['no answer', true, {}, failed('Network')],
  ['no answer in time', true, {}, failed('Timeout')],
  ['bytes that say nothing', false, {}, failed('Malformed')],
  ['the person gave up', false, {}, failed('Aborted')],
  ['a busy server', true, {}, rejected('Http', 503)],
  ['a wrong password', false, {}, rejected('Http', 401)],
  ['a server error in the body', true, {}, rejected('Provision', 3)],
  ['the same number about the policy', false, {}, rejected('Policy', 3)],
  ['a server that is busy, in the body', true, {}, rejected('Provision', 111)],
  ['the same number about the policy', false, {}, rejected('Policy', 111)],
  ['a protocol error', false, {}, rejected('Provision', 2)],
  ['the empty form refused', true, { reason: 'RemoteWipeRequested' }, rejected('Provision', 2)],
  ['that of the account too', true, { reason: 'AccountOnlyRemoteWipeRequested' }, rejected('Provision', 2)],
  ['asked for another reason', false, { reason: 'PolicyRefresh' }, rejected('Provision', 2)],
  ['the full form refused', false, { reason: 'RemoteWipeRequested', attempts: 1 }, rejected('Provision', 2)],
  ['its acknowledgment refused', false, { reason: 'RemoteWipeRequested', pending: device }, rejected('Provision', 2)],
  ['the empty form, for another reason', false, { reason: 'RemoteWipeRequested' }, rejected('Provision', 139)],
  ['the same number about the policy', false, { reason: 'RemoteWipeRequested' }, rejected('Policy', 2)],
  ['a fact that is no refusal', false, { reason: 'RemoteWipeRequested' }, { type: 'WipeNotDirected' }],
  ['patience at its end', false, { attempts: 3 }, failed('Network')],
  ['patience not quite at its end', true, { attempts: 2 }, failed('Network')],
])('whether to try once more: %s, %s', (_case, expected, remembered, event) => {
  expect(guards.canRetry(memory(remembered), event)).toBe(expected);
});

test.each<[string, Pending | null, ProvisioningEvent, boolean, boolean]>([
  ['done', device, wiped('device', 1), true, false],
  ['failed', device, wiped('device', 2), false, true],
  ['done, of another scope', device, wiped('account', 1), false, false],
  ['failed, of another scope', device, wiped('account', 2), false, false],
  ['failed after it was confirmed', { ...device, status: 1 }, wiped('device', 2), false, false],
  ['done, and said again', { ...device, status: 1 }, wiped('device', 1), true, false],
  ['nothing was directed', null, wiped('device', 1), false, false],
  ['a policy was offered', policy, wiped('device', 1), false, false],
  ['a fact of its scope and Status that is no answer', device, stray('device', 1), false, false],
  ['likewise of Status 2', device, stray('device', 2), false, false],
])('what the device says of the wipe: %s', (_case, pending, event, isWiped, isNotWiped) => {
  expect(guards.isWiped(memory({ pending }), event)).toBe(isWiped);
  expect(guards.isNotWiped(memory({ pending }), event)).toBe(isNotWiped);
});

test.each<[ProvisioningEvent, ReprovisionReason | null]>([
  [rejected('Provision', 140), 'RemoteWipeRequested'],
  [rejected('Provision', 142), 'DeviceNotProvisioned'],
  [rejected('Provision', 143), 'PolicyRefresh'],
  [rejected('Provision', 144), 'InvalidPolicyKey'],
  [rejected('Provision', 141), null],
  [rejected('Provision', 5), null],
  [rejected('Policy', 5), 'InvalidPolicyKey'],
  [rejected('Policy', 144), null],
  [rejected('Http', 449), 'Unspecified'],
  [rejected('Http', 403), null],
  [failed('Network'), null],
])('the demand hidden in a refusal: %j, %s', (event, reason) => {
  expect(reasonOf(event)).toBe(reason);
});

function memory(remembered: Partial<ProvisioningContext>): ProvisioningContext {
  return { role: 'client', limits: { attempts: 3, cycles: 3 }, ...cleanMemory, ...remembered };
}

function rejected(scope: 'Http' | 'Provision' | 'Policy', status: number): ProvisioningEvent {
  return { type: 'ProvisionRejected', scope, status };
}

function failed(fault: 'Network' | 'Timeout' | 'Malformed' | 'Aborted'): ProvisioningEvent {
  return { type: 'ExchangeFailed', fault };
}

function wiped(scope: 'device' | 'account', status: 1 | 2): ProvisioningEvent {
  return { type: 'WipeAcknowledged', scope, status };
}

/** What no type allows: a guard is asked about a fact of any name. */
function stray(scope: 'device' | 'account', status: 1 | 2): ProvisioningEvent {
  return { ...wiped(scope, status), type: 'WipeCompleted' } as ProvisioningEvent;
}
