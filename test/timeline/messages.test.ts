import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { provisionRequest, provisionResponse, wbxml } from '../../src/codec/index.js';
import { composeRequest, type HttpRequest, type HttpResponse } from '../../src/http/index.js';
import type { CommandName } from '../../src/protocol/command.js';
import type { Element } from '../../src/protocol/element.js';
import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../../src/protocol/provision.js';
import { type ServerReason, serverReasons } from '../../src/server/index.js';
import { answerEntry, MAX_BODY, MAX_XML, requestEntry, withoutSecrets } from '../../src/timeline/index.js';
import { unwrap } from '../support/device.js';

const place = { at: 7, session: 'anna/phone' } as const;
const none: Uint8Array = new Uint8Array();

describe('of any exchange', () => {
  test('entries are made, bounded and plain', () => {
    fc.assert(
      fc.property(
        anyRequest(),
        anyResponse(),
        fc.constantFrom(undefined, withoutSecrets()),
        (request, response, disclosure) => {
          const entries = [
            requestEntry({ ...place, id: 1, request }, disclosure),
            answerEntry({ ...place, id: 2, answers: 1, request, response }, disclosure),
          ];
          for (const entry of entries) {
            expect(JSON.parse(JSON.stringify(entry))).toEqual(entry);
            expect(entry.command.length).toBeLessThanOrEqual(64);
            expect(entry.summary.length).toBeLessThanOrEqual(201);
            expect(entry.body.hex?.length ?? 0).toBeLessThanOrEqual(2 * MAX_BODY);
            expect(entry.body.xml?.length ?? 0).toBeLessThanOrEqual(MAX_XML + 2);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('an answer says by number which request it answers, and its HTTP status', () => {
    const request = sent('FolderSync', none);
    expect(answerEntry({ ...place, id: 9, answers: 4, request, response: http(503) })).toMatchObject({
      ...place,
      kind: 'Message',
      id: 9,
      direction: 'answer',
      answers: 4,
      command: 'FolderSync',
      protocolVersion: '14.1',
      policyKey: null,
      httpStatus: 503,
    });
  });
});

describe('a request', () => {
  test.each(['plain', 'base64'] as const)('tells command, version and key in the %s form', (form) => {
    const request = unwrap(composeRequest(ENDPOINT, { form, ...draft, command: 'Provision', policyKey: '17' }));
    expect(requestEntry({ ...place, id: 3, request })).toMatchObject({
      ...place,
      id: 3,
      direction: 'request',
      answers: null,
      command: 'Provision',
      protocolVersion: '14.1',
      policyKey: '17',
      httpStatus: null,
      refusal: null,
    });
  });

  test('without a key has none, which is not key 0', () => {
    const keyOf = (policyKey: string | null) =>
      requestEntry({ ...place, id: 1, request: sent('FolderSync', none, policyKey) });
    expect([keyOf(null).policyKey, keyOf('0').policyKey, keyOf('007').policyKey]).toEqual([null, '0', '7']);
    expect([keyOf(null).summary, keyOf('0').summary]).toEqual(['without a key', 'under key 0']);
  });

  test('whose query cannot be read is its method', () => {
    const request = { method: 'POST', url: '/Microsoft-Server-ActiveSync?%%', headers: {}, body: none };
    expect(requestEntry({ ...place, id: 1, request })).toMatchObject({ command: 'POST', protocolVersion: null });
  });

  test.each<[string, ProvisionRequestMessage]>([
    ['initial', { policies: [{ policyType: TYPE }] }],
    ['initial', { deviceInformation: { Model: 'phone' }, policies: [{ policyType: TYPE }] }],
    ['empty', {}],
    ['acknowledgment of 100, status 1', { policies: [{ policyType: TYPE, policyKey: '100', status: 1 }] }],
    ['acknowledgment of 100, status 4', { policies: [{ policyType: TYPE, policyKey: ' 0100', status: 4 }] }],
    ['acknowledgment of 100, status missing', { policies: [{ policyType: TYPE, policyKey: '100' }] }],
    ['acknowledgment of no key, status 2', { policies: [{ policyType: TYPE, status: 2 }] }],
    ['wipe of the device, status 1', { remoteWipe: { status: 1 } }],
    ['wipe of the account, status 2', { accountOnlyRemoteWipe: { status: 2 } }],
    ['wipe of the device, status missing', { remoteWipe: {} }],
  ])('to provision says %s', (summary, message) => {
    const request = sent('Provision', unwrap(provisionRequest.encode(message)));
    expect(requestEntry({ ...place, id: 1, request }).summary).toBe(summary);
  });

  test.each<[string, HttpRequest]>([
    ['unreadable: ERR_WBXML_TRUNCATED', sent('Provision', none)],
    ['unreadable: ERR_PROVISION_SHAPE', sent('Provision', document('Settings:Settings'))],
    ['asks for versions', { method: 'OPTIONS', url: ENDPOINT, headers: {}, body: none }],
    [
      'device information, under key 5',
      sent('Settings', document('Settings:Settings', [{ name: 'Settings:DeviceInformation', content: [] }]), '5'),
    ],
  ])('says %s', (summary, request) => {
    expect(requestEntry({ ...place, id: 1, request }).summary).toBe(summary);
  });

  test('shows its body as digits and as XML', () => {
    const request = sent('Provision', unwrap(provisionRequest.encode({})));
    expect(requestEntry({ ...place, id: 1, request }).body).toEqual({
      hex: '03016a00000e05',
      xml: '<Provision xmlns="Provision"/>',
    });
    expect(requestEntry({ ...place, id: 1, request: sent('FolderSync', none) }).body).toEqual({ hex: '', xml: null });
  });

  test('that is too long is cut, and says so', () => {
    const entry = requestEntry({ ...place, id: 1, request: sent('Provision', new Uint8Array(MAX_BODY + 1)) });
    expect(entry.summary).toBe('262145 bytes, of which 262144 are shown');
    expect(entry.body.hex).toHaveLength(2 * MAX_BODY);
    expect(entry.body.xml).toBeNull();
    const whole = requestEntry({ ...place, id: 1, request: sent('FolderSync', new Uint8Array(MAX_BODY)) });
    expect(whole.summary).toBe('under key 0');
  });
});

describe('an answer', () => {
  test.each<[string, string | null, ProvisionResponseMessage, ProvisionRequestMessage?]>([
    ['policy under temporary key 100', null, policy({ status: 1, policyKey: '100', data: {} })],
    ['policy without a key', null, policy({ status: 1, data: 'text' })],
    ['permanent key 101', null, policy({ status: 1, policyKey: '101' })],
    ['no key', null, policy({ status: 1 })],
    ['no policy', null, policy({ status: 2 })],
    ['Policy Status 5', 'WrongPolicyKey', policy({ status: 5 })],
    ['Policy Status missing', null, policy({})],
    ['Provision Status 139', 'DeviceNotFullyProvisionable', { status: 139 }],
    ['Provision Status 2', 'ProtocolError', { status: 2 }],
    ['Provision Status 250', 'Unknown', { status: 250 }],
    ['wipe the device', null, { status: 1, remoteWipe: true }],
    ['wipe the device, Status 2', 'ProtocolError', { status: 2, remoteWipe: true }],
    ['wipe the account', null, { status: 1, accountOnlyRemoteWipe: true }],
    ['Provision Status 1', null, { status: 1 }, { policies: [] }],
    ['no wipe', null, { status: 1 }, {}],
    ['wipe recorded', null, { status: 1 }, { remoteWipe: { status: 1 } }],
    ['wipe recorded', null, {}, { accountOnlyRemoteWipe: { status: 1 } }],
  ])('to Provision says %s', (summary, refusal, message, question = { policies: [{ policyType: TYPE }] }) => {
    const request = sent('Provision', unwrap(provisionRequest.encode(question)));
    const entry = answered(request, http(200, unwrap(provisionResponse.encode(message))));
    expect(entry.summary).toBe(summary);
    expect(entry.refusal?.name ?? null).toBe(refusal);
  });

  test.each<[string, string | null, HttpResponse]>([
    ['Status 142', 'DeviceNotProvisioned', http(200, folderSync('142'))],
    ['Status 9', null, http(200, folderSync('9'))],
    ['Status 1', null, http(200, folderSync('1'))],
    ['200', null, http(200, folderSync('none'))],
    ['200', null, http(200)],
    ['449', 'RetryWith', http(449)],
    ['449', 'RetryWith', http(449, folderSync('1'))],
    ['503', 'Unavailable', http(503)],
    ['418', 'Refused', http(418)],
    ['403', 'DeviceIsBlocked', http(403, none, { 'X-EAS-Provisioning-Reason': 'DeviceIsBlocked' })],
    ['403', 'Forbidden', http(403, none, { 'X-EAS-Provisioning-Reason': 'toString' })],
    ['262145 bytes, of which 262144 are shown', null, http(200, new Uint8Array(MAX_BODY + 1))],
  ])('to a command says %s, because of %s', (summary, refusal, response) => {
    const entry = answered(sent('FolderSync', none), response);
    expect(entry.summary).toBe(summary);
    expect(entry.refusal?.name ?? null).toBe(refusal);
  });

  test('to OPTIONS says the versions', () => {
    const options = { method: 'OPTIONS', url: ENDPOINT, headers: {}, body: none };
    const response = http(200, none, { 'MS-ASProtocolVersions': '2.5,14.1' });
    expect(answered(options, response).summary).toBe('versions 2.5, 14.1');
  });

  test('is explained by the server’s own reason before everything else', () => {
    const request = sent('FolderSync', none);
    for (const reason of Object.keys(serverReasons) as ServerReason[]) {
      const { meaning, move } = serverReasons[reason];
      const response = http(200, folderSync('142'), { 'X-EAS-Provisioning-Reason': 'AccessDenied' });
      expect(answerEntry({ ...place, id: 2, answers: 1, request, response, reason }).refusal).toEqual({
        name: reason,
        meaning,
        move,
      });
    }
  });
});

const ENDPOINT = '/Microsoft-Server-ActiveSync';
const TYPE = 'MS-EAS-Provisioning-WBXML';
const draft = { protocolVersion: '14.1', deviceId: 'PHONE1', deviceType: 'Phone' } as const;

function sent(command: CommandName, body: Uint8Array, policyKey: string | null = '0'): HttpRequest {
  return unwrap(composeRequest(ENDPOINT, { form: 'plain', ...draft, command, policyKey, body }));
}

function http(status: number, body = none, headers: HttpResponse['headers'] = {}): HttpResponse {
  return { status, headers, body };
}

function answered(request: HttpRequest, response: HttpResponse) {
  return answerEntry({ ...place, id: 2, answers: 1, request, response });
}

function policy(fields: NonNullable<ProvisionResponseMessage['policies']>[number]): ProvisionResponseMessage {
  return { status: 1, policies: [{ policyType: TYPE, ...fields }] };
}

function document(name: string, content: Element['content'] = null): Uint8Array {
  return unwrap(wbxml.encode({ name, content }));
}

function folderSync(status: string): Uint8Array {
  return document('FolderHierarchy:FolderSync', [{ name: 'FolderHierarchy:Status', content: status }]);
}

function anyRequest(): fc.Arbitrary<HttpRequest> {
  const query = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.string().map((text) => `Cmd=${text}`),
    fc.constantFrom('Cmd=Provision', 'Cmd=FolderSync', `Cmd=${'x'.repeat(5000)}`),
  );
  return fc.record({
    method: fc.oneof(fc.constantFrom('POST', 'OPTIONS'), fc.string({ maxLength: 200 })),
    url: query.map((text) => `${ENDPOINT}?${text}`),
    headers: anyHeaders(),
    body: anyBody(),
  });
}

function anyResponse(): fc.Arbitrary<HttpResponse> {
  return fc.record({
    status: fc.oneof(fc.constantFrom(200, 449), fc.nat(999)),
    headers: anyHeaders(),
    body: anyBody(),
  });
}

function anyHeaders(): fc.Arbitrary<Record<string, string>> {
  const names = fc.constantFrom('MS-ASProtocolVersion', 'X-MS-PolicyKey', 'X-EAS-Provisioning-Reason', 'x');
  return fc.dictionary(names, fc.oneof(fc.string(), fc.constantFrom('14.1', '0', '__proto__', 'x'.repeat(2000))));
}

/** Anything, and real messages of which a byte is another. */
function anyBody(): fc.Arbitrary<Uint8Array> {
  const key = 'k'.repeat(300);
  const real = fc.constantFrom(
    unwrap(provisionRequest.encode({ policies: Array(9).fill({ policyType: TYPE, policyKey: key, status: 1 }) })),
    unwrap(provisionResponse.encode(policy({ status: 1, policyKey: key, data: 'x'.repeat(1000) }))),
    unwrap(provisionResponse.encode({ status: 1, policies: Array(9).fill({ status: 1, policyKey: key }) })),
    folderSync('142'),
  );
  const spoilt = fc
    .tuple(real, fc.nat(), fc.nat(255))
    .map(([bytes, at, value]) => Uint8Array.from(bytes, (byte, index) => (index === at % bytes.length ? value : byte)));
  return fc.oneof(fc.uint8Array(), real, spoilt);
}
