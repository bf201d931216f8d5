import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  carriesWipe,
  isAtLeast,
  isProtocolVersion,
  negotiateVersion,
  protocolVersions,
  versions,
} from '../../src/protocol/version.js';

const version = fc.constantFrom(...versions);

describe('the table', () => {
  test('has seven versions, each coded as ten times its number, oldest first', () => {
    expect(versions).toHaveLength(7);
    for (const each of versions) expect(protocolVersions[each].code).toBe(Math.round(Number(each) * 10));
    expect([...versions].sort((a, b) => Number(a) - Number(b))).toEqual(versions);
  });

  test('2.5 alone provisions with WAP documents (R971)', () => {
    expect(versions.filter((each) => protocolVersions[each].policyType === 'MS-WAP-Provisioning-XML')).toEqual(['2.5']);
  });

  test('Status in the body begins with 14.0, DeviceInformation in Provision with 14.1 (R368, R608)', () => {
    expect(versions.find((each) => protocolVersions[each].signal === 'status')).toBe('14.0');
    expect(versions.find((each) => protocolVersions[each].deviceInformation === 'provision')).toBe('14.1');
  });

  test('16.1 alone knows AccountOnlyRemoteWipe', () => {
    expect(versions.filter((each) => carriesWipe(each, 'account'))).toEqual(['16.1']);
  });

  test('every version carries a wipe of the device', () => {
    expect(versions.filter((each) => carriesWipe(each, 'device'))).toEqual(versions);
  });
});

describe('isAtLeast', () => {
  test('is the order of the numbers, 2.5 before 12.0', () => {
    fc.assert(
      fc.property(version, version, (one, other) => {
        expect(isAtLeast(one, other)).toBe(Number(one) >= Number(other));
      }),
    );
  });
});

describe('isProtocolVersion', () => {
  test.each(['', '12', '12.10', '16.2', 'constructor', '__proto__', ' 14.1'])('%j is none', (text) => {
    expect(isProtocolVersion(text)).toBe(false);
  });
});

describe('negotiateVersion', () => {
  test('is the greatest in both lists, or null', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...versions]), fc.shuffledSubarray([...versions]), (ours, theirs) => {
        const common = ours.filter((each) => theirs.includes(each)).sort((a, b) => Number(b) - Number(a));
        expect(negotiateVersion(theirs.join(','), ours)).toBe(common[0] ?? null);
      }),
    );
  });

  test('whatever the order of ours', () => {
    expect(negotiateVersion('2.5,12.0,14.1', ['14.1', '12.0', '2.5'])).toBe('14.1');
  });

  test.each([
    ['2.0,2.1,2.5,12.0,12.1,14.0,14.1', '14.1'],
    [' 12.1 , 2.5 ', '12.1'],
    ['1.0,2.0', null],
    ['', null],
  ])('of %j it is %j', (offered, negotiated) => {
    expect(negotiateVersion(offered)).toBe(negotiated);
  });
});
