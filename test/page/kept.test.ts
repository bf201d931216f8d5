import { expect, test } from 'vitest';
import { createKept } from '../../src/page/kept.js';
import type { Entry } from '../../src/timeline/entry.js';

const note = (at: number): Entry => ({ kind: 'Note', at, session: 'A1', by: 'link', text: '' });

test('the last entries are kept, never fewer than asked for, and those that went are counted', () => {
  const kept = createKept(100);
  const list = kept.entries;
  for (let count = 1; count <= 1000; count++) {
    kept.add(note(count));
    const { entries, gone } = kept;
    expect(entries.length + gone).toBe(count);
    expect(entries.length).toBeGreaterThanOrEqual(Math.min(count, 100));
    expect(entries.length).toBeLessThanOrEqual(105);
    expect(entries.at(-1)?.at).toBe(count);
    expect(entries[0]?.at).toBe(gone + 1);
  }
  expect(kept.entries).toBe(list);
});

test('all are kept where there is no bound', () => {
  const kept = createKept(Number.POSITIVE_INFINITY);
  for (let count = 1; count <= 30_000; count++) kept.add(note(count));
  expect([kept.entries.length, kept.gone]).toEqual([30_000, 0]);
});
