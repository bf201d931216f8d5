/** A chapter that can not be played, or that says what nothing checks, is refused. */
import { describe, expect, test } from 'vitest';
import { linesOf, type RawAnswer } from './message.js';
import { chaptersOf, versionsIn } from './page.js';
import { formsOf, play } from './play.js';

const wire = '```wire\n> OPTIONS password=none\n< 401\n```\n';

/** A chapter of the lines of its only block. */
function chapter(lines: readonly string[], settings: readonly string[] = []) {
  const stage = settings.length === 0 ? '' : `\`\`\`settings\n${settings.join('\n')}\n\`\`\`\n\n`;
  const [only] = chaptersOf(`# Page\n\n## Chapter\n\nProse.\n\n${stage}\`\`\`wire\n${lines.join('\n')}\n\`\`\`\n`);
  if (!only) throw new Error('no chapter');
  return only;
}

describe('a page', () => {
  test('is read chapter by chapter, version by version', () => {
    const text = `# Page\n\n## One [R1 C-R2]\n\nProse.\n\n\`\`\`settings\nversions 12.1 …\nquery plain\n\`\`\`\n\n${wire}
\`\`\`wire 14.0 … 14.1\nwait 1h\n\`\`\`\n\n## Two\n\nProse.\n\n${wire}`;
    const [one, two, ...more] = chaptersOf(text);
    expect([one?.title, two?.title, more]).toEqual(['One [R1 C-R2]', 'Two', []]);
    expect([one?.versions, two?.versions]).toEqual([['12.1', '14.0', '14.1', '16.0', '16.1'], ['14.1']]);
    expect(one?.settings).toEqual(['query plain']);
    expect(one?.linesIn('12.1')).toEqual(['> OPTIONS password=none', '< 401']);
    expect(one?.linesIn('14.1')).toEqual(['> OPTIONS password=none', '< 401', 'wait 1h']);
  });

  test.each([
    ['no chapter', '# Page\n', 'a page without chapters'],
    ['ids that are none', `## One [R1, R2]\n\nProse.\n\n${wire}`, 'One [R1, R2]: a heading is'],
    ['no prose', `## One\n\n${wire}`, 'One: no prose'],
    ['nothing sent', '## One\n\nProse.\n', 'One: nothing is sent'],
    ['another block', `## One\n\nProse.\n\n\`\`\`ts\n\`\`\`\n${wire}`, 'One: a block is'],
    ['settings for a version', `## One\n\nProse.\n\n\`\`\`settings 14.1\n\`\`\`\n${wire}`, 'One: a block is'],
    ['a version that does not exist', `## One\n\nProse.\n\n\`\`\`wire 13.0\n\`\`\`\n`, 'no such version: 13.0'],
  ])('with %s is refused', (_what, text, message) => {
    expect(() => chaptersOf(text)).toThrow(message);
  });

  test('names versions one by one or as a range', () => {
    expect(versionsIn('2.5 12.1')).toEqual(['2.5', '12.1']);
    expect(versionsIn('12.0 … 14.0')).toEqual(['12.0', '12.1', '14.0']);
    expect(versionsIn('16.0 …')).toEqual(['16.0', '16.1']);
  });
});

describe('a chapter', () => {
  test.each([
    ['an unknown line', ['the device sings'], [], 'no such line: the device sings'],
    ['a request without an answer', ['> OPTIONS'], [], 'a request without an answer: OPTIONS'],
    ['an answer to nothing', ['< 200'], [], 'an answer to nothing: 200'],
    ['an unknown field', ['> POST FolderSync kex=0', '< 200'], [], 'no such field: kex'],
    ['two versions', ['> POST FolderSync 14.1 16.1', '< 200'], [], 'not a request: POST FolderSync 14.1 16.1'],
    ['a body that is none', ['> POST FolderSync', '> FolderSing', '< 200'], [], 'no such tag: FolderSing'],
    ['a key that nothing is bound to', ['> POST FolderSync key={mine}', '< 200'], [], 'nothing is bound to {mine}'],
    ['an unknown setting', ['wait 1h'], ['weather fine'], 'no such setting: weather fine'],
    ['an unknown option', ['wait 1h'], ['option speed 1'], 'no such option: speed'],
    ['an unknown host', ['wait 1h'], ['host sings'], 'no such host: sings'],
    ['an unknown refusal', ['wait 1h'], ['access of anna Rain'], 'no such refusal: Rain'],
  ])('with %s is refused', async (_what, lines, settings, message) => {
    await expect(play(chapter(lines, settings), '14.1', 'plain')).rejects.toThrow(message);
  });

  test('is told as it went, up to the first answer that is another', async () => {
    const lines = ['> OPTIONS password=none', '< 200', '> OPTIONS', '< 200'];
    const challenge = '< WWW-Authenticate: Basic realm="ActiveSync", charset="UTF-8"';
    expect(await play(chapter(lines), '14.1', 'plain')).toEqual(['> OPTIONS password=none', '< 401', challenge]);
  });

  test('goes in both query forms from 12.1 on, unless it says otherwise', () => {
    const [both, plain] = [chapter(['wait 1h']), chapter(['wait 1h'], ['query plain'])];
    expect([formsOf(both, '12.0'), formsOf(both, '12.1')]).toEqual([['plain'], ['plain', 'base64']]);
    expect(formsOf(plain, '14.1')).toEqual(['plain']);
  });
});

describe('an answer', () => {
  const answer: RawAnswer = {
    status: 200,
    phrase: '',
    headers: [
      ['Content-Type', 'application/vnd.ms-sync.wbxml'],
      ['Content-Length', '5'],
      ['Cache-Control', 'private'],
      ['Date', 'Sat, 21 Nov 2026 00:00:00 GMT'],
    ],
    body: Uint8Array.of(3, 1, 0x6a, 0, 5),
  };

  test('shows its usual headers where they are named, and all others', () => {
    expect(linesOf(answer, new Set())).toEqual(['200', 'Sync']);
    expect(linesOf(answer, new Set(['Content-Type']))).toEqual([
      '200',
      'Content-Type: application/vnd.ms-sync.wbxml',
      'Sync',
    ]);
  });

  test.each([
    ['another type', ['Content-Type', 'text/html']],
    ['another length', ['Content-Length', '6']],
    ['a header of note', ['Retry-After', '30']],
  ] as const)('shows %s', (_what, [name, value]) => {
    const headers = [...answer.headers.filter(([known]) => known !== name), [name, value] as const];
    expect(linesOf({ ...answer, headers }, new Set())).toEqual(['200', `${name}: ${value}`, 'Sync']);
  });

  test('shows a body that is no document as bytes, and a phrase that HTTP does not have', () => {
    const refused = { status: 449, phrase: 'Retry', headers: [], body: Uint8Array.of(60, 47) };
    expect(linesOf(refused, new Set())).toEqual(['449 Retry', 'hex 3C 2F']);
  });
});
