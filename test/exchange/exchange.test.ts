/** The chapters happen as they are written: both sides as they ship, over a wire that the chapter commands. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chaptersOf } from './chapter.js';
import { play } from './script.js';

const folder = new URL('./', import.meta.url);
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));

describe.each(pages)('%s', (page) => {
  const chapters = chaptersOf(readFileSync(new URL(page, folder), 'utf8'));

  test.each(chapters.map((chapter) => [chapter.title, chapter] as const))('%s', async (_title, { script, trace }) => {
    expect(await play(script)).toEqual(trace);
  });
});

describe('a chapter that cannot be checked is refused', () => {
  const heading = '# Page\n\n## Chapter\n\n';
  const script = '```script\ndevice restarts\n```\n';
  const trace = '```trace\n= device Unprovisioned 0, server Unprovisioned 0\n```\n';

  test('a whole one is read', async () => {
    const [chapter, ...others] = chaptersOf(`${heading}Prose.\n\n${script}\n${trace}`);
    expect(others).toEqual([]);
    expect(await play(chapter?.script ?? [])).toEqual(chapter?.trace);
  });

  test.each([
    ['no chapter', '# Page\n\nProse.\n', 'a page without chapters'],
    ['no prose', `${heading}${script}${trace}`, 'Chapter: no prose'],
    ['no script', `${heading}Prose.\n${trace}`, 'Chapter: not one script'],
    ['no trace', `${heading}Prose.\n${script}`, 'Chapter: not one trace'],
    ['two traces', `${heading}Prose.\n${script}${trace}${trace}`, 'Chapter: not one trace'],
    ['an empty script', `${heading}Prose.\n\`\`\`script\n\`\`\`\n${trace}`, 'Chapter: not one script'],
  ])('%s', (_what, text, message) => {
    expect(() => chaptersOf(text)).toThrow(message);
  });

  test.each([
    ['an unknown line', ['device sings'], 'no such line: device sings'],
    ['an unknown line for later', ['while applying: device sings'], 'no such line: device sings'],
    ['a version that does not exist', ['version 13.0'], 'no such version: 13.0'],
    ['a version that comes late', ['device restarts', 'version 12.1'], 'no such line: version 12.1'],
    ['a loss that never happens', ['lose request'], 'the script ends too early'],
    ['a moment that never comes', ['while applying: policy changes'], 'the script ends too early'],
  ])('%s', async (_what, script, message) => {
    await expect(play(script)).rejects.toThrow(message);
  });
});
