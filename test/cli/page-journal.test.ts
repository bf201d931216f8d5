import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJournal, type Journal } from '../../src/cli/page-journal.js';
import { streamEntries } from '../../src/cli/page-stream.js';
import { note } from './page.js';

const head = { mode: 'replay', title: 'a file' } as const;

/** What a reader gets of it in the end. */
async function read(journal: Journal): Promise<readonly { readonly text?: string; readonly at?: number }[]> {
  const to = new PassThrough();
  streamEntries(journal, head, to);
  journal.end();
  return (await text(to))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test('whatever is appended: the last entries are kept within the bounds, and the others counted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(60), { maxLength: 30 }), async (lengths) => {
      const journal = createJournal({ entries: 10, characters: 900 });
      const entries = lengths.map((length, at) => note('x'.repeat(length), at));
      journal.append(...entries);
      expect(journal.next).toBe(entries.length);
      const kept = entries.slice(journal.first);
      const size = kept.reduce((sum, entry) => sum + JSON.stringify(entry).length, 0);
      expect(kept.length).toBeLessThanOrEqual(10);
      expect(size).toBeLessThanOrEqual(900);
      const before = entries[journal.first - 1];
      if (before) expect(kept.length + 1 > 10 || size + JSON.stringify(before).length > 900).toBe(true);
      const lines = await read(journal);
      expect(lines[0]).toEqual(head);
      expect(lines.slice(journal.first === 0 ? 1 : 2)).toEqual(kept);
    }),
  );
});

describe('where entries fell out', () => {
  test.each([
    [3, '1 earlier entry is not kept any more.'],
    [7, '5 earlier entries are not kept any more.'],
  ])('of %i, that is told in their place', async (count, told) => {
    const journal = createJournal({ entries: 2, characters: 10_000 });
    for (let at = 0; at < count; at++) journal.append(note('entry', at));
    const [, gone, ...kept] = await read(journal);
    expect(gone).toEqual({ kind: 'Note', at: count - 2, session: 'lab/d1', by: 'environment', text: told });
    expect(kept).toEqual([note('entry', count - 2), note('entry', count - 1)]);
  });
});

test('an entry that is larger than everything is kept alone', () => {
  const journal = createJournal({ entries: 5, characters: 100 });
  journal.append(note('one'), note('x'.repeat(500)));
  expect([journal.first, journal.next]).toEqual([1, 2]);
  journal.append(note('three'));
  expect([journal.first, journal.next]).toEqual([2, 3]);
});

test('by default the last 5,000 are kept', () => {
  const journal = createJournal();
  for (let at = 0; at < 5_001; at++) journal.append(note('', at));
  expect(journal.line(0)).toBeNull();
  expect(journal.line(1)).toBe(JSON.stringify(note('', 1)));
  expect([journal.first, journal.next]).toEqual([1, 5_001]);
});

test('nothing is appended after the end', async () => {
  const journal = createJournal();
  journal.append(note('one'));
  journal.end();
  journal.append(note('two'));
  expect(await read(journal)).toEqual([head, note('one')]);
});

describe('a stream', () => {
  test('that does not take everything at once gets everything in order', async () => {
    const journal = createJournal();
    const to = new PassThrough({ highWaterMark: 16 });
    streamEntries(journal, head, to);
    const entries = Array.from({ length: 500 }, (_, at) => note('entry', at));
    journal.append(...entries.slice(0, 250));
    const whole = text(to);
    for (const entry of entries.slice(250)) journal.append(entry);
    journal.end();
    expect(
      (await whole)
        .split('\n')
        .slice(1, -1)
        .map((line) => JSON.parse(line)),
    ).toEqual(entries);
  });

  test('that is closed, or let go of, is followed no more', async () => {
    const journal = createJournal({ entries: 2, characters: 10_000 });
    let followers = 0;
    const counting: Journal = Object.create(journal, {
      follow: {
        value(tell: () => void) {
          followers += 1;
          const leave = journal.follow(tell);
          return () => {
            followers -= 1;
            leave();
          };
        },
      },
    });
    const [closed, slow] = [new PassThrough(), new PassThrough({ highWaterMark: 1 })];
    streamEntries(counting, head, closed);
    closed.destroy();
    await new Promise((resolve) => closed.once('close', resolve));
    expect(followers).toBe(0);
    streamEntries(counting, head, slow);
    for (let at = 0; at < 4; at++) journal.append(note('entry', at));
    expect(followers).toBe(0);
  });

  test('that falls behind what is kept is ended without an end', async () => {
    const journal = createJournal({ entries: 2, characters: 10_000 });
    const to = new PassThrough({ highWaterMark: 1 });
    streamEntries(journal, head, to);
    for (let at = 0; at < 4; at++) journal.append(note('entry', at));
    expect(to.destroyed).toBe(true);
    expect(to.writableEnded).toBe(false);
  });
});
