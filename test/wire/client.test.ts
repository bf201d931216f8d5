/** The chapters happen as they are written: our client as it ships, against a server that says what the chapter says. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chaptersOf, entryOf } from './client/chapter.js';
import { play } from './client/play.js';

const folder = new URL('client/', import.meta.url);
const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'bodies.md');

describe.each(pages)('%s', (page) => {
  const chapters = chaptersOf(readFileSync(new URL(page, folder), 'utf8'));

  test.each(chapters.map((chapter) => [chapter.title, chapter] as const))('%s', async (_title, chapter) => {
    expect(await play(chapter)).toEqual(chapter.wire.map(({ text }) => text));
  });
});

describe('a chapter that cannot be checked is refused', () => {
  const wire =
    '```wire\nprovision\n> Provision 14.1 key=0 @initial\n< 200 @none\n= ProvisionedWithoutPolicy; Provisioned 0\n```\n';

  test('a whole one is read', () => {
    const [chapter, ...more] = chaptersOf(`# Page\n\n## One (I8) [R379 C-R4989]\n\nProse.\n\n${wire}`);
    expect([chapter?.title, chapter?.settings, chapter?.wire.length, more]).toEqual([
      'One (I8) [R379 C-R4989]',
      [],
      4,
      [],
    ]);
  });

  test.each([
    ['no chapter', '# Page\n\nProse.\n', 'a page without chapters'],
    ['no prose', `## One\n\n${wire}`, 'One: no prose'],
    ['nothing on the wire', '## One\n\nProse.\n', 'One: one wire block'],
    ['two blocks', `## One\n\nProse.\n\n${wire}${wire}`, 'One: one wire block'],
    ['an unknown block', `## One\n\nProse.\n\n${wire}\`\`\`wires\n\`\`\`\n`, 'One: one wire block'],
    ['ids that are none', `## One [I8]\n\nProse.\n\n${wire}`, 'One [I8]: a heading is text'],
  ])('%s', (_what, page, message) => {
    expect(() => chaptersOf(page)).toThrow(message);
  });

  test.each([
    ['an unknown line', ['sing'], [], 'no such line: sing'],
    ['an unknown command', ['run Sing'], [], 'no such command: Sing'],
    ['an unknown setting', ['provision'], ['weather fine'], 'no such setting: weather fine'],
    ['an unknown body', ['provision', '> Provision 14.1 key=0 @song'], [], 'no body is named @song'],
    ['a request that is none', ['provision', '> Sing'], [], 'no such request: Sing'],
    ['an answer that is none', ['provision', '< perhaps'], [], 'no such answer: perhaps'],
    ['a call that is not waited for', ['provision'], ['attempts 0'], 'the chapter ends before its calls do'],
  ])('%s', async (_what, lines, settings, message) => {
    await expect(played(lines, settings)).rejects.toThrow(message);
  });
});

describe('what happens otherwise than written is told as it happened', () => {
  test.each([
    ['another key', '> Provision 14.1 key=1 @initial'],
    ['another version', '> Provision 16.1 key=0 @initial'],
    ['another body', '> Provision 14.1 key=0 @plain-initial'],
    ['another form of query', '> Provision 14.1 key=0 base64 @initial'],
    ['nothing', '> Provision 14.1 key=0'],
  ])('%s', async (_what, request) => {
    const [, seen] = await played(['provision', request, '< 200 @none', '= Provisioned 0']);
    expect(seen).toMatch(/^> Provision 14\.1 key=0\n {2}Provision\(\n {2} {2}settings:DeviceInformation/);
  });

  test('a request too many', async () => {
    expect(await played(['provision', '= Provisioned 0'], ['attempts 0'])).toEqual([
      'provision',
      expect.stringMatching(/^> Provision 14\.1 key=0\n/),
      '< nothing',
      '= Unreachable Network, move: wait; NeedsReprovision 0',
    ]);
  });
});

function played(lines: readonly string[], settings: readonly string[] = []): Promise<readonly string[]> {
  return play({ settings, wire: lines.map(entryOf) });
}
