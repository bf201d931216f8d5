/** The command `replay`: what it shows of each kind of file, and what it ends with. */
import { readFileSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/program.js';
import { replayBounds } from '../../src/cli/replay-read.js';
import type { Entry } from '../../src/timeline/index.js';
import { replayProblems } from '../../src/timeline/replay-problem.js';
import { anyText } from '../support/arbitraries/text.js';
import { FakeTerminal } from './fake-terminal.js';
import { pageIn, readLines } from './page.js';
import { temporaryPath } from './temporary.js';

const fixture = (name: string) => `test/fixtures/transcripts/${name}.jsonl`;

async function replayed(argv: readonly string[], input = '', look: { isFancy?: boolean; columns?: number } = {}) {
  const terminal = new FakeTerminal({ input: new TextEncoder().encode(input), ...look });
  const code = await runCommandLine(['replay', ...argv], terminal);
  return { code, output: terminal.output, errors: terminal.errors, lines: terminal.lines };
}

test('a recording is a timeline: messages, what they make of both sides, and how they stand at the end', async () => {
  const { code, lines, errors } = await replayed([
    fixture('tb5-v142-161'),
    '--session',
    'user@example.test/mztb1fa1bd10ffa2ecc81e8efd9c2969',
  ]);
  expect([code, errors]).toEqual([0, '']);
  expect(lines.slice(0, 13)).toEqual([
    'Session user@example.test/mztb1fa1bd10ffa2ecc81e8efd9c2969',
    '   3  device --> server  FolderSync    without a key, 16.1',
    '   4  device <-- server  FolderSync    Status 142, HTTP 200',
    '        DeviceNotProvisioned: A policy is in force and the device must provision. Next: the',
    '          client.',
    '        device  Unprovisioned -> NeedsReprovision, DeviceNotProvisioned',
    '   5  device --> server  Provision     initial, key 0, 16.1',
    '        device  NeedsReprovision -> AwaitingPolicy',
    '        server  Unprovisioned -> AwaitingPolicy',
    '   6  device <-- server  Provision     policy under temporary key 1001234567, HTTP 200',
    '        device  AwaitingPolicy -> Acknowledging, key 0 -> 1001234567 temporary',
    '        server  AwaitingPolicy -> Acknowledging, key 0 -> 1001234567 temporary',
    '   7  device --> server  Provision     acknowledgment of 1001234567, status 1, key 1001234567, 16.1',
  ]);
  expect(lines.slice(-5)).toEqual([
    '',
    'user@example.test/mztb1fa1bd10ffa2ecc81e8efd9c2969 at the end',
    '  device  Provisioned, key 1002469134 permanent',
    '  server  Provisioned, key 1002469134 permanent',
    'OK Nothing is outside the specification.',
  ]);
});

test('where it left the specification is said beneath the message, counted at the end, and exit code 1', async () => {
  const { code, lines } = await replayed([fixture('deb411-v449')]);
  expect(code).toBe(1);
  const at = lines.indexOf('   4  device <-- server  Settings      449');
  expect(lines.slice(at + 1, at + 5)).toEqual([
    '        RetryWith: Provision first (up to 12.1). Next: the client.',
    '        device  Unprovisioned -> NeedsReprovision, Unspecified',
    '        NO outside the specification: exchange 2: the server demands by HTTP 449 in 14.0, where a',
    '          Status in the body does (MS-ASCMD 2.2.2)',
  ]);
  expect(lines.at(-1)).toBe('NO One place outside the specification, or where a promise falls.');
});

test('facts that fit no state are marked as the machine marks them', async () => {
  const facts = [{ type: 'PolicyRequested' }, { type: 'PermanentKeyIssued', policyKey: '7' }];
  const { code, lines } = await replayed(['-'], JSON.stringify({ role: 'client', facts }));
  expect(code).toBe(1);
  expect(lines).toEqual([
    'Session facts',
    '        device  Unprovisioned -> AwaitingPolicy',
    '        NO outside the specification: PermanentKeyIssued 7 does not fit AwaitingPolicy',
    '',
    'facts at the end',
    '  device  AwaitingPolicy, key 0',
    'NO One place outside the specification, or where a promise falls.',
  ]);
});

test('a permalink may be the argument itself', async () => {
  const { code, output } = await replayed(['14.1.c.s.d']);
  expect(code).toBe(0);
  expect(output).toContain('device <-- server  FolderSync');
  expect(output).toMatch(/ lost$/m);
});

test('a chapter is told, and the promise that it breaks where it does', async () => {
  const chapter =
    '## I0: aPage does not hold\n\n```bounds\nversion 14.1\n```\n\n```moves\nbegin 0\nsend 0\nreceive 0\n```\n';
  const { code, lines } = await replayed(['-'], chapter);
  expect(code).toBe(0);
  expect(lines.slice(0, 4)).toEqual([
    'Session aPage',
    '        * device: Command 1 begins.',
    '   1  device --> server  FolderSync    under key 0, 14.1',
    '   2  device <-- server  FolderSync    Status 142, HTTP 200  under way',
  ]);
  const broken = { kind: 'Note', at: 0, session: 's', by: 'environment', text: 'Broken promise: I1 earned.' };
  const told = await replayed(['-'], JSON.stringify(broken));
  expect([told.code, told.lines[1]]).toEqual([1, '        NO broken promise: I1 earned.']);
});

describe('--json', () => {
  const entriesOf = (output: string): readonly Entry[] =>
    output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  test.each(['aosp-full', 'horde-happy'])('of %s is a file that is replayed to the same', async (name) => {
    const json = await replayed(['--json', fixture(name)]);
    const again = await replayed(['-'], json.output);
    const first = await replayed([fixture(name)]);
    expect([again.code, again.output]).toEqual([first.code, first.output]);
    expect(json.code).toBe(first.code);
    expect((await replayed(['--json', '-'], json.output)).output).toBe(json.output);
  });

  test('with --session has only that one', async () => {
    const { output } = await replayed(['--json', fixture('aosp-full'), '--session', 'session']);
    expect(new Set(entriesOf(output).map(({ session }) => session))).toEqual(new Set(['session']));
  });
});

test('--inspect serves the entries to the page, until it is stopped', async () => {
  const terminal = new FakeTerminal();
  const code = runCommandLine(['replay', fixture('deb411-v449'), '--inspect'], terminal);
  const [line = ''] = await terminal.untilLines(1);
  const { origin, bearer } = pageIn(line);
  const json = (await replayed(['--json', fixture('deb411-v449')])).output.trimEnd().split('\n');
  const lines = await readLines(`${origin}/entries`, bearer);
  expect(await lines.take(json.length + 1)).toEqual([
    { mode: 'replay', title: `recording ${fixture('deb411-v449')}` },
    ...json.map((each) => JSON.parse(each)),
  ]);
  terminal.stop();
  expect(await code).toBe(1);
});

describe('wrong usage', () => {
  test.each<[string, readonly string[], string, string]>([
    ['no such file', ['nowhere.jsonl'], '', 'error: can not read nowhere.jsonl: no such file\n'],
    ['nothing in it', ['-'], '', 'error: -: There is nothing in it. (ERR_REPLAY_KIND)\n'],
    [
      'a line that is none',
      ['-'],
      '{"req":{},"res":{}}',
      'error: -: line 1, req.line Expected a request line. (ERR_REPLAY_RECORDING)\n',
    ],
    [
      'no such session',
      [fixture('aosp-full'), '--session', 'x'],
      '',
      'error: no session x; there are: session, user@example.test/android1234567890\n',
    ],
    [
      'two ways at once',
      [fixture('aosp-full'), '--json', '--inspect'],
      '',
      'error: --inspect and --json exclude each other\n',
    ],
  ])('%s is 2', async (_what, argv, input, errors) => {
    expect(await replayed(argv, input)).toMatchObject({ code: 2, output: '', errors });
  });

  test('a file too large is 2, and not read', async () => {
    const path = temporaryPath('large.jsonl');
    writeFileSync(path, new Uint8Array(replayBounds.bytes + 1));
    const { code, errors } = await replayed([path]);
    expect([code, errors.endsWith('More than 64 MiB. (ERR_REPLAY_SIZE)\n')]).toEqual([2, true]);
  });
});

describe('whatever a peer wrote', () => {
  test('nothing reaches the terminal that moves its cursor', async () => {
    const [line = ''] = readFileSync(fixture('aosp-full'), 'utf8').split('\n').slice(1);
    const hostile = fc.oneof(
      anyText({ minLength: 1, maxLength: 8 }),
      fc.constantFrom('\u009b31m', 'a\u007f', '\u001b]0;x\u0007'),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const exchange = JSON.parse(line);
        const said = encodeURIComponent(text);
        const url = `/Microsoft-Server-ActiveSync?Cmd=FolderSync&User=${said}&DeviceId=${said}&DeviceType=x`;
        exchange.req.line = `POST ${url} HTTP/1.1`;
        exchange.req.headers.push(['X-MS-PolicyKey', text]);
        const { output, errors } = await replayed(['-'], JSON.stringify(exchange));
        expect((output + errors).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
        const json = await replayed(['-', '--json'], JSON.stringify(exchange));
        expect(json.output.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 60 },
    );
  });

  test('a fancy terminal gets colours, arrows that are drawn, and lines that fit where they may be broken', async () => {
    const { output } = await replayed([fixture('horde-happy')], '', { isFancy: true, columns: 72 });
    expect(output).toContain('\u001b[');
    expect(output).toContain('──▶');
    const lines = stripVTControlCharacters(output).split('\n');
    for (const line of lines.filter((each) => each.startsWith('        '))) {
      if (!line.includes('→')) expect(line.length).toBeLessThanOrEqual(72);
    }
  });
});

describe('docs/cli.md', () => {
  const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');

  test('shows what replay says', async () => {
    const shown = page.match(/\$ (?:echo '.*' \| )?npx eas-provisioning replay[^`$]*/g) ?? [];
    expect(shown).toHaveLength(2);
    for (const example of shown) {
      const [first = '', ...output] = example.trimEnd().split('\n');
      const [, piped = '', argument = ''] =
        /^\$ (?:echo '(.*)' \| )?npx eas-provisioning replay (\S+)$/.exec(first) ?? [];
      expect((await replayed([argument], piped)).output.trimEnd()).toBe(output.join('\n'));
    }
  });

  test('has a row for every code', () => {
    for (const [code, meaning] of Object.entries(replayProblems))
      expect(page).toContain(`| \`${code}\` | ${meaning} |`);
  });
});
