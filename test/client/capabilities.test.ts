import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyingWith } from '../../src/client/capabilities.js';
import { createProvisioningClient } from '../../src/client/index.js';
import { wapPolicy } from '../../src/codec/xml/index.js';
import { type DeviceCapabilities, evaluatePolicy } from '../../src/policy/evaluate.js';
import { type EASProvisionDoc, policyElementNames } from '../../src/protocol/policy.js';
import { validPolicy } from '../support/arbitraries/policy.js';
import { world } from './support/client.js';
import { type Misbehavior, provisionReply, type Received } from './support/peer.js';

const anyCapabilities: fc.Arbitrary<DeviceCapabilities> = fc.record({
  enforces: fc.oneof(fc.constant('all' as const), fc.subarray([...policyElementNames])),
  managedByOthers: fc.boolean(),
});
const details = { policyKey: '7', protocolVersion: null };

describe('a device with capabilities instead of applyPolicy', () => {
  test('acknowledges what the evaluation says', async () => {
    await fc.assert(
      fc.asyncProperty(validPolicy, anyCapabilities, async (policy, capabilities) => {
        expect(await applyingWith(capabilities)(policy, details)).toBe(evaluatePolicy(policy, capabilities).status);
      }),
    );
  });

  test('and does so of a WAP document of 2.5', async () => {
    const carried = validPolicy.map((policy) => wapPolicy.encode(policy)).filter((text) => text.ok);
    await fc.assert(
      fc.asyncProperty(carried, anyCapabilities, async (text, capabilities) => {
        const read = text.ok ? wapPolicy.decode(text.value) : text;
        if (!text.ok || !read.ok) throw new Error('not carried');
        expect(await applyingWith(capabilities)(text.value, details)).toBe(
          evaluatePolicy(read.value as EASProvisionDoc, capabilities).status,
        );
      }),
    );
  });

  test('applies nothing of a document that cannot be read', async () => {
    for (const text of ['', '<a/>', '<wap-provisioningdoc>', '<!DOCTYPE a><a/>']) {
      expect(await applyingWith({ enforces: 'all' })(text, details), text).toBe(3);
    }
  });

  test.each([
    [{ enforces: 'all' }, 1, 'Provisioned'],
    [{ enforces: ['DevicePasswordEnabled'] }, 2, 'Refused'],
    [{ enforces: [] }, 3, 'Refused'],
    [{ enforces: 'all', managedByOthers: true }, 4, 'Refused'],
  ] as const)('%o tells the server %i', async (capabilities, status, kind) => {
    const { peer, options } = world();
    const { applyPolicy: _, ...rest } = options;
    expect(await createProvisioningClient({ ...rest, capabilities }).provision()).toMatchObject({ kind });
    expect(peer.asked().at(-1)).toBe(`Provision acknowledgment 101 ${status}`);
  });

  test('provisions in 2.5', async () => {
    const policyType = 'MS-WAP-Provisioning-XML';
    const text = wapPolicy.encode({ DevicePasswordEnabled: true, MinDevicePasswordLength: 6 });
    const misbehave = ({ message }: Received, n: number): Misbehavior | undefined => {
      const offer = n === 1 && text.ok ? { data: text.value } : {};
      return message
        ? provisionReply({ status: 1, policies: [{ policyType, status: 1, policyKey: String(n), ...offer }] })
        : undefined;
    };
    const { peer, options } = world({ misbehave }, { protocolVersion: '2.5' });
    const { applyPolicy: _, ...rest } = options;
    const client = createProvisioningClient({ ...rest, capabilities: { enforces: ['DevicePasswordEnabled'] } });
    expect(await client.provision()).toMatchObject({ kind: 'Provisioned', policyKey: '2' });
    expect(peer.asked().at(-1)).toBe('Provision acknowledgment 1 2');
  });
});
