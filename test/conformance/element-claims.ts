/** What MS-ASPROV 2.2.2 says of the form of each policy element, held against the table and the codec. */
import { expect } from 'vitest';
import type { Claim } from './claim.js';
import { maySet, readFrom, rowOf, samplesOf, setting, valueIn, written } from './policy.js';

const UINT32 = 0xffff_ffff;
const INT32 = 0x7fff_ffff;

/** By type of the schema: the numbers just outside, which no policy may set. */
const outside: Readonly<Record<string, readonly number[]>> = {
  unsignedByte: [-1, 256],
  unsignedByteOrEmpty: [-1, 256],
  unsignedInt: [-1, UINT32 + 1],
  unsignedIntOrEmpty: [-1, UINT32 + 1],
  integer: [-INT32 - 2, INT32 + 1],
};

export const elementClaims: readonly Claim[] = [
  {
    about: 'an optional child of a type',
    pattern: /^(?<name>\w+): optional (?<type>boolean|integer|unsigned\w+) child of EASProvisionDoc$/,
    check(named) {
      const [name, type] = [named('name'), named('type')];
      const { kind } = rowOf(name);
      expect(kind.type).toBe(type);
      expect(written({})).toEqual([]);
      for (const value of samplesOf(kind)) {
        expect(maySet(name, value)).toBe(true);
        const [element, ...others] = written(setting(name, value));
        expect([element?.name, others]).toEqual([`Provision:${name}`, []]);
        expect(readFrom(name, element?.content ?? null)).toEqual(setting(name, value));
      }
      expect(maySet(name, null)).toBe(type.endsWith('OrEmpty'));
      if (type.startsWith('unsignedInt') && 'min' in kind) expect(maySet(name, UINT32)).toBe(true);
      for (const value of [...(outside[type] ?? []), 0.5, '1']) expect(maySet(name, value)).toBe(false);
    },
  },
  {
    about: 'a leaf',
    pattern: /^(?<name>\w+): leaf, carries no child elements$/,
    check(named) {
      const name = named('name');
      for (const value of samplesOf(rowOf(name).kind)) {
        expect(Array.isArray(written(setting(name, value))[0]?.content)).toBe(false);
      }
      expect(readFrom(name, [{ name: 'Provision:Status', content: '1' }])).toBeNull();
      expect(readFrom(name, '1')).not.toBeNull();
    },
  },
  {
    about: 'one of a few values',
    pattern: /^(?<name>\w+): permitted values are (?<values>[\d,]+)$/,
    check(named) {
      const name = named('name');
      const values = named('values').split(',').map(Number);
      const probes = Array.from({ length: 12 }, (_, i) => i - 2);
      if (rowOf(name).kind.type === 'boolean') {
        const accepted = probes.filter((value) => readFrom(name, String(value)) !== null);
        expect(accepted).toEqual(values);
        expect(written(setting(name, false))[0]?.content).toBe('0');
        expect(written(setting(name, true))[0]?.content).toBe('1');
      } else expect(probes.filter((value) => maySet(name, value))).toEqual(values);
    },
  },
  {
    about: '0, positive, perhaps -1',
    pattern: /^(?<name>\w+): permitted values are (?<values>(?:-1, )?0), positive$/,
    check(named) {
      const name = named('name');
      const values = [...named('values').split(', ').map(Number), 1, 2, INT32];
      expect([-2, -1, 0, 1, 2, INT32].filter((value) => maySet(name, value))).toEqual(values);
      for (const value of values) expect(valueIn(readFrom(name, String(value)), name)).toBe(value);
    },
  },
  {
    about: 'a range',
    pattern: /^(?<name>\w+): (?<empty>empty or )?(?<min>\d+)-(?<max>\d+)$/,
    check(named) {
      const name = named('name');
      const [min, max] = [Number(named('min')), Number(named('max'))];
      const accepted = Array.from({ length: 300 }, (_, i) => i - 2).filter((value) => maySet(name, value));
      expect(accepted).toEqual(Array.from({ length: max - min + 1 }, (_, i) => min + i));
    },
  },
  {
    about: 'what absence means',
    pattern: /^(?<name>\w+): treat (?:empty or )?absence as (?<value>\d)$/,
    check(named) {
      const { ifAbsent } = rowOf(named('name'));
      expect(Number(ifAbsent)).toBe(Number(named('value')));
      expect(ifAbsent).not.toBeNull();
    },
  },
  {
    about: 'what empty means',
    pattern: /^(?<name>\w+): empty (?:or absent )?means (?:unlimited|no lock timer|no expiration policy)$/,
    check(named) {
      const name = named('name');
      expect([null, 0]).toContain(rowOf(name).ifAbsent);
      expect(maySet(name, null)).toBe(true);
      const [element] = written(setting(name, null));
      expect(element).toEqual({ name: `Provision:${name}`, content: null });
      for (const empty of [null, '', []]) expect(readFrom(name, empty)).toEqual(setting(name, null));
    },
  },
];
