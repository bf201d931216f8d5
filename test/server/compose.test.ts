import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { provisionResponse, wbxml } from '../../src/codec/index.js';
import { commandNames, elementsOf, isCommandOf } from '../../src/protocol/command.js';
import { type ProtocolVersion, protocolVersions, versions } from '../../src/protocol/version.js';
import { composeProvision, composeRefusal, documentResponse, httpResponse } from '../../src/server/compose.js';
import { type ServerReason, serverReasons } from '../../src/server/reasons.js';
import { statusOf, unwrap } from '../support/device.js';

const reasons = Object.keys(serverReasons) as readonly ServerReason[];
const places = versions.flatMap((version) =>
  commandNames.filter((command) => isCommandOf(version, command)).map((command) => ({ version, command })),
);
const isOld = (version: ProtocolVersion) => ['2.5', '12.0', '12.1'].includes(version);

describe('a refusal is in the right place (I9)', () => {
  test('in the body of the command from 14.0 on where it has a status, otherwise in HTTP', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...reasons),
        fc.constantFrom(...places),
        fc.boolean(),
        (reason, place, carriesKey) => {
          const { status, http } = serverReasons[reason];
          const response = composeRefusal(reason, { ...place, carriesKey });
          const elements = elementsOf(place.version, place.command);
          if (status !== null && elements && !isOld(place.version)) {
            expect(response.status).toBe(200);
            expect(unwrap(wbxml.decode(response.body)).name).toBe(elements.root);
            expect(statusOf(response)).toBe(String(status));
          } else {
            const isForbidden = status === 140 && !carriesKey;
            expect([response.status, response.body.length]).toEqual([isForbidden ? 403 : (http ?? 400), 0]);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('what never came to be a command is told by HTTP', () => {
    for (const reason of reasons) expect(composeRefusal(reason, null).body).toHaveLength(0);
    expect(composeRefusal('BadQuery', null).status).toBe(400);
    expect(composeRefusal('BodyTooSlow', null).status).toBe(408);
  });
});

describe('an answer of HTTP alone', () => {
  test('says when to come back only where the server is busy', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), (status) => {
        expect(httpResponse(status)).toEqual({
          status,
          headers: status === 503 ? { 'Retry-After': '30' } : {},
          body: new Uint8Array(),
        });
      }),
    );
  });
});

describe('a document', () => {
  test('is WBXML that no cache may share', () => {
    const document = { name: 'Ping:Ping', content: [{ name: 'Ping:Status', content: '1' }] };
    const { status, headers, body } = documentResponse(document);
    expect([status, headers]).toEqual([
      200,
      { 'Content-Type': 'application/vnd.ms-sync.wbxml', 'Cache-Control': 'private' },
    ]);
    expect(unwrap(wbxml.decode(body))).toEqual(document);
  });

  test('that can not be written is 500', () => {
    expect(documentResponse({ name: 'Nowhere:Nothing', content: null }).status).toBe(500);
  });
});

describe('a Provision response', () => {
  const composed = async (...given: Parameters<typeof composeProvision>) => {
    const response = await composeProvision(...given);
    return response.status === 200 ? unwrap(provisionResponse.decode(response.body)) : response.status;
  };
  const policyOf = (version: ProtocolVersion) => ({ policyType: protocolVersions[version].policyType, status: 1 });

  test.each(versions)('at %s: each kind', async (version) => {
    const policy = policyOf(version);
    const key = { kind: 'PermanentKeyResponse', policyKey: '7' } as const;
    expect(await composed(key, version, false)).toEqual({ status: 1, policies: [{ ...policy, policyKey: '7' }] });
    expect(await composed({ kind: 'NoPolicyResponse' }, version, false)).toEqual({
      status: 1,
      policies: [{ ...policy, status: 2 }],
    });
    expect(await composed({ kind: 'NoWipeResponse' }, version, false)).toEqual({ status: 1 });
    expect(await composed({ kind: 'WipeResponse', scope: 'device' }, version, false)).toEqual({
      status: 1,
      remoteWipe: true,
    });
    const offer = { kind: 'PolicyResponse', policyKey: '7', policy: { DevicePasswordEnabled: true } } as const;
    expect(await composed(offer, version, false)).toMatchObject({
      status: 1,
      policies: [{ ...policy, policyKey: '7', data: version === '2.5' ? expect.stringContaining('<') : offer.policy }],
    });
  });

  test('a policy that is a WAP document already is sent as it is', async () => {
    const offer = { kind: 'PolicyResponse', policyKey: '7', policy: '<wap-provisioningdoc/>' } as const;
    expect(await composed(offer, '2.5', false)).toEqual({
      status: 1,
      policies: [{ ...policyOf('2.5'), policyKey: '7', data: '<wap-provisioningdoc/>' }],
    });
  });

  test('a policy that has no WAP document is not sent without one', async () => {
    const policy = { DevicePasswordEnabled: true, MinDevicePasswordLength: 2 ** 32 };
    const offer = { kind: 'PolicyResponse', policyKey: '7', policy } as const;
    await expect(composed(offer, '2.5', false)).rejects.toThrow(new TypeError('expected at most 32 bits'));
  });

  test('DeviceInformation is answered where it was sent, from 14.1 on (R534)', async () => {
    for (const version of versions) {
      const response = { kind: 'NoWipeResponse' } as const;
      const isAnswered = ['14.1', '16.0', '16.1'].includes(version);
      expect(await composed(response, version, true)).toEqual({
        ...(isAnswered && { deviceInformationStatus: 1 }),
        status: 1,
      });
      expect(await composed(response, version, false)).toEqual({ status: 1 });
    }
  });

  test('the answer to a wipe: done, or failed with the directive again (R1047, R1048)', async () => {
    const answer = (scope: 'device' | 'account', status: 1 | 2) =>
      composed({ kind: 'WipeRecordedResponse', scope, status }, '16.1', false);
    expect(await answer('device', 1)).toEqual({ status: 1 });
    expect(await answer('account', 1)).toEqual({ status: 1 });
    expect(await answer('device', 2)).toEqual({ status: 2, remoteWipe: true });
    expect(await answer('account', 2)).toEqual({ status: 2, accountOnlyRemoteWipe: true });
  });

  test('a rejection never carries a key: it is a status in its scope, or HTTP up to 12.1 where that has one', async () => {
    const rejected = (scope: 'Provision' | 'Policy' | 'Http', status: number, version: ProtocolVersion) =>
      composed({ kind: 'RejectionResponse', scope, status }, version, false);
    for (const version of versions) {
      const policy = policyOf(version);
      expect(await rejected('Policy', 5, version)).toEqual({ status: 1, policies: [{ ...policy, status: 5 }] });
      expect(await rejected('Provision', 2, version)).toEqual({ status: 2 });
      expect(await rejected('Provision', 139, version)).toEqual({ status: 139 });
      expect(await rejected('Provision', 129, version)).toEqual(isOld(version) ? 403 : { status: 129 });
      expect(await rejected('Http', 503, version)).toBe(503);
    }
  });
});
