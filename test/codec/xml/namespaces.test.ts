import { expect, it } from 'vitest';
import { declarations, partsOf, scopeIn, wbxmlName, xmlName } from '../../../src/codec/xml/namespaces.js';
import { namePattern } from '../../../src/codec/xml/tokens.js';
import { problem } from '../../../src/protocol/problem.js';
import { err } from '../../../src/protocol/result.js';
import { currentTags, legacyTags, unassignedTags } from '../wbxml/trees.js';

const names = [...currentTags, ...legacyTags, ...unassignedTags].map(({ name }) => name);
const pages = new Set(names.map((name) => name.split(':')[0]!));

it('every name of every page is an XML name, and read back, with a prefix and without', () => {
  expect(pages.size).toBe(26);
  const all = new Map(declarations(new Set(['Provision', ...pages])));
  const scope = scopeIn({ name: 'a', attributes: all, children: [], text: '' }, new Map());
  for (const name of names) {
    const parts = partsOf(name);
    if (!parts.ok || !scope.ok) expect.fail(name);
    const { page, tag } = parts.value;
    const shown = xmlName(page, tag, page !== 'Provision');
    expect(shown).toMatch(namePattern);
    expect(wbxmlName(shown, scope.value)).toEqual(parts);
    expect(wbxmlName(xmlName(page, tag, false), new Map([['', page]]))).toEqual(parts);
  }
});

it('every page but the first is declared by a prefix of its own', () => {
  const declared = declarations(pages);
  expect(new Set(declared.map(([attribute]) => attribute)).size).toBe(26);
  expect(declarations(new Set(['GAL', 'AirSync']))).toEqual([
    ['xmlns', 'GAL'],
    ['xmlns:airsync', 'AirSync'],
  ]);
});

it.each(['Provision', ':Policy', 'Provision:', 'Provision:Policy:Policy', 'provision:Policy', 'Nothing:Policy', ''])(
  '%j is no name',
  (name) => {
    expect(partsOf(name)).toEqual(err(problem('ERR_WBXML_NAME', 'a name that is in no code page')));
  },
);
