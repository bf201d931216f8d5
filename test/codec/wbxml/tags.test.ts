import { expect, test } from 'vitest';
import { isCodePage, slot, tagNames, tags } from '../../../src/codec/wbxml/tags.js';
import { currentTags, legacyTags, unassignedTags } from './trees.js';

test('every slot of every page has one name, and every name one slot', () => {
  const all = [...currentTags, ...legacyTags, ...unassignedTags];
  expect(all).toHaveLength(26 * 0x3b);
  expect(tags.size).toBe(all.length);
  for (const { name, page, token } of all) {
    expect(tags.get(name)).toMatchObject({ page, token });
    expect(tagNames[slot(page, token)]).toBe(name);
  }
});

test('a token below the first tag has no name, and there is no page beyond the last', () => {
  expect(tagNames).toHaveLength(26 * 0x40);
  for (let page = 0; page < 26; page++) {
    for (let token = 0; token < 0x05; token++) expect(tagNames[slot(page, token)]).toBe('');
  }
});

test('legacy is said of legacy rows, and of no others', () => {
  const legacy = [...tags].filter(([, tag]) => tag.legacy).map(([name]) => name);
  expect(legacy.sort()).toEqual(legacyTags.map(({ name }) => name).sort());
});

test('a slot does not look at the content bit', () => {
  expect(slot(14, 0x4b)).toBe(slot(14, 0x0b));
});

test.each([
  ['Provision:Provision', 14, 0x05],
  ['Provision:0x3F', 14, 0x3f],
  ['Settings:DeviceInformation', 18, 0x16],
  ['GAL:DisplayName', 16, 0x05],
])('%s is page %i, token %i', (name, page, token) => {
  expect(tags.get(name)).toEqual({ page, token, legacy: false });
});

test('the last page is 25', () => {
  expect([0, 25, 26, 255].map(isCodePage)).toEqual([true, true, false, false]);
});
