/** No requirement is forgotten: each has a test that names it, a check of its wording, or a reason. */
import { describe, expect, test } from 'vitest';
import { proofsIn } from '../support/conformance.js';
import { normative, requirements } from '../support/requirements.js';
import { coverage, faultsOf } from './coverage.js';

test('the list is whole: 950 requirements, 764 of them normative, every id once', () => {
  expect([requirements.length, normative.length]).toEqual([950, 764]);
  expect(new Set(requirements.map(({ id }) => id)).size).toBe(950);
  expect(requirements.every(({ id, summary }) => /^R\d+$/.test(id) && summary !== '')).toBe(true);
});

test('every normative requirement has a proof or a reason, and every id in a title exists', () => {
  expect(faultsOf(coverage())).toEqual([]);
});

describe('it is noticed', () => {
  const proof = { id: 'R610', file: 'test/exchange/page.md', title: 'Chapter' };

  test('when a proof is taken away', () => {
    const whole = coverage();
    const without = coverage(whole.proofs.filter(({ id }) => id !== 'R610'));
    expect(faultsOf(without)).toEqual([
      'R610 has neither proof nor reason: Provision on first contact with the server',
    ]);
  });

  test('when a title names what does not exist', () => {
    const odd = {
      ...coverage(),
      proofs: [
        { ...proof, id: 'R99999' },
        { ...proof, id: 'C-R99999' },
      ],
    };
    expect(faultsOf(odd)).toEqual(['R99999 does not exist, in test/exchange/page.md: Chapter']);
  });

  test('when a reason excuses what is proven, what binds nobody, or the same twice', () => {
    const row = { reason: 'HostBusiness', because: 'A sentence.' } as const;
    const reasons = [
      { ...row, ids: ['R610', 'R1'] },
      { ...row, ids: ['R610'] },
    ];
    const required = normative.filter(({ id }) => id === 'R610');
    expect(faultsOf(coverage([proof], reasons, required), reasons)).toEqual([
      'R1 binds nobody and needs no reason',
      'R610 has two reasons',
      'R610 is proven and needs no reason: Provision on first contact with the server',
    ]);
  });
});

describe('ids are read', () => {
  const idsIn = (file: string, text: string) =>
    proofsIn(file, bracketed(text)).map(({ id, title }) => `${id} ${title}`);

  test('from the titles of tests, rows and laws, and from nothing else in code', () => {
    const code = [
      "test('one ‹R1›', () => {});",
      "test.each(rows)('each %s ‹R2 R3›', (row) => {});",
      'describe("it’s ‹R4, C-R5›", () => {});',
      "  ['a row ‹A-R6›', 1],",
      "law({ promise: 'kept ‹R7›', holds });",
      "const text = '‹R8›'; // ‹R9›",
      "expect(list‹R10›).toBe('no title ‹R11›');",
      "expect(‹one, two›).toEqual(['no row ‹R12›', 'Two']);",
      "test('not ids: ‹R› ‹X1› ‹R12a›', () => {});",
    ].join('\n');
    expect(idsIn('test/a.test.ts', code)).toEqual([
      'R1 one',
      'R2 each …',
      'R3 each …',
      'R4 it’s',
      'C-R5 it’s',
      'A-R6 a row',
      'R7 kept',
    ]);
  });

  test('from headings and first paragraphs of chapters', () => {
    const page = [
      '# Page ‹R1›',
      '',
      'Prose\nof two lines ‹R2 R3›.',
      '',
      'More prose ‹R4›.',
      '',
      '## Chapter',
      '',
      'Prose ‹C-R5› and [a link](page.md).',
      '',
      '```trace',
      '> ‹R6›',
      '```',
    ].join('\n');
    expect(idsIn('test/exchange/page.md', page)).toEqual(['R1 Page', 'R2 Page', 'R3 Page', 'C-R5 Chapter']);
  });
});

/** The samples are written so that they are not taken for titles of this file. */
function bracketed(text: string): string {
  return text.replaceAll('‹', '[').replaceAll('›', ']');
}
