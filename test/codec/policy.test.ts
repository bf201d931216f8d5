import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyDocument, readPolicy, writePolicy } from '../../src/codec/policy.js';
import { wbxml } from '../../src/codec/wbxml/index.js';
import type { Element } from '../../src/protocol/element.js';
import {
  carriedPolicy,
  type EASProvisionDoc,
  elementsOf,
  type PolicyElementName,
  policyElementNames,
  policyElements,
} from '../../src/protocol/policy.js';
import { versions } from '../../src/protocol/version.js';
import { anyElement } from '../support/arbitraries/element.js';
import { anyPolicy } from '../support/arbitraries/policy.js';
import { fromHex, toHex } from '../support/hex.js';

/** An EASProvisionDoc with these children. */
function document(...children: readonly (readonly [name: string, content: Element['content']])[]): Element {
  return {
    name: 'Provision:EASProvisionDoc',
    content: children.map(([name, content]) => ({ name: `Provision:${name}`, content })),
  };
}

/** What every refusal has to say: a sentence, whichever it is. */
const sentence = expect.stringMatching(/^[A-Z].*\.$/);

function fault(element: Element) {
  const read = readPolicy(element);
  if (read.ok) return null;
  expect(read.error.message).toEqual(sentence);
  return { code: read.error.code, path: read.error.path };
}

function bytesOf(policy: EASProvisionDoc): Uint8Array {
  const encoded = policyDocument.encode(policy);
  if (!encoded.ok) throw new Error(encoded.error.message);
  return encoded.value;
}

const scalars = policyElementNames.filter((name) => policyElements[name].kind.type !== 'list');
const lists = ['UnapprovedInROMApplicationList', 'ApprovedApplicationList'] as const;
const emptyForms: readonly (readonly [string, Element['content']])[] = [
  ['a tag without content', null],
  ['a tag with content and nothing inside', []],
  ['an empty inline string', ''],
  ['blanks', ' \r\n '],
  ['no opaque bytes', new Uint8Array()],
];

describe('a policy', () => {
  test('comes back from its element exactly: absent, empty, 0 and -1 stay apart (I16)', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(readPolicy(writePolicy(policy))).toStrictEqual({ ok: true, value: policy });
      }),
    );
  });

  test('comes back from its document exactly', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(policyDocument.decode(bytesOf(policy))).toStrictEqual({ ok: true, value: policy });
      }),
    );
  });

  test('reads the same in any order of its elements', () => {
    const shuffled = anyPolicy.chain((policy) => {
      const { content } = writePolicy({ ...policy, unknownElements: [] });
      return fc.tuple(
        fc.constant(policy),
        fc.shuffledSubarray(Array.isArray(content) ? content : [], { minLength: 0 }),
      );
    });
    fc.assert(
      fc.property(shuffled, ([policy, children]) => {
        const kept = children.map((child: Element) => child.name.slice('Provision:'.length) as PolicyElementName);
        const expected = Object.fromEntries(kept.map((name) => [name, policy[name]]));
        expect(readPolicy({ name: 'Provision:EASProvisionDoc', content: children })).toEqual({
          ok: true,
          value: expected,
        });
      }),
    );
  });

  test('has one document, whatever the order of its properties', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const reversed = Object.fromEntries(Object.entries(policy).reverse()) as EASProvisionDoc;
        expect(bytesOf(reversed)).toEqual(bytesOf(policy));
      }),
    );
  });

  test('and another have two documents', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (one, other) => {
        fc.pre(JSON.stringify(readPolicy(writePolicy(one))) !== JSON.stringify(readPolicy(writePolicy(other))));
        expect(bytesOf(one)).not.toEqual(bytesOf(other));
      }),
    );
  });

  test('written for a version is its projection, written', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...versions), (policy, version) => {
        expect(writePolicy(policy, version)).toEqual(writePolicy(carriedPolicy(policy, version)));
      }),
    );
  });

  test('written for a version holds nothing that the version lacks', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...versions), (policy, version) => {
        const { content } = writePolicy(policy, version);
        const names = Array.isArray(content) ? content.map((child: Element) => child.name) : [];
        const carried: readonly string[] = elementsOf(version).map((name) => `Provision:${name}`);
        expect(names.filter((name) => !carried.includes(name))).toEqual([]);
      }),
    );
  });
});

describe('reading', () => {
  test('answers any tree without throwing, and a policy read can be written', () => {
    fc.assert(
      fc.property(fc.array(anyElement, { maxLength: 4 }), (content) => {
        const read = readPolicy({ name: 'Provision:EASProvisionDoc', content });
        if (read.ok) expect(readPolicy(writePolicy(read.value))).toStrictEqual(read);
        else
          expect(read.error).toEqual({
            code: expect.stringMatching(/^ERR_POLICY_/),
            path: expect.any(String),
            message: sentence,
          });
      }),
    );
  });

  test('answers any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (body) => {
        const bytes = Uint8Array.from([0x03, 0x01, 0x6a, 0x00, 0x00, 0x0e, 0x4d, ...body, 0x01]);
        expect(typeof policyDocument.decode(bytes).ok).toBe('boolean');
      }),
    );
  });

  test.each(emptyForms)('takes %s for an empty element, whatever its type', (_, content) => {
    for (const name of scalars)
      expect(readPolicy(document([name, content]))).toEqual({ ok: true, value: { [name]: null } });
    for (const name of lists)
      expect(readPolicy(document([name, content]))).toEqual({ ok: true, value: { [name]: [] } });
  });

  test.each(emptyForms)('takes %s for a document without elements', (_, content) => {
    expect(readPolicy({ name: 'Provision:EASProvisionDoc', content })).toEqual({ ok: true, value: {} });
  });

  test.each<[string, Element['content'], EASProvisionDoc]>([
    ['MaxAttachmentSize', '-1', { MaxAttachmentSize: -1 }],
    ['MaxEmailBodyTruncationSize', '-1', { MaxEmailBodyTruncationSize: -1 }],
    ['MinDevicePasswordLength', '0', { MinDevicePasswordLength: 0 }],
    ['MinDevicePasswordLength', '99', { MinDevicePasswordLength: 99 }],
    ['DevicePasswordHistory', '0', { DevicePasswordHistory: 0 }],
    ['DevicePasswordHistory', '-0', { DevicePasswordHistory: 0 }],
    ['DevicePasswordHistory', '+007', { DevicePasswordHistory: 7 }],
    ['MaxInactivityTimeDeviceLock', '\r\n 900 ', { MaxInactivityTimeDeviceLock: 900 }],
    ['DevicePasswordEnabled', ' 1 ', { DevicePasswordEnabled: true }],
    ['AllowCamera', '0', { AllowCamera: false }],
    ['AllowCamera', fromHex('31'), { AllowCamera: true }],
    ['AllowBluetooth', '1', { AllowBluetooth: 1 }],
  ])('reads %s %j', (name, content, policy) => {
    expect(readPolicy(document([name, content]))).toStrictEqual({ ok: true, value: policy });
  });

  test.each([
    ['MinDevicePasswordLength', 'four'],
    ['MinDevicePasswordLength', '4.0'],
    ['MaxAttachmentSize', '1e3'],
    ['MaxAttachmentSize', '0x10'],
    ['MaxAttachmentSize', '9007199254740993'],
    ['MaxEmailBodyTruncationSize', '- 1'],
    ['AllowCamera', 'true'],
    ['AllowCamera', '2'],
    ['AllowCamera', '01'],
  ])('refuses %s %j', (name, text) => {
    expect(fault(document([name, text]))).toEqual({ code: 'ERR_POLICY_VALUE', path: `EASProvisionDoc/${name}` });
  });

  test.each([
    ['AllowCamera', '0 or 1'],
    ['MinDevicePasswordLength', 'integer'],
  ])('says what %s has to be: %s', (name, expected) => {
    const message = expect.stringContaining(expected);
    expect(readPolicy(document([name, 'yes']))).toMatchObject({ ok: false, error: { message } });
  });

  test('refuses a doubled element, the same value or not', () => {
    for (const name of policyElementNames) {
      expect(fault(document([name, null], ['AllowCamera0', '1'], [name, null]))).toEqual({
        code: 'ERR_POLICY_SHAPE',
        path: `EASProvisionDoc/${name}`,
      });
    }
  });

  test('refuses elements where text belongs and text where elements belong', () => {
    const child: Element = { name: 'Provision:Hash', content: '1' };
    for (const name of scalars) expect(fault(document([name, [child]]))).toMatchObject({ code: 'ERR_POLICY_SHAPE' });
    for (const name of lists) expect(fault(document([name, '1']))).toMatchObject({ code: 'ERR_POLICY_SHAPE' });
    expect(fault({ name: 'Provision:EASProvisionDoc', content: '1' })).toMatchObject({ code: 'ERR_POLICY_SHAPE' });
  });

  test.each([
    ['not UTF-8', 'FF'],
    ['cut UTF-8', 'E2 82'],
    ['a NUL', '31 00'],
  ])('refuses opaque bytes that are no text: %s', (_, hex) => {
    expect(fault(document(['AllowCamera', fromHex(hex)]))).toMatchObject({ code: 'ERR_POLICY_SHAPE' });
  });

  test.each(['Provision:Data', 'AirSync:EASProvisionDoc', 'constructor', ''])('refuses the root %j', (name) => {
    expect(fault({ name, content: null })).toEqual({ code: 'ERR_POLICY_SHAPE', path: 'EASProvisionDoc' });
  });

  test('keeps list entries as they are, in their order, and refuses strangers among them', () => {
    const entries = ['b.exe', 'a.exe', ' ', '', 'b.exe'];
    const content = entries.map((text) => ({ name: 'Provision:ApplicationName', content: text }));
    expect(readPolicy(document(['UnapprovedInROMApplicationList', content]))).toEqual({
      ok: true,
      value: { UnapprovedInROMApplicationList: entries },
    });
    expect(fault(document(['ApprovedApplicationList', content]))).toEqual({
      code: 'ERR_POLICY_SHAPE',
      path: 'EASProvisionDoc/ApprovedApplicationList/ApplicationName',
    });
  });

  test('keeps what no row names, in its order', () => {
    const policy = readPolicy(
      document(['0x3F', []], ['AllowCamera', '1'], ['DocumentBrowseEnabled', '1'], ['0x3F', '']),
    );
    expect(policy).toEqual({
      ok: true,
      value: {
        AllowCamera: true,
        unknownElements: [
          { name: 'Provision:0x3F', content: [] },
          { name: 'Provision:DocumentBrowseEnabled', content: '1' },
          { name: 'Provision:0x3F', content: '' },
        ],
      },
    });
  });
});

describe('the document', () => {
  test('is EASProvisionDoc in the order of the schema, empty elements without content', () => {
    const bytes = bytesOf({ MaxAttachmentSize: null, MinDevicePasswordLength: 4, DevicePasswordEnabled: true });
    expect(toHex(bytes)).toBe('03 01 6A 00 00 0E 4D 4E 03 31 00 01 54 03 34 00 01 17 01');
  });

  test('tells absent, empty, 0 and false apart', () => {
    const policies: readonly EASProvisionDoc[] = [
      {},
      { DevicePasswordExpiration: null },
      { DevicePasswordExpiration: 0 },
      { AllowCamera: null },
      { AllowCamera: false },
      { ApprovedApplicationList: [] },
      { ApprovedApplicationList: [''] },
    ];
    expect(new Set(policies.map((policy) => toHex(bytesOf(policy)))).size).toBe(policies.length);
  });

  test('carries legacy elements of old peers, which the wire codec only reads', () => {
    const policy: EASProvisionDoc = { unknownElements: [{ name: 'Provision:DocumentBrowseEnabled', content: '1' }] };
    expect(policyDocument.decode(bytesOf(policy))).toEqual({ ok: true, value: policy });
    expect(wbxml.encode(writePolicy(policy))).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_NAME' } });
  });

  test.each([
    [{ AllowCamera: 1 }, 'ERR_POLICY_VALUE'],
    [{ MaxAttachmentSize: Number.NaN }, 'ERR_POLICY_VALUE'],
    [{ AllowWifi: true }, 'ERR_POLICY_NAME'],
  ])('is not made of %o', (policy, code) => {
    expect(policyDocument.encode(policy as EASProvisionDoc)).toMatchObject({ ok: false, error: { code } });
  });

  test('is not read from another root, nor from bytes that are no WBXML', () => {
    expect(policyDocument.decode(fromHex('03 01 6A 00 00 0E 05'))).toMatchObject({
      error: { code: 'ERR_POLICY_SHAPE' },
    });
    expect(policyDocument.decode(fromHex('3C'))).toMatchObject({
      error: { code: expect.stringMatching(/^ERR_WBXML_/) },
    });
  });
});
