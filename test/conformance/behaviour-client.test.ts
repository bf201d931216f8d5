/** What a client does about an answer (MS-ASPROV 3.1.5.2), where no other test says it. */
import { describe, expect, test } from 'vitest';
import { createProvisioningClient } from '../../src/client/index.js';
import type { DeviceCapabilities } from '../../src/policy/index.js';
import { evaluatePolicy } from '../../src/policy/index.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import { world } from '../client/support/client.js';
import { policy, provisionReply } from '../client/support/peer.js';
import { live } from './life.js';

const policyType = 'MS-EAS-Provisioning-WBXML';
const wholeExchange = (key: number) => ['Provision initial', `Provision acknowledgment ${key} 1`];

describe('the Status of Provision: the client acts on it [R440]', () => {
  test('2: nothing is repeated as it was, the move is the client’s, and the next call asks afresh [R451 R498]', async () => {
    const { peer, options } = world({ misbehave: (_, n) => (n === 1 ? provisionReply({ status: 2 }) : undefined) });
    const client = createProvisioningClient(options);
    expect(await client.provision()).toMatchObject({
      kind: 'Refused',
      failure: { scope: 'Provision', status: 2 },
      explanation: { move: 'client' },
    });
    expect(peer.asked()).toEqual(['Provision initial']);
    expect(await client.provision()).toMatchObject({ kind: 'Provisioned' });
    expect(peer.asked().slice(1)).toEqual(wholeExchange(101));
  });

  test('3: it is tried again, later each time [R454 R505]', async () => {
    const busy = provisionReply({ status: 3 });
    const { peer, clock, options } = world({ misbehave: (_, n) => (n <= 2 ? busy : undefined) });
    expect(await createProvisioningClient(options).provision()).toMatchObject({ kind: 'Provisioned' });
    expect(peer.asked()).toEqual(['Provision initial', 'Provision initial', ...wholeExchange(101)]);
    expect(clock.slept).toEqual([1000, 2000]);
  });

  test('145: an administrator has to see to it, or the policy is applied in a new exchange [R463 R464]', async () => {
    const applied: unknown[] = [];
    const { peer, options } = world(
      { misbehave: (_, n) => (n === 2 ? provisionReply({ status: 145 }) : undefined) },
      { applyPolicy: (document) => (applied.push(document) === 1 ? 4 : 1) },
    );
    const client = createProvisioningClient(options);
    expect(await client.provision()).toMatchObject({
      kind: 'Refused',
      explanation: { code: 'Provision 145', move: 'administrator' },
    });
    expect(await client.provision()).toMatchObject({ kind: 'Provisioned' });
    expect(peer.asked()).toEqual(['Provision initial', 'Provision acknowledgment 101 4', ...wholeExchange(102)]);
    expect(applied).toEqual([policy, policy]);
  });
});

describe('the Status of Policy: the client acts on it [R465]', () => {
  const refusal = (status: number) => provisionReply({ status: 1, policies: [{ policyType, status }] });

  test('3: the next try is of the type that the version has, and no other is ever asked for [R472 R503]', async () => {
    const { peer, options } = world({ misbehave: (_, n) => (n === 1 ? refusal(3) : undefined) });
    const client = createProvisioningClient(options);
    expect(await client.provision()).toMatchObject({ kind: 'Refused', failure: { scope: 'Policy', status: 3 } });
    expect(await client.provision()).toMatchObject({ kind: 'Provisioned' });
    const asked = peer.received.map(({ message }) => message?.policies?.map((each) => each.policyType));
    expect(asked).toEqual([[policyType], [policyType], [policyType]]);
  });

  test('4: nothing is tried again, an administrator has to see to it [R474]', async () => {
    const { peer, options } = world({ misbehave: () => refusal(4) });
    expect(await createProvisioningClient(options).provision()).toMatchObject({
      kind: 'Refused',
      explanation: { code: 'Policy 4', move: 'administrator' },
    });
    expect(peer.asked()).toEqual(['Provision initial']);
  });
});

describe('a device that is not able to do everything', () => {
  const acknowledged = async (set: EASProvisionDoc, capabilities: DeviceCapabilities) => {
    const applyPolicy = (document: unknown) => evaluatePolicy(document as EASProvisionDoc, capabilities).status;
    const { peer, options } = world({ policy: set }, { applyPolicy });
    await createProvisioningClient(options).provision();
    return peer.asked()[1];
  };

  test('acknowledges settings about what it lacks as enforced [R764]', async () => {
    const set = { DevicePasswordEnabled: true, AllowCamera: false, AllowWiFi: false };
    const able = { enforces: ['DevicePasswordEnabled'] } as const;
    expect(await acknowledged(set, { ...able, lacks: ['Camera', 'WiFi'] })).toBe('Provision acknowledgment 101 1');
    expect(await acknowledged(set, { ...able, lacks: ['Camera'] })).toBe('Provision acknowledgment 101 2');
  });

  test('passes over the rules for passwords where none is required [R629]', async () => {
    const rules = { MinDevicePasswordLength: 8, AlphanumericDevicePasswordRequired: true };
    for (const gate of [{}, { DevicePasswordEnabled: false }]) {
      expect(await acknowledged({ ...gate, ...rules }, { enforces: [] })).toBe('Provision acknowledgment 101 1');
    }
    expect(await acknowledged({ DevicePasswordEnabled: true, ...rules }, { enforces: [] })).toBe(
      'Provision acknowledgment 101 3',
    );
  });
});

describe('what the device is given, to the letter', () => {
  test('the lists of applications, entries it has to skip among them [R190 R191 R197 R198 R237 R238 R406 R407]', async () => {
    const lists = {
      UnapprovedInROMApplicationList: ['rom.exe', 'installed.exe', 'rom.exe'],
      ApprovedApplicationList: ['2jmj7l5rSw0yVb/vlWAYkK/YBwk=', '2jmj7l5rSw0yVb/vlWAYkK/YBwk='],
    };
    const { applied } = await live('14.1', { policy: lists });
    expect(applied).toEqual([lists]);
  });

  test('a setting that is unset, as such and not as absent or 0 [R492]', async () => {
    const unset = { MinDevicePasswordLength: null, DevicePasswordHistory: 0 };
    const { applied } = await live('14.1', { policy: unset });
    expect(applied).toEqual([unset]);
  });
});
