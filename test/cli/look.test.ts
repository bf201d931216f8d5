import { expect, test } from 'vitest';
import { lookOf } from '../../src/cli/look.js';

test('plain is ASCII without escape codes', () => {
  const { colors, glyphs } = lookOf({ isFancy: false, columns: 80 });
  const shown = colors.bold(colors.red(Object.values(glyphs).join('')));
  expect(shown).toMatch(/^[\x20-\x7e]+$/);
});

test('on a terminal there are colours and lines', () => {
  const { colors, glyphs } = lookOf({ isFancy: true, columns: 80 });
  expect(colors.red('x')).toContain('\u001b[31m');
  expect(glyphs.rule).toBe('─');
});

test('arrows are of one width, so that columns hold', () => {
  for (const isFancy of [true, false]) {
    const { toServer, toClient } = lookOf({ isFancy, columns: 80 }).glyphs;
    expect([toServer.length, toClient.length]).toEqual([3, 3]);
  }
});

test.each([
  [40, 72],
  [80, 80],
  [250, 100],
])('a terminal of %i columns is written %i wide', (columns, width) => {
  expect(lookOf({ isFancy: true, columns }).width).toBe(width);
});
