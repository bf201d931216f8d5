import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProvisionRequest } from '../../machines/index.js';
import { compose } from '../../src/client/compose.js';
import { provisionRequest } from '../../src/codec/index.js';
import { isAtLeast, versions } from '../../src/protocol/version.js';
import { toHex } from '../support/hex.js';

const information = { Model: 'SmartPhone' };
const type = 'MS-EAS-Provisioning-WBXML';
const anyVersion = fc.constantFrom(...versions);
const anyRequest: fc.Arbitrary<ProvisionRequest> = fc.oneof(
  fc.constantFrom<ProvisionRequest>({ kind: 'InitialRequest' }, { kind: 'EmptyRequest' }),
  fc.record({
    kind: fc.constant('PolicyAcknowledgment' as const),
    policyKey: fc.integer({ min: 1, max: 0xffff_ffff }).map(String),
    status: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  }),
  fc.record({
    kind: fc.constant('WipeAcknowledgment' as const),
    scope: fc.constantFrom('device' as const, 'account' as const),
    status: fc.constantFrom(1 as const, 2 as const),
  }),
);

describe('compose', () => {
  test('gives a message that can be written and reads back as itself', () => {
    fc.assert(
      fc.property(anyRequest, anyVersion, (request, version) => {
        const message = compose(request, version, information);
        const bytes = provisionRequest.encode(message);
        expect(bytes.ok && provisionRequest.decode(bytes.value)).toEqual({ ok: true, value: message });
      }),
    );
  });

  test('describes the device in the initial request from 14.1 on and nowhere else [R368 R608 R1032]', () => {
    fc.assert(
      fc.property(anyRequest, anyVersion, (request, version) => {
        const describes = request.kind === 'InitialRequest' && isAtLeast(version, '14.1');
        expect(compose(request, version, information).deviceInformation).toBe(describes ? information : undefined);
      }),
    );
  });

  test.each(versions)('asks for the policy type of %s (MS-ASPROV 2.2.2.43)', (version) => {
    const policyType = version === '2.5' ? 'MS-WAP-Provisioning-XML' : type;
    expect(compose({ kind: 'InitialRequest' }, version, information).policies).toEqual([{ policyType }]);
  });

  test('the empty form is the seven bytes of MS-ASPROV 3.1.5.1.1 [R622]', () => {
    const bytes = provisionRequest.encode(compose({ kind: 'EmptyRequest' }, '14.1', information));
    expect(bytes.ok && toHex(bytes.value)).toBe('03 01 6A 00 00 0E 05');
  });

  test('acknowledgments', () => {
    const acknowledgment = { kind: 'PolicyAcknowledgment', policyKey: '1307199584', status: 2 } as const;
    expect(compose(acknowledgment, '14.1', information)).toEqual({
      policies: [{ policyType: type, policyKey: '1307199584', status: 2 }],
    });
    expect(compose({ kind: 'WipeAcknowledgment', scope: 'device', status: 1 }, '16.1', information)).toEqual({
      remoteWipe: { status: 1 },
    });
    expect(compose({ kind: 'WipeAcknowledgment', scope: 'account', status: 2 }, '16.1', information)).toEqual({
      accountOnlyRemoteWipe: { status: 2 },
    });
  });
});
