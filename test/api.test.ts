/** The public interface, entry by entry. A change of a report is a change of the interface: `-u` rewrites them. */
import { describe, expect, test } from 'vitest';
import { apiReports, undocumented } from './support/api-report.js';
import { ownNames } from './support/own-names.js';
import { requirements } from './support/requirements.js';

const reports = apiReports();

describe.each(reports)('the entry $name', ({ name, text, problems }) => {
  test('is what its report says', async () => {
    expect(problems).toEqual([]);
    await expect(text).toMatchFileSnapshot(`../docs/api/${name}.api.md`);
  });

  test('documents every name', () => {
    expect(text).toMatch(/^export /m);
    expect(undocumented(text)).toEqual([]);
  });
});

describe.each(Object.entries(ownNames))('the entry %s', (name, own) => {
  const comments = [...(reports.find((report) => report.name === name)?.comments ?? [])];

  test('says of every name where it is specified, but for those of our own', () => {
    const unsourced = comments.filter(([, comment]) => !/\b(?:MS-AS[A-Z]+|RFC) \d/.test(comment));
    expect(unsourced.map(([name]) => name).sort()).toEqual([...own].sort());
  });
});

test('a section of MS-ASPROV that is named is there', () => {
  const known = [...requirements.map(({ section }) => section), ...withoutRequirement];
  const isKnown = (section: string) => known.some((one) => `${one}.`.startsWith(`${section}.`));
  const comments = reports.flatMap((report) => [...report.comments.values()].join('\n'));
  const named = comments.flatMap((comment) => comment.match(/(?<=MS-ASPROV )[\d.]*\d/g) ?? []);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((section) => !isKnown(section))).toEqual([]);
});

/** The string form of Data, the example of an acknowledgment, and the schema of a response. */
const withoutRequirement = ['2.2.2.24.2', '4.1.3', '6.3'];

test('a name without a word on it is found', () => {
  const lines = [
    '// @public (undocumented)',
    'export interface Silent {',
    '}',
    '',
    '// @public',
    'export type Told = 1;',
  ];
  expect(undocumented(lines.join('\n'))).toEqual(['Silent']);
});
