import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readProvisionRequest, writeProvisionRequest } from '../../src/codec/provision-request.js';
import type { Element } from '../../src/protocol/element.js';
import { anyElement } from '../support/arbitraries/element.js';
import { fromHex } from '../support/hex.js';

function provision(tag: string, content: Element['content'] = null): Element {
  return { name: `Provision:${tag}`, content };
}

function settings(tag: string, content: Element['content'] = null): Element {
  return { name: `Settings:${tag}`, content };
}

function request(...children: readonly Element[]): Element {
  return provision('Provision', children);
}

/** A request with one Policy. */
function policy(...children: readonly Element[]): Element {
  return request(provision('Policies', [provision('Policy', children)]));
}

/** What every refusal has to say: a sentence, whichever it is. */
const sentence = expect.stringMatching(/^[A-Z].*\.$/);

function fault(root: Element) {
  const read = readProvisionRequest(root);
  if (read.ok) return null;
  expect(read.error.message).toEqual(sentence);
  return { code: read.error.code, path: read.error.path };
}

const policyType = provision('PolicyType', 'MS-EAS-Provisioning-WBXML');
const policyKey = provision('PolicyKey', '42');
const status = provision('Status', '1');
const acknowledgment = { policies: [{ policyType: 'MS-EAS-Provisioning-WBXML', policyKey: '42', status: 1 }] };

test('any tree is answered without throwing, and what is read can be written and read again', () => {
  fc.assert(
    fc.property(fc.array(anyElement, { maxLength: 4 }), (children) => {
      const read = readProvisionRequest(request(...children));
      if (read.ok) expect(readProvisionRequest(writeProvisionRequest(read.value)).ok).toBe(true);
      else
        expect(read.error).toEqual({
          code: 'ERR_PROVISION_SHAPE',
          path: expect.stringMatching(/^Provision/),
          message: sentence,
        });
    }),
    { numRuns: 500 },
  );
});

describe('tolerated', () => {
  test.each([
    ['PolicyType last', [policyKey, status, policyType]],
    ['PolicyType in between', [policyKey, policyType, status]],
    [
      'blanks',
      [
        provision('PolicyType', '\r\n MS-EAS-Provisioning-WBXML '),
        provision('PolicyKey', ' 42 '),
        provision('Status', ' 1'),
      ],
    ],
    ['opaque text', [policyType, provision('PolicyKey', fromHex('34 32')), provision('Status', fromHex('31'))]],
    [
      'unknown elements',
      [provision('0x3F', [policyKey]), policyType, policyKey, { name: 'AirSync:Status', content: '7' }, status],
    ],
  ])('an acknowledgment with %s', (_, children) => {
    expect(readProvisionRequest(policy(...children))).toStrictEqual({ ok: true, value: acknowledgment });
  });

  test.each<[string, Element['content']]>([
    ['no content', null],
    ['content and nothing inside', []],
    ['an empty inline string', ''],
    ['blanks', '\r\n'],
    ['no opaque bytes', new Uint8Array()],
  ])('empty containers with %s', (_, content) => {
    expect(readProvisionRequest(provision('Provision', content))).toStrictEqual({ ok: true, value: {} });
    expect(readProvisionRequest(request(provision('Policies', content)))).toStrictEqual({
      ok: true,
      value: { policies: [] },
    });
    expect(readProvisionRequest(request(provision('RemoteWipe', content)))).toStrictEqual({
      ok: true,
      value: { remoteWipe: {} },
    });
    expect(readProvisionRequest(request(settings('DeviceInformation', content)))).toStrictEqual({
      ok: true,
      value: { deviceInformation: {} },
    });
  });

  test('a Status beside RemoteWipe, and one in a Policy before it (iOS 5)', () => {
    const wipe = provision('RemoteWipe', [provision('Status', '2')]);
    expect(readProvisionRequest(request(status, wipe))).toStrictEqual({
      ok: true,
      value: { remoteWipe: { status: 2 } },
    });
    const mixed = request(provision('Policies', [provision('Policy', [status])]), wipe);
    expect(readProvisionRequest(mixed)).toStrictEqual({
      ok: true,
      value: { policies: [{ status: 1 }], remoteWipe: { status: 2 } },
    });
  });

  test('more than one Policy, a Policy without anything, DeviceInformation last', () => {
    const root = request(
      provision('Policies', [provision('Policy'), provision('0x3F'), provision('Policy', [policyType])]),
      settings('DeviceInformation', [settings('Set', [settings('OS', ' Android '), settings('Model', 'Pixel')])]),
    );
    expect(readProvisionRequest(root)).toStrictEqual({
      ok: true,
      value: {
        deviceInformation: { Model: 'Pixel', OS: ' Android ' },
        policies: [{}, { policyType: 'MS-EAS-Provisioning-WBXML' }],
      },
    });
  });

  test.each(['', 'one', '-1', '1.0', '9007199254740993'])('a Status of %j, as NaN', (text) => {
    expect(readProvisionRequest(policy(provision('Status', text)))).toStrictEqual({
      ok: true,
      value: { policies: [{ status: Number.NaN }] },
    });
  });
});

describe('refused', () => {
  test.each<[string, Element, string]>([
    ['another root', provision('Policies'), 'Policies'],
    ['a Policy outside Policies (S03_TC03)', request(provision('Policy', [policyType])), 'Provision/Policy'],
    ['a PolicyType outside a Policy', request(provision('Policies', [policyType])), 'Provision/Policies/PolicyType'],
    ['Policies in a Policy', policy(provision('Policies')), 'Provision/Policies/Policy[1]/Policies'],
    [
      'DeviceInformation in Policies',
      request(provision('Policies', [settings('DeviceInformation')])),
      'Provision/Policies/DeviceInformation',
    ],
    ['a directive in a Policy', policy(provision('RemoteWipe')), 'Provision/Policies/Policy[1]/RemoteWipe'],
    [
      'an account-only directive in a Policy',
      policy(provision('AccountOnlyRemoteWipe')),
      'Provision/Policies/Policy[1]/AccountOnlyRemoteWipe',
    ],
    ['a Set outside DeviceInformation', request(settings('Set')), 'Provision/Set'],
    ['Data outside a Policy', request(provision('Data')), 'Provision/Data'],
    ['the root in itself', request(provision('Provision')), 'Provision/Provision'],
    ['a PolicyKey in a wipe answer', request(provision('RemoteWipe', [policyKey])), 'Provision/RemoteWipe/PolicyKey'],
    ['Policies twice', request(provision('Policies'), provision('Policies')), 'Provision/Policies'],
    ['PolicyType twice', policy(policyType, policyType), 'Provision/Policies/Policy[1]/PolicyType'],
    ['PolicyKey twice', policy(policyKey, policyKey), 'Provision/Policies/Policy[1]/PolicyKey'],
    ['Status twice', policy(policyKey, status, status), 'Provision/Policies/Policy[1]/Status'],
    [
      'Status twice in a wipe answer',
      request(provision('RemoteWipe', [status, status])),
      'Provision/RemoteWipe/Status',
    ],
    [
      'DeviceInformation twice',
      request(settings('DeviceInformation'), settings('DeviceInformation')),
      'Provision/DeviceInformation',
    ],
    [
      'Model twice',
      request(settings('DeviceInformation', [settings('Set', [settings('Model', 'a'), settings('Model', 'b')])])),
      'Provision/DeviceInformation/Set/Model',
    ],
    ['PolicyKey behind Status (R311)', policy(policyType, status, policyKey), 'Provision/Policies/Policy[1]/Status'],
    ['Status first, PolicyKey behind it', policy(status, policyKey), 'Provision/Policies/Policy[1]/Status'],
    ['text for elements', provision('Provision', 'x'), 'Provision'],
    ['text for a Policy', request(provision('Policies', [provision('Policy', 'x')])), 'Provision/Policies/Policy[1]'],
    ['elements for text', policy(provision('PolicyType', [status])), 'Provision/Policies/Policy[1]/PolicyType'],
    ['bytes for text', policy(provision('PolicyKey', fromHex('FF FE'))), 'Provision/Policies/Policy[1]/PolicyKey'],
  ])('%s', (_, root, path) => {
    expect(fault(root)).toEqual({ code: 'ERR_PROVISION_SHAPE', path });
  });

  test.each(['constructor', '__proto__', '', ':'])('the root %j', (name) => {
    expect(fault({ name, content: [policyType] })).toMatchObject({ code: 'ERR_PROVISION_SHAPE' });
  });
});

describe('written', () => {
  test('DeviceInformation first, then Policies, then the answers; PolicyType, PolicyKey, Status', () => {
    const message = {
      accountOnlyRemoteWipe: { status: 2 },
      remoteWipe: {},
      policies: [{ status: 1, policyKey: '42', policyType: 'MS-EAS-Provisioning-WBXML' }],
      deviceInformation: { OS: 'Android', Model: 'Pixel' },
    };
    expect(writeProvisionRequest(message)).toEqual(
      request(
        settings('DeviceInformation', [settings('Set', [settings('Model', 'Pixel'), settings('OS', 'Android')])]),
        provision('Policies', [provision('Policy', [policyType, policyKey, status])]),
        provision('RemoteWipe'),
        provision('AccountOnlyRemoteWipe', [provision('Status', '2')]),
      ),
    );
  });
});
