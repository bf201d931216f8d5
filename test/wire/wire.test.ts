/** The chapters in `server` go over a real socket as they are written, in every version and query form they name. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chaptersOf } from './page.js';
import { formsOf, play } from './play.js';

const folder = new URL('./server/', import.meta.url);
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));

describe.each(pages)('%s', (page) => {
  const plays = chaptersOf(readFileSync(new URL(page, folder), 'utf8')).flatMap((chapter) =>
    chapter.versions.flatMap((version) =>
      formsOf(chapter, version).map((form) => [chapter.title, version, form, chapter] as const),
    ),
  );

  test.each(plays)('%s, %s, %s', async (_title, version, form, chapter) => {
    expect(await play(chapter, version, form)).toEqual(chapter.linesIn(version));
  });
});
