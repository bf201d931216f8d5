import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readProvisionResponse, writeProvisionResponse } from '../../src/codec/provision-response.js';
import type { Element } from '../../src/protocol/element.js';
import type { ProvisionResponseMessage } from '../../src/protocol/provision.js';
import { anyElement } from '../support/arbitraries/element.js';
import { fromHex } from '../support/hex.js';

function provision(tag: string, content: Element['content'] = null): Element {
  return { name: `Provision:${tag}`, content };
}

function settings(tag: string, content: Element['content'] = null): Element {
  return { name: `Settings:${tag}`, content };
}

function response(...children: readonly Element[]): Element {
  return provision('Provision', children);
}

/** A response with Status 1 and one Policy. */
function policy(...children: readonly Element[]): Element {
  return response(status, provision('Policies', [provision('Policy', children)]));
}

/** What every refusal has to say: a sentence, whichever it is. */
const sentence = expect.stringMatching(/^[A-Z].*\.$/);

function fault(root: Element) {
  const read = readProvisionResponse(root);
  if (read.ok) return null;
  expect(read.error.message).toEqual(sentence);
  return { code: read.error.code, path: read.error.path };
}

const status = provision('Status', '1');
const policyType = provision('PolicyType', 'MS-EAS-Provisioning-WBXML');
const policyKey = provision('PolicyKey', '42');
const document = provision('EASProvisionDoc', [provision('AllowCamera', '0')]);
const data = provision('Data', [document]);
const offered: ProvisionResponseMessage = {
  status: 1,
  policies: [{ policyType: 'MS-EAS-Provisioning-WBXML', status: 1, policyKey: '42', data: { AllowCamera: false } }],
};

test('any tree is answered without throwing, and what is read can be written and read again', () => {
  fc.assert(
    fc.property(fc.array(anyElement, { maxLength: 4 }), (children) => {
      const read = readProvisionResponse(response(...children));
      if (read.ok) expect(readProvisionResponse(writeProvisionResponse(read.value)).ok).toBe(true);
      else expect(read.error).toMatchObject({ path: expect.stringMatching(/^Provision/), message: sentence });
    }),
    { numRuns: 500 },
  );
});

test('any order of a Policy and of the Provision reads the same', () => {
  const information = settings('DeviceInformation', [settings('Status', '1')]);
  const orders = fc.tuple(
    fc.shuffledSubarray([policyType, status, policyKey, data], { minLength: 4 }),
    fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  );
  fc.assert(
    fc.property(orders, ([children, order]) => {
      const parts = [information, status, provision('Policies', [provision('Policy', children)])];
      expect(readProvisionResponse(response(...order.map((at) => parts[at]!)))).toEqual({
        ok: true,
        value: { ...offered, deviceInformationStatus: 1 },
      });
    }),
  );
});

describe('tolerated', () => {
  test.each<[string, Element, ProvisionResponseMessage]>([
    ['nothing at all', response(), {}],
    [
      'no Status (Tencent)',
      response(provision('Policies', [provision('Policy', [policyKey])])),
      { policies: [{ policyKey: '42' }] },
    ],
    ['no Policies', response(status), { status: 1 }],
    ['empty Policies', response(provision('Policies')), { policies: [] }],
    ['no PolicyType', policy(status, policyKey), { status: 1, policies: [{ status: 1, policyKey: '42' }] }],
    ['no PolicyKey', policy(provision('Status', '2')), { status: 1, policies: [{ status: 2 }] }],
    [
      'blanks around PolicyType (MS-ASPROV 4.1.3) and PolicyKey',
      policy(
        provision('PolicyType', '\r\n  MS-EAS-Provisioning-WBXML\r\n'),
        provision('PolicyKey', ' 42'),
        status,
        data,
      ),
      offered,
    ],
    [
      'opaque text',
      policy(policyType, provision('Status', fromHex('31')), provision('PolicyKey', fromHex('34 32')), data),
      offered,
    ],
    [
      'a key beside a refusal, as it stands (I18 is not judged here)',
      response(
        provision('Status', '3'),
        provision('Policies', [provision('Policy', [provision('Status', '5'), policyKey])]),
      ),
      { status: 3, policies: [{ status: 5, policyKey: '42' }] },
    ],
    [
      'a directive together with a policy',
      response(
        status,
        provision('Policies', [provision('Policy', [policyType, status, policyKey, data])]),
        provision('RemoteWipe'),
      ),
      { ...offered, remoteWipe: true },
    ],
    ['a directive with content', response(provision('RemoteWipe', [status])), { remoteWipe: true }],
    ['a directive with text', response(provision('AccountOnlyRemoteWipe', 'x')), { accountOnlyRemoteWipe: true }],
    [
      'unknown elements',
      response(provision('0x3F', [status]), status, { name: 'AirSync:Status', content: '9' }),
      { status: 1 },
    ],
    ['a Status that is no number, as NaN', response(provision('Status', 'OK')), { status: Number.NaN }],
    ['DeviceInformation without Status', response(settings('DeviceInformation'), status), { status: 1 }],
  ])('%s', (_, root, message) => {
    expect(readProvisionResponse(root)).toStrictEqual({ ok: true, value: message });
  });

  test.each<[string, Element['content'], unknown]>([
    ['an EASProvisionDoc', [document], { AllowCamera: false }],
    ['an empty EASProvisionDoc', [provision('EASProvisionDoc')], {}],
    ['an EASProvisionDoc among unknown elements', [provision('0x3F'), document], { AllowCamera: false }],
    ['WAP text, as it stands', ' <wap-provisioningdoc/>\n', ' <wap-provisioningdoc/>\n'],
    ['opaque WAP text', fromHex('3C 77 2F 3E'), '<w/>'],
    ['nothing', null, ''],
    ['content and nothing inside', [], ''],
  ])('Data with %s', (_, content, expected) => {
    expect(readProvisionResponse(policy(provision('Data', content)))).toStrictEqual({
      ok: true,
      value: { status: 1, policies: [{ data: expected }] },
    });
  });
});

describe('refused', () => {
  const at = 'Provision/Policies/Policy[1]';

  test.each<[string, Element, string]>([
    ['two Status', response(status, status), 'Provision/Status'],
    ['two Policies', response(provision('Policies'), provision('Policies')), 'Provision/Policies'],
    ['two keys', policy(policyKey, policyKey), `${at}/PolicyKey`],
    ['two Data', policy(data, data), `${at}/Data`],
    ['two documents', policy(provision('Data', [document, document])), `${at}/Data/EASProvisionDoc`],
    ['a Policy outside Policies', response(status, provision('Policy', [policyKey])), 'Provision/Policy'],
    ['a document outside Data', policy(document), `${at}/EASProvisionDoc`],
    ['Data without a document', policy(provision('Data', [provision('0x3F')])), `${at}/Data`],
    ['Data that is neither text nor elements', policy(provision('Data', fromHex('FF'))), `${at}/Data`],
    ['elements for a Status', response(provision('Status', [status])), 'Provision/Status'],
  ])('%s', (_, root, path) => {
    expect(fault(root)).toEqual({ code: 'ERR_PROVISION_SHAPE', path });
  });

  test.each([
    ['ERR_POLICY_VALUE', [provision('AllowCamera', 'no')], 'AllowCamera'],
    ['ERR_POLICY_SHAPE', [provision('AllowCamera'), provision('AllowCamera')], 'AllowCamera'],
  ])('a policy with %s, at its place in the message', (code, content, element) => {
    expect(fault(policy(provision('Data', [provision('EASProvisionDoc', content)])))).toEqual({
      code,
      path: `${at}/Data/EASProvisionDoc/${element}`,
    });
  });
});

describe('written', () => {
  test('in the order of the schema (MS-ASPROV 6.3)', () => {
    const message: ProvisionResponseMessage = {
      accountOnlyRemoteWipe: true,
      remoteWipe: true,
      policies: [{ data: { AllowCamera: false }, policyKey: '42', status: 1, policyType: 'MS-EAS-Provisioning-WBXML' }],
      status: 1,
      deviceInformationStatus: 1,
    };
    expect(writeProvisionResponse(message)).toEqual(
      response(
        settings('DeviceInformation', [settings('Status', '1')]),
        status,
        provision('Policies', [provision('Policy', [policyType, status, policyKey, data])]),
        provision('RemoteWipe'),
        provision('AccountOnlyRemoteWipe'),
      ),
    );
  });

  test('a WAP document is one inline string', () => {
    const { content } = writeProvisionResponse({ policies: [{ data: '<wap-provisioningdoc/>' }] });
    expect(content).toEqual([
      provision('Policies', [provision('Policy', [provision('Data', '<wap-provisioningdoc/>')])]),
    ]);
  });
});
