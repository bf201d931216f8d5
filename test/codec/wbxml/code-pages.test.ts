import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codePages } from '../../../src/codec/wbxml/code-pages.js';
import { versions } from '../../../src/protocol/version.js';

/** Tags that are current and tags that are legacy, page by page (MS-ASWBXML 2.1.2.1). */
const counts: readonly (readonly [name: string, current: number, legacy: number])[] = [
  ['AirSync', 33, 4],
  ['Contacts', 54, 4],
  ['Email', 45, 14],
  ['AirNotify', 0, 19],
  ['Calendar', 45, 11],
  ['Move', 8, 0],
  ['GetItemEstimate', 8, 2],
  ['FolderHierarchy', 17, 3],
  ['MeetingResponse', 12, 1],
  ['Tasks', 30, 4],
  ['ResolveRecipients', 25, 0],
  ['ValidateCert', 6, 0],
  ['Contacts2', 10, 0],
  ['Ping', 8, 2],
  ['Provision', 54, 1],
  ['Search', 27, 4],
  ['GAL', 14, 0],
  ['AirSyncBase', 40, 0],
  ['Settings', 38, 0],
  ['DocumentLibrary', 8, 0],
  ['ItemOperations', 21, 0],
  ['ComposeMail', 18, 1],
  ['Email2', 18, 0],
  ['Notes', 5, 0],
  ['RightsManagement', 20, 0],
  ['Find', 22, 0],
];

/** Every tag with its versions, as gathered from the specification and from what implementations agree on. */
const gathered = readFileSync(new URL('../../fixtures/tokens.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));

test('every tag is the one that was gathered from the specification and from others, and no other is there', () => {
  const versionsOf = (range: string) => {
    const [since = '', until] = range.split('-');
    const order: readonly string[] = versions;
    if (range === 'legacy') return range;
    if (!order.includes(since)) return `no version: ${range}`;
    return order.slice(order.indexOf(since), until === undefined ? undefined : order.indexOf(until) + 1).join(' ');
  };
  const ours = codePages.flatMap(({ page, name, tags }) =>
    tags.map(([token, tag, range]) => [page, name, token, tag, versionsOf(range)]),
  );
  expect(ours).toEqual(
    gathered.map(([page, name, token, tag, range]) => [Number(page), name, Number(token), tag, range]),
  );
});

test('there are 26 pages, in order, and no other', () => {
  expect(codePages.map(({ page }) => page)).toEqual(counts.map((_, page) => page));
  expect(counts.reduce((sum, [, current]) => sum + current, 0)).toBe(586);
});

describe.each(codePages)('page $page, $name', ({ page, name, tags }) => {
  test('has the name and the tags of the specification', () => {
    const legacy = tags.filter(([, , versions]) => versions === 'legacy').length;
    expect([name, tags.length - legacy, legacy]).toEqual(counts[page]);
  });

  test('names each tag once', () => {
    expect(new Set(tags.map(([, tag]) => tag)).size).toBe(tags.length);
    for (const [, tag] of tags) expect(tag).toMatch(/^[A-Z][A-Za-z0-9]*$/);
  });

  test('lists each token once, in order, within 0x05-0x3F', () => {
    const tokens = tags.map(([token]) => token);
    expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
    for (const token of tokens) expect(token).toSatisfy((value: number) => value >= 0x05 && value <= 0x3f);
  });

  test('ends a tag in a later version than it began', () => {
    const order: readonly string[] = versions;
    for (const [, tag, range] of tags) {
      const [since, until] = range.split('-').map((version) => order.indexOf(version));
      if (until !== undefined) expect(until, tag).toBeGreaterThan(since!);
    }
  });
});

test.each([
  [1, 0x06, 'AssistantName', '2.5'],
  [6, 0x09, 'Class', '2.5-12.1'],
  [11, 0x09, 'CheckCRL', '2.5'],
  [14, 0x0e, 'DevicePasswordEnabled', '12.0'],
  [14, 0x10, 'RequireStorageCardEncryption', '12.1'],
  [14, 0x12, 'DocumentBrowseEnabled', 'legacy'],
  [14, 0x16, 'MaxDevicePasswordFailedAttempts', '12.0'],
  [14, 0x28, 'MaxCalendarAgeFilter', '12.1'],
  [14, 0x3b, 'AccountOnlyRemoteWipe', '16.1'],
  [21, 0x17, 'ForwardeeName', '16.0'],
  [24, 0x18, 'RemoveRightsManagementProtection', '14.1'],
  [25, 0x20, 'MaxPictures', '16.1'],
] as const)('where sources disagree, page %i has %i %s %s', (page, token, tag, versions) => {
  expect(codePages[page]?.tags.find((row) => row[0] === token)).toEqual([token, tag, versions]);
});
