import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  carriedPolicy,
  type EASProvisionDoc,
  elementsOf,
  type PolicyElementName,
  type PolicyElementRow,
  policyElementNames,
  policyElements,
  validatePolicy,
  validatePolicyTypes,
} from '../../src/protocol/policy.js';
import { isAtLeast, versions } from '../../src/protocol/version.js';
import { anyPolicy, anyValue, numbersBeyond, validPolicy } from '../support/arbitraries/policy.js';

const rows: Readonly<Record<PolicyElementName, PolicyElementRow>> = policyElements;
const name = fc.constantFrom(...policyElementNames);
const version = fc.constantFrom(...versions);

function namesWhere(holds: (row: PolicyElementRow) => boolean): readonly PolicyElementName[] {
  return policyElementNames.filter((each) => holds(rows[each]));
}

function fault(policy: unknown) {
  const validated = validatePolicy(policy);
  return validated.ok ? null : { code: validated.error.code, path: validated.error.path };
}

describe('the table', () => {
  test('has the 42 elements of EASProvisionDoc and the two of its lists on tags 0x0E to 0x3A, 0x12 left out', () => {
    const items = namesWhere((row) => row.kind.type === 'list').map((each) => policyElements[each].kind);
    const itemTokens = items.flatMap((kind) => (kind.type === 'list' ? [kind.item.token] : []));
    const tokens = [...policyElementNames.map((each) => rows[each].token), ...itemTokens].sort((a, b) => a - b);
    const range = Array.from({ length: 0x3a - 0x0e + 1 }, (_, i) => 0x0e + i);
    expect(policyElementNames).toHaveLength(42);
    expect(tokens).toEqual(range.filter((token) => token !== 0x12));
  });

  test('is in the order of the schema, which is not that of the tags', () => {
    expect(policyElementNames.slice(0, 5)).toEqual([
      'DevicePasswordEnabled',
      'AlphanumericDevicePasswordRequired',
      'PasswordRecoveryEnabled',
      'RequireStorageCardEncryption',
      'AttachmentsEnabled',
    ]);
    expect(policyElementNames.slice(-2)).toEqual(['UnapprovedInROMApplicationList', 'ApprovedApplicationList']);
    expect(rows.PasswordRecoveryEnabled.token).toBeGreaterThan(rows.RequireStorageCardEncryption.token);
  });

  test.each([
    ['DevicePasswordEnabled', 0x0e, '2.2.2.25'],
    ['RequireStorageCardEncryption', 0x10, '2.2.2.52'],
    ['MaxDevicePasswordFailedAttempts', 0x16, '2.2.2.32'],
    ['AllowWiFi', 0x21, '2.2.2.19'],
    ['AllowBluetooth', 0x24, '2.2.2.2'],
    ['AllowInternetSharing', 0x36, '2.2.2.8'],
    ['ApprovedApplicationList', 0x39, '2.2.2.22'],
  ] as const)('%s is tag %i, MS-ASPROV %s', (element, token, section) => {
    expect(rows[element]).toMatchObject({ token, section });
  });

  test('cites a section of its own for every element', () => {
    expect(new Set(policyElementNames.map((each) => rows[each].section)).size).toBe(42);
  });

  test.each([
    ['boolean', 25],
    ['integer', 5],
    ['unsignedInt', 3],
    ['unsignedIntOrEmpty', 3],
    ['unsignedByte', 2],
    ['unsignedByteOrEmpty', 2],
    ['list', 2],
  ])('has as many of type %s as the schema: %i', (type, count) => {
    expect(namesWhere((row) => row.kind.type === type)).toHaveLength(count);
  });

  test('gates the eight password elements of 3.1.5.1.1.1, the lock timer not among them (R629)', () => {
    expect([...namesWhere((row) => row.gated === true)].sort()).toEqual([
      'AllowSimpleDevicePassword',
      'AlphanumericDevicePasswordRequired',
      'DevicePasswordExpiration',
      'DevicePasswordHistory',
      'MaxDevicePasswordFailedAttempts',
      'MinDevicePasswordComplexCharacters',
      'MinDevicePasswordLength',
      'PasswordRecoveryEnabled',
    ]);
  });

  test('reads an absent element as permission', () => {
    expect(namesWhere((row) => row.ifAbsent === false)).toEqual([
      'DevicePasswordEnabled',
      'AlphanumericDevicePasswordRequired',
      'PasswordRecoveryEnabled',
      'RequireStorageCardEncryption',
      'RequireDeviceEncryption',
      'RequireManualSyncWhenRoaming',
      'RequireSignedSMIMEMessages',
      'RequireEncryptedSMIMEMessages',
    ]);
    expect(namesWhere((row) => row.ifAbsent === true)).toHaveLength(17);
    expect(rows.AllowBluetooth.ifAbsent).toBe(2);
    expect(rows.MaxEmailBodyTruncationSize.ifAbsent).toBe(-1);
    expect(rows.MinDevicePasswordLength.ifAbsent).toBeNull();
  });
});

describe('elementsOf', () => {
  test.each([
    ['2.5', 0],
    ['12.0', 11],
    ['12.1', 42],
    ['14.0', 42],
    ['14.1', 42],
    ['16.0', 42],
    ['16.1', 42],
  ] as const)('%s carries %i', (each, count) => {
    expect(elementsOf(each)).toHaveLength(count);
  });

  test('12.0 carries passwords and attachments', () => {
    expect(elementsOf('12.0')).toEqual([
      'DevicePasswordEnabled',
      'AlphanumericDevicePasswordRequired',
      'PasswordRecoveryEnabled',
      'AttachmentsEnabled',
      'MinDevicePasswordLength',
      'MaxInactivityTimeDeviceLock',
      'MaxDevicePasswordFailedAttempts',
      'MaxAttachmentSize',
      'AllowSimpleDevicePassword',
      'DevicePasswordExpiration',
      'DevicePasswordHistory',
    ]);
  });
});

describe('carriedPolicy', () => {
  test('keeps exactly what the version carries, values untouched', () => {
    fc.assert(
      fc.property(anyPolicy, version, (policy, to) => {
        const projected = carriedPolicy(policy, to);
        const kept = elementsOf(to).filter((each) => each in policy);
        expect(Object.keys(projected)).toEqual(kept);
        for (const each of kept) expect(projected[each]).toBe(policy[each]);
      }),
    );
  });

  test('to an older version by way of a newer one is the same', () => {
    fc.assert(
      fc.property(anyPolicy, version, version, (policy, one, other) => {
        const [older, newer] = isAtLeast(one, other) ? [other, one] : [one, other];
        expect(carriedPolicy(carriedPolicy(policy, newer), older)).toStrictEqual(carriedPolicy(policy, older));
      }),
    );
  });
});

describe('validatePolicy', () => {
  test('passes every policy within the rows, as it is', () => {
    fc.assert(
      fc.property(validPolicy, (policy) => {
        expect(validatePolicy(policy)).toEqual({ ok: true, value: policy });
      }),
    );
  });

  test('answers anything at all without throwing', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (policy) => {
        expect(typeof validatePolicy(policy).ok).toBe('boolean');
        expect(typeof validatePolicyTypes(policy).ok).toBe('boolean');
      }),
    );
  });

  test('refuses a value of another type, naming the element', () => {
    const other = fc.oneof(fc.string(), fc.constant(undefined), fc.constant(Number.NaN), fc.object(), fc.constant([1]));
    fc.assert(
      fc.property(validPolicy, name, other, (policy, element, value) => {
        expect(fault({ ...policy, [element]: value })).toEqual({
          code: 'ERR_POLICY_VALUE',
          path: `EASProvisionDoc/${element}`,
        });
      }),
    );
  });

  test('refuses the numbers around every range and between allowed values', () => {
    const numeric = policyElementNames.flatMap((element) =>
      numbersBeyond(rows[element].kind).map((value) => [element, value] as const),
    );
    expect(new Set(numeric.map(([element]) => element)).size).toBe(15);
    for (const [element, value] of numeric) {
      expect([value, fault({ [element]: value })]).toEqual([
        value,
        { code: 'ERR_POLICY_RANGE', path: `EASProvisionDoc/${element}` },
      ]);
    }
  });

  test('allows an empty element where the schema has a type for it, five times', () => {
    expect(policyElementNames.filter((element) => validatePolicy({ [element]: null }).ok)).toEqual([
      'MinDevicePasswordLength',
      'MaxInactivityTimeDeviceLock',
      'MaxDevicePasswordFailedAttempts',
      'MaxAttachmentSize',
      'DevicePasswordExpiration',
    ]);
  });

  test.each<[EASProvisionDoc, EASProvisionDoc]>([
    [{ MinDevicePasswordLength: 16 }, { MinDevicePasswordLength: 17 }],
    [{ MinDevicePasswordLength: 1 }, { MinDevicePasswordLength: 0 }],
    [{ MaxDevicePasswordFailedAttempts: 4 }, { MaxDevicePasswordFailedAttempts: 3 }],
    [{ MaxDevicePasswordFailedAttempts: 16 }, { MaxDevicePasswordFailedAttempts: 17 }],
    [{ MinDevicePasswordComplexCharacters: 4 }, { MinDevicePasswordComplexCharacters: 5 }],
    [{ MaxCalendarAgeFilter: 4 }, { MaxCalendarAgeFilter: 3 }],
    [{ MaxEmailAgeFilter: 5 }, { MaxEmailAgeFilter: 6 }],
    [{ AllowBluetooth: 2 }, { AllowBluetooth: 3 }],
    [{ MaxEmailBodyTruncationSize: -1 }, { MaxEmailBodyTruncationSize: -2 }],
    [{ MaxAttachmentSize: 0 }, { MaxAttachmentSize: -1 }],
    [{ MaxInactivityTimeDeviceLock: 0xffff_ffff }, { MaxInactivityTimeDeviceLock: 0x1_0000_0000 }],
    [{ RequireEncryptionSMIMEAlgorithm: 4 }, { RequireEncryptionSMIMEAlgorithm: 5 }],
  ])('allows %o and refuses %o', (allowed, refused) => {
    expect(fault(allowed)).toBeNull();
    expect(fault(refused)).toMatchObject({ code: 'ERR_POLICY_RANGE' });
  });

  test.each([
    ['a list', []],
    ['null', null],
    ['text', '{}'],
  ])('refuses %s for a policy', (_, policy) => {
    expect(fault(policy)).toEqual({ code: 'ERR_POLICY_SHAPE', path: 'EASProvisionDoc' });
  });

  test.each(['AllowWifi', 'devicePasswordEnabled', 'Hash', 'unknownElements', '__proto__', 'constructor'])(
    'refuses the name %s',
    (unknown) => {
      expect(fault(JSON.parse(`{ "AllowCamera": true, "${unknown}": [] }`))).toEqual({
        code: 'ERR_POLICY_NAME',
        path: `EASProvisionDoc/${unknown}`,
      });
    },
  );

  test.each([
    ['1 for true', { AllowCamera: 1 }],
    ['a digit in quotes', { MinDevicePasswordLength: '4' }],
    ['true for AllowBluetooth, which is no flag', { AllowBluetooth: true }],
    ['half a character in a list', { ApprovedApplicationList: ['\ud800'] }],
    ['a NUL in a list', { UnapprovedInROMApplicationList: ['a\0b'] }],
    ['null for a list', { ApprovedApplicationList: null }],
    ['a hole in a list', { ApprovedApplicationList: new Array(1) }],
  ])('refuses %s', (_, policy) => {
    expect(fault(policy)).toMatchObject({ code: 'ERR_POLICY_VALUE' });
  });

  test('tells the rule, and nothing of the policy', () => {
    const message = (policy: unknown) => {
      const validated = validatePolicy(policy);
      return validated.ok ? undefined : validated.error.message;
    };
    expect(message('secret')).toBe('Expected an object of policy elements.');
    expect(message({ AllowWifi: 'secret' })).toBe('Expected the name of a policy element.');
    expect(message({ MinDevicePasswordLength: 9981 })).toBe('Expected 1 to 16, or null.');
    expect(message({ MaxCalendarAgeFilter: 9981 })).toBe('Expected one of 0, 4, 5, 6, 7.');
    expect(message({ AllowCamera: null })).toBe('Expected true or false.');
    expect(message({ AllowCamera: 'secret' })).toBe('Expected true, false or null.');
    expect(message({ MaxEmailAgeFilter: 'secret' })).toBe('Expected an integer or null.');
    expect(message({ ApprovedApplicationList: 'secret' })).toBe('Expected a list of Hash texts.');
  });
});

test('the path of a name that is far too long has its beginning', () => {
  expect(fault({ ['x'.repeat(1000)]: 1 })).toEqual({
    code: 'ERR_POLICY_NAME',
    path: `EASProvisionDoc/${'x'.repeat(64)}`,
  });
});

describe('validatePolicyTypes', () => {
  test('passes whatever peers send', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(validatePolicyTypes(policy)).toEqual({ ok: true, value: policy });
      }),
    );
  });

  test('is never the stricter of the two', () => {
    const one = name.chain((element) => anyValue(rows[element].kind).map((value) => ({ [element]: value })));
    fc.assert(
      fc.property(one, (policy) => {
        expect(validatePolicyTypes(policy).ok).toBe(true);
      }),
    );
  });

  test.each<readonly [policy: unknown, code: string, path: string]>([
    [{ AllowCamera: 'yes' }, 'ERR_POLICY_VALUE', 'EASProvisionDoc/AllowCamera'],
    [{ MaxAttachmentSize: 1.5 }, 'ERR_POLICY_VALUE', 'EASProvisionDoc/MaxAttachmentSize'],
    [{ AllowWifi: true }, 'ERR_POLICY_NAME', 'EASProvisionDoc/AllowWifi'],
    [{ unknownElements: 'x' }, 'ERR_POLICY_SHAPE', 'EASProvisionDoc/unknownElements'],
    ...[
      [null],
      [{ name: 'Settings:Model' }],
      [{ name: 7, content: null }],
      [{ name: 'Settings:Model', content: 5 }],
      [{ name: 'Settings:Model', content: [{ name: 7, content: null }] }],
      [{ name: 'Settings:Model', content: [{ name: 'Settings:Model' }] }],
      Array(1),
      [holdingItself(1)],
      [holdingItself(2)],
    ].map((unknownElements) => [{ unknownElements }, 'ERR_POLICY_SHAPE', 'EASProvisionDoc/unknownElements'] as const),
    [
      { unknownElements: [{ name: 'Provision:AllowCamera', content: '1' }] },
      'ERR_POLICY_SHAPE',
      'EASProvisionDoc/unknownElements',
    ],
  ])('refuses %o', (policy, code, path) => {
    expect(validatePolicyTypes(policy)).toMatchObject({ ok: false, error: { code, path } });
  });

  test('tells what is expected beside the rows', () => {
    const message = 'Expected a list of elements that no row names.';
    expect(validatePolicyTypes({ unknownElements: 'x' })).toMatchObject({ ok: false, error: { message } });
  });

  test('passes elements of other code pages, whatever their names end with', () => {
    for (const name of ['Settings:Model', 'Provision:Hash', 'AnyOther1:AllowCamera']) {
      const policy = { unknownElements: [{ name, content: '1' }] };
      expect(validatePolicyTypes(policy)).toEqual({ ok: true, value: policy });
    }
  });

  test('passes as many elements as a document may hold, and not one more', () => {
    const child = { name: 'Settings:Model', content: null };
    const withChildren = (count: number) => ({
      unknownElements: [{ name: 'Settings:Set', content: Array.from({ length: count }, () => child) }],
    });
    expect(validatePolicyTypes(withChildren(0xffff)).ok).toBe(true);
    expect(validatePolicyTypes(withChildren(0x1_0000)).ok).toBe(false);
  });
});

function holdingItself(times: number): unknown {
  const content: unknown[] = [];
  for (let left = times; left > 0; left--) content.push({ name: 'Settings:Set', content });
  return content[0];
}
