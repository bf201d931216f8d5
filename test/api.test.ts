/** The public interface, entry by entry. A change of a report is a change of the interface: `-u` rewrites them. */
import { describe, expect, test } from 'vitest';
import { apiReports, undocumented } from './support/api-report.js';

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
