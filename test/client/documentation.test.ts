/** What docs/client.md says of options, outcomes and warnings is what the sources say. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explanations } from '../../src/client/explanation.js';
import { redirectObjections, warnings } from '../../src/client/index.js';
import { outcomeKinds } from '../../src/client/outcome.js';
import { settingsOf } from '../../src/client/settings.js';

const page = readFileSync(new URL('../../docs/client.md', import.meta.url), 'utf8');

function table(head: string, rows: readonly (readonly string[])[]): string {
  const columns = head.split(',');
  const lines = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n').replace(/^\| ---.*$/m, (line) => line.replaceAll(' ', ''))}\n`;
}

describe('docs/client.md', () => {
  test.each([
    [
      'outcomes',
      table(
        'kind,of,meaning',
        Object.entries(outcomeKinds).map(([kind, { of, meaning }]) => [`\`${kind}\``, of, meaning]),
      ),
    ],
    [
      'explanations',
      table(
        'code,meaning,move',
        Object.entries(explanations)
          .filter(([code]) => !code.endsWith('Violation'))
          .map(([code, { meaning, move }]) => [`\`${code}\``, meaning, move]),
      ),
    ],
    [
      'warnings',
      table(
        'warning,meaning,advice',
        Object.entries(warnings).map(([kind, { meaning, advice }]) => [`\`${kind}\``, meaning, advice]),
      ),
    ],
    [
      'reasons not to follow a 451',
      table(
        'why,meaning',
        Object.entries(redirectObjections).map(([why, meaning]) => [`\`${why}\``, meaning]),
      ),
    ],
  ])('has the table of %s as the sources have it', (_what, rendered) => {
    expect(page).toContain(rendered);
  });

  test('has a row for every option', () => {
    const options = { url: 'https://a', user: 'a', device: { id: 'a', type: 'a' }, applyPolicy: () => 1 as const };
    const named = Object.keys(settingsOf(options)).filter((name) => !['endpoint', 'isFormNamed'].includes(name));
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    const cells = rows.map((row) => row.split('|')[1] ?? '');
    for (const name of [...named, 'url', 'password', 'capabilities']) {
      expect(
        cells.some((cell) => new RegExp(`\`${name}\\b`).test(cell)),
        name,
      ).toBe(true);
    }
  });
});
