import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  provisionRequest,
  provisionResponse,
  readProvisionRequest,
  readProvisionResponse,
  writeProvisionRequest,
  writeProvisionResponse,
} from '../../src/codec/provision.js';
import { wbxml } from '../../src/codec/wbxml/index.js';
import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../../src/protocol/provision.js';
import type { Coder } from '../../src/protocol/result.js';
import { provisionRequestMessage, provisionResponseMessage } from '../support/arbitraries/provision.js';
import { fromHex, toHex } from '../support/hex.js';
import { exchanges } from '../support/transcripts.js';
import { vectors } from './wbxml/vectors.js';

const policyType = 'MS-EAS-Provisioning-WBXML';

const requests: Readonly<Record<string, ProvisionRequestMessage>> = {
  'empty Provision': {},
  'initial request 12.0-14.0': { policies: [{ policyType }] },
  'initial request 14.1+': { deviceInformation: { Model: 'TestModel' }, policies: [{ policyType }] },
  'policy acknowledgment': { policies: [{ policyType, policyKey: '1307199584', status: 1 }] },
  'wipe acknowledgment': { remoteWipe: { status: 1 } },
};

const responses: Readonly<Record<string, ProvisionResponseMessage>> = {
  'initial response 14.1+': {
    deviceInformationStatus: 1,
    status: 1,
    policies: [
      {
        policyType,
        status: 1,
        policyKey: '1307199584',
        data: { DevicePasswordEnabled: true, MinDevicePasswordLength: 4, MaxAttachmentSize: null },
      },
    ],
  },
  'acknowledgment response': { status: 1, policies: [{ policyType, status: 1, policyKey: '3942919513' }] },
  'wipe directive': { status: 1, remoteWipe: true },
  'account-only wipe directive, 16.1': { status: 1, accountOnlyRemoteWipe: true },
  'Provision Status 139': { status: 139 },
};

function bytesOf<Message>(coder: Coder<Message, Uint8Array>, message: Message): Uint8Array {
  const encoded = coder.encode(message);
  if (!encoded.ok) throw new Error(`${encoded.error.code} ${encoded.error.path}`);
  return encoded.value;
}

/** What every refusal has to say: a sentence, whichever it is. */
const sentence = expect.stringMatching(/^[A-Z].*\.$/);

/** A status that is no number, or a legacy element among a policy's unknown ones: read, but not for sending. */
const unsendable = expect.stringMatching(/^ERR_(PROVISION_VALUE|WBXML_NAME)$/);

/** Bodies with one byte changed, and beginnings of bodies. */
function damaged<Message>(
  coder: Coder<Message, Uint8Array>,
  messages: fc.Arbitrary<Message>,
): fc.Arbitrary<Uint8Array> {
  return fc.tuple(messages, fc.nat(), fc.nat(255), fc.boolean()).map(([message, at, byte, cut]) => {
    const bytes = bytesOf(coder, message);
    const index = at % bytes.length;
    return cut ? bytes.subarray(0, index) : bytes.map((was, i) => (i === index ? byte : was));
  });
}

describe.each([
  ['request', provisionRequest as Coder<unknown, Uint8Array>, provisionRequestMessage],
  ['response', provisionResponse as Coder<unknown, Uint8Array>, provisionResponseMessage],
])('a %s', (_, coder, messages: fc.Arbitrary<unknown>) => {
  test('comes back from its bytes exactly', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(coder.decode(bytesOf(coder, message))).toStrictEqual({ ok: true, value: message });
      }),
    );
  });

  test('damaged is refused with a code, or is another that comes back or is refused', () => {
    fc.assert(
      fc.property(damaged(coder, messages), (bytes) => {
        const decoded = coder.decode(bytes);
        const encoded = decoded.ok ? coder.encode(decoded.value) : decoded;
        if (decoded.ok && encoded.ok) expect(coder.decode(encoded.value)).toStrictEqual(decoded);
        else if (decoded.ok) expect(encoded).toMatchObject({ error: { code: unsendable } });
        else {
          const code = expect.stringMatching(/^ERR_(WBXML|PROVISION|POLICY)_/);
          expect(decoded.error).toMatchObject({ code, message: expect.stringMatching(/\w/) });
        }
      }),
      { numRuns: 500 },
    );
  });

  test('of any bytes is answered without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (body, framed) => {
        const header = framed ? [0x03, 0x01, 0x6a, 0x00, 0x00, 0x0e, 0x45] : [];
        expect(typeof coder.decode(Uint8Array.from([...header, ...body])).ok).toBe('boolean');
      }),
    );
  });

  test('of another root is refused', () => {
    const folderSync = vectors['FolderSync Status 142']!.bytes;
    expect(coder.decode(folderSync)).toMatchObject({
      ok: false,
      error: { code: 'ERR_PROVISION_SHAPE', path: 'FolderSync' },
    });
  });

  test('of an element with content and nothing inside is the empty one', () => {
    expect(coder.decode(fromHex('03 01 6A 00 00 0E 45 01'))).toStrictEqual({ ok: true, value: {} });
  });
});

describe('the vectors', () => {
  test.each(Object.entries(requests))('%s', (name, message) => {
    const { bytes } = vectors[name]!;
    expect(provisionRequest.decode(bytes)).toStrictEqual({ ok: true, value: message });
    expect(toHex(bytesOf(provisionRequest, message))).toBe(toHex(bytes));
  });

  test.each(Object.entries(responses))('%s', (name, message) => {
    const { bytes } = vectors[name]!;
    expect(provisionResponse.decode(bytes)).toStrictEqual({ ok: true, value: message });
    expect(toHex(bytesOf(provisionResponse, message))).toBe(toHex(bytes));
  });
});

describe('the element level', () => {
  test('is what the bytes say', () => {
    fc.assert(
      fc.property(provisionRequestMessage, provisionResponseMessage, (request, response) => {
        expect(wbxml.encode(writeProvisionRequest(request))).toEqual(provisionRequest.encode(request));
        expect(wbxml.encode(writeProvisionResponse(response))).toEqual(provisionResponse.encode(response));
        expect(readProvisionRequest(writeProvisionRequest(request))).toStrictEqual({ ok: true, value: request });
        expect(readProvisionResponse(writeProvisionResponse(response))).toStrictEqual({ ok: true, value: response });
      }),
    );
  });
});

describe('what cannot be sent', () => {
  test.each<[ProvisionRequestMessage, string]>([
    [{ policies: [{ status: Number.NaN }] }, 'Provision/Policies/Policy[1]/Status'],
    [{ policies: [{ status: 1 }, { status: 1.5 }] }, 'Provision/Policies/Policy[2]/Status'],
    [{ remoteWipe: { status: -1 } }, 'Provision/RemoteWipe/Status'],
    [{ accountOnlyRemoteWipe: { status: Infinity } }, 'Provision/AccountOnlyRemoteWipe/Status'],
  ])('a request %o', (message, path) => {
    expect(provisionRequest.encode(message)).toEqual({
      ok: false,
      error: { code: 'ERR_PROVISION_VALUE', path, message: sentence },
    });
  });

  test.each<[ProvisionResponseMessage, string, string]>([
    [{ status: Number.NaN }, 'ERR_PROVISION_VALUE', 'Provision/Status'],
    [{ deviceInformationStatus: -1 }, 'ERR_PROVISION_VALUE', 'Provision/DeviceInformation/Status'],
    [{ policies: [{ status: 0.1 }] }, 'ERR_PROVISION_VALUE', 'Provision/Policies/Policy[1]/Status'],
    [
      { policies: [{}, { data: { MaxAttachmentSize: 0.5 } }] },
      'ERR_POLICY_VALUE',
      'Provision/Policies/Policy[2]/Data/EASProvisionDoc/MaxAttachmentSize',
    ],
  ])('a response %o', (message, code, path) => {
    expect(provisionResponse.encode(message)).toEqual({ ok: false, error: { code, path, message: sentence } });
  });

  test('though the status 0 can, which is a number', () => {
    const request = { policies: [{ status: 0 }], remoteWipe: { status: 0 } };
    expect(provisionRequest.decode(bytesOf(provisionRequest, request))).toEqual({ ok: true, value: request });
    const response = { status: 0, deviceInformationStatus: 0 };
    expect(provisionResponse.decode(bytesOf(provisionResponse, response))).toEqual({ ok: true, value: response });
  });

  test('text that no inline string can carry', () => {
    const key = { policies: [{ policyKey: '1\0' }] };
    expect(provisionRequest.encode(key)).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_TEXT' } });
    expect(provisionResponse.encode(key)).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_TEXT' } });
  });
});

describe('recorded peers', () => {
  const provisionings = exchanges.filter(({ request }) => /Cmd=Provision\b/.test(request.line));

  test('are there', () => {
    expect(provisionings.length).toBeGreaterThanOrEqual(25);
  });

  test.each(provisionings)('$file $seq is read, and read again from what we write', ({ request, response }) => {
    const asked = provisionRequest.decode(request.body);
    if (!asked.ok) throw new Error(`${asked.error.code} ${asked.error.path}`);
    expect(provisionRequest.decode(bytesOf(provisionRequest, asked.value))).toStrictEqual(asked);
    const answered = provisionResponse.decode(response.body);
    if (!answered.ok) throw new Error(`${answered.error.code} ${answered.error.path}`);
    expect(provisionResponse.decode(bytesOf(provisionResponse, answered.value))).toStrictEqual(answered);
  });
});
