/** The simple types of MS-ASPROV 2.2.3, at the elements that have them. */
import { describe, expect, test } from 'vitest';
import { policyElements } from '../../src/protocol/policy.js';
import { maySet, readFrom, setting, written } from './policy.js';

const UINT32 = 0xffff_ffff;

/** The elements of a type. */
function ofType(type: string): readonly string[] {
  const rows = Object.entries(policyElements).map(([name, { kind }]) => ({ name, kind }));
  return rows.filter(({ kind }) => kind.type === type).map(({ name }) => name);
}

describe.each([
  ['unsignedByteOrEmpty', 255, 2],
  ['unsignedIntOrEmpty', UINT32, 3],
] as const)('%s', (type, last, count) => {
  const names = ofType(type);

  test('is the type of some elements', () => {
    expect(names).toHaveLength(count);
  });

  test('holds nothing: a text of no length, apart from 0 and from absence [R672 R673 R674]', () => {
    for (const name of names) {
      expect(maySet(name, null)).toBe(true);
      expect(written(setting(name, null))).toEqual([{ name: `Provision:${name}`, content: null }]);
      for (const empty of [null, '', []]) expect(readFrom(name, empty)).toEqual(setting(name, null));
      expect(readFrom(name, '0')).toEqual(setting(name, 0));
    }
  });

  test('holds every number of its base type [R676 R677]', () => {
    for (const name of names) {
      for (const value of [0, 1, last]) {
        const [element] = written(setting(name, value));
        expect(readFrom(name, element?.content ?? null)).toEqual(setting(name, value));
      }
    }
  });
});
