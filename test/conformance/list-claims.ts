/** What MS-ASPROV 2.2.2 says of the two lists of applications and their entries. */
import { expect } from 'vitest';
import { policyDocument, wbxml } from '../../src/codec/index.js';
import { policyElements } from '../../src/protocol/policy.js';
import { unwrap } from '../support/device.js';
import type { Claim } from './claim.js';
import { localName } from './life.js';
import { readFrom, rowOf, setting, written } from './policy.js';

export const listClaims: readonly Claim[] = [
  {
    about: 'at most one in a policy',
    pattern: /^(?<name>\w+): at most one per EASProvisionDoc$/,
    check(named) {
      const name = named('name');
      const element = { name: `Provision:${name}`, content: null };
      const document = { name: 'Provision:EASProvisionDoc', content: [element, element] };
      expect(policyDocument.decode(unwrap(wbxml.encode(document))).ok).toBe(false);
      expect(policyDocument.decode(unwrap(wbxml.encode({ ...document, content: [element] }))).ok).toBe(true);
    },
  },
  {
    about: 'an optional container in a policy',
    pattern: /^(?<name>\w+List): (?:optional container|parent is EASProvisionDoc)$/,
    check(named) {
      const name = named('name');
      expect(rowOf(name).kind.type).toBe('list');
      expect(written({})).toEqual([]);
      expect(written(setting(name, ['one'])).map(localName)).toEqual([name]);
      expect(readFrom(name, 'one')).toBeNull();
    },
  },
  {
    about: 'an optional entry as sole child',
    pattern: /^(?<name>\w+List): sole child (?<item>\w+), optional$/,
    check(named) {
      const [name, item] = [named('name'), named('item')];
      expect(written(setting(name, ['one']))[0]?.content).toEqual([{ name: `Provision:${item}`, content: 'one' }]);
      expect(readFrom(name, null)).toEqual(setting(name, []));
      expect(readFrom(name, [{ name: 'Provision:Status', content: 'one' }])).toBeNull();
    },
  },
  {
    about: 'a text in a list',
    pattern: /^(?<item>\w+): optional string child of (?<name>\w+List)$/,
    check(named) {
      const [name, item] = [named('name'), `Provision:${named('item')}`];
      expect(readFrom(name, [{ name: item, content: 'a.exe' }])).toEqual(setting(name, ['a.exe']));
      expect(readFrom(name, [{ name: item, content: [{ name: item, content: 'a.exe' }] }])).toBeNull();
      expect(written(setting(name, []))[0]?.content).toBeNull();
    },
  },
  {
    about: 'any number of entries',
    pattern: /^(?<item>\w+): unlimited occurrences in its list$/,
    check(named) {
      const name = listOf(named('item'));
      const many = Array.from({ length: 500 }, (_, i) => `entry ${i % 400}`);
      expect(readFrom(name, written(setting(name, many))[0]?.content ?? null)).toEqual(setting(name, many));
    },
  },
];

/** The list whose entries are called so. */
export function listOf(item: string): string {
  const rows = Object.entries(policyElements).map(([name, { kind }]) => ({ name, kind }));
  const found = rows.find(({ kind }) => kind.type === 'list' && kind.item.name === item);
  if (!found) throw new Error(`${item} is an entry of no list`);
  return found.name;
}
