import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/program.js';
import { policyRevision } from '../../src/policy/index.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import { FakeTerminal } from './fake-terminal.js';
import { temporaryPath } from './temporary.js';

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');

/** Runs `policy` with the arguments; `{ name: text }` of files that it may name. */
async function run(argv: readonly string[], files: Readonly<Record<string, string>> = {}, input = '') {
  const paths = Object.entries(files).map(([name, text]) => {
    const path = temporaryPath(name);
    writeFileSync(path, text);
    return [name, path] as const;
  });
  const terminal = new FakeTerminal({ input: new TextEncoder().encode(input) });
  const pathOf = new Map(paths);
  const code = await runCommandLine(['policy', ...argv.map((word) => pathOf.get(word) ?? word)], terminal);
  const named = (text: string) => paths.reduce((all, [name, path]) => all.replaceAll(path, name), text);
  return { code, output: named(terminal.output), errors: named(terminal.errors) };
}

const files = (...policies: readonly EASProvisionDoc[]) =>
  Object.fromEntries(policies.map((policy, at) => [`${'ab'[at]}.json`, JSON.stringify(policy)]));

describe('lint', () => {
  test.each<[string, EASProvisionDoc, number]>([
    ['an error', { MinDevicePasswordLength: 6 }, 1],
    ['a warning', { AllowWiFi: false }, 0],
    ['nothing', { DevicePasswordEnabled: true }, 0],
  ])('ends, with %s to say, with the exit code for it', async (_what, policy, code) => {
    expect(await run(['lint', 'a.json'], files(policy))).toMatchObject({ code, errors: '' });
  });

  test('says what it found, with the values concerned', async () => {
    const { output } = await run(['lint', 'a.json', '--protocol-version', '12.0'], files({ AllowBluetooth: 1 }));
    expect(output).toMatch(
      /^warning {2}NotCarried {2}in 12\.0\n {9}\S.*\.\n {9}AllowBluetooth {2}1 \(hands-free profiles/,
    );
    expect(output).toMatch(/\n2 warnings\n$/);
  });

  test('looks at the versions it is told, each time', async () => {
    const policy = files({ DevicePasswordEnabled: true, MinDevicePasswordLength: 8, AllowCamera: false });
    const argv = ['lint', 'a.json', '--json', '--protocol-version', '2.5', '--protocol-version', '14.0'];
    const findings = JSON.parse((await run(argv, policy)).output).findings;
    expect(findings).toEqual([expect.objectContaining({ code: 'NotCarried', versions: ['2.5'] })]);
    expect(
      JSON.parse((await run([...argv.slice(0, 3), '--protocol-version', '14.0'], policy)).output).findings,
    ).toEqual([]);
  });

  test('with nothing to say says so', async () => {
    expect((await run(['lint', '-'], {}, '{ "DevicePasswordEnabled": true }')).output).toBe(
      'OK Nothing to say about this policy.\n',
    );
  });
});

describe('diff', () => {
  const [strict, loose] = [{ AllowCamera: false, MaxAttachmentSize: 0 }, { MaxAttachmentSize: null }];

  test('of equal policies is nothing, and 0', async () => {
    expect(
      await run(['diff', 'a.json', 'b.json'], files(strict, { MaxAttachmentSize: 0, AllowCamera: false })),
    ).toEqual({
      code: 0,
      output: 'OK No difference.\n',
      errors: '',
    });
  });

  test('shows each element with what changed and what that does, and is 1', async () => {
    expect(await run(['diff', 'a.json', 'b.json'], files(strict, loose))).toEqual({
      code: 1,
      output:
        '~ MaxAttachmentSize  looser    0 bytes -> empty\n' + //
        '- AllowCamera        looser    false -> absent\n',
      errors: '',
    });
  });

  test('for programs has the revisions and the rows', async () => {
    const { output } = await run(['diff', 'a.json', 'b.json', '--json'], files(strict, loose));
    expect(JSON.parse(output)).toEqual({
      revisions: { before: await policyRevision(strict), after: await policyRevision(loose) },
      changes: [
        { element: 'MaxAttachmentSize', before: 0, after: null, change: 'changed', effect: 'looser' },
        { element: 'AllowCamera', before: false, change: 'removed', effect: 'looser' },
      ],
    });
  });
});

describe('show', () => {
  const policy = { MaxAttachmentSize: 5, RequireDeviceEncryption: true, AllowCamera: true };

  test('tells apart what is carried, what is asked for no more, and what is only left out', async () => {
    const { code, output } = await run(['show', 'a.json', '--protocol-version', '12.0'], files(policy));
    expect(code).toBe(0);
    expect(output.split('\n\n').map((part) => part.trim().split(/\s+/).slice(0, 6).join(' '))).toEqual([
      `revision ${await policyRevision(policy)}`,
      '12.0 carries: MaxAttachmentSize 5 bytes',
      'It asks for less: RequireDeviceEncryption true',
      'It says otherwise, and asks for',
    ]);
  });

  test('where nothing is lost, or nothing carried, says so', async () => {
    const { output } = await run(['show', 'a.json', '--protocol-version', '16.1'], files(policy));
    expect(output).toMatch(/\n\nNothing is lost\.\n$/);
    const none = await run(['show', 'a.json', '--protocol-version', '2.5'], files({ AllowCamera: false }));
    expect(none.output).toContain('2.5 carries nothing of it.\n');
  });

  test('for programs is what projectPolicy gives', async () => {
    const { output } = await run(
      ['show', 'a.json', '--protocol-version', '12.0', '--json'],
      files({ AllowCamera: false }),
    );
    expect(JSON.parse(output)).toEqual({
      revision: await policyRevision({ AllowCamera: false }),
      protocolVersion: '12.0',
      policy: {},
      lost: [{ element: 'AllowCamera', value: false, reason: 'NotInVersion', weakens: true }],
    });
  });
});

describe('a file that holds no policy', () => {
  const broken = { 'a.json': '{ "MinDevicePasswordLength": 60 }' };
  const said =
    'error: a.json: EASProvisionDoc/MinDevicePasswordLength: Expected 1 to 16, or null. (ERR_POLICY_RANGE)\n';

  test.each<[string, readonly string[], number]>([
    ['lint', ['lint', 'a.json'], 1],
    ['show', ['show', 'a.json', '--protocol-version', '14.1'], 1],
    ['diff', ['diff', 'a.json', 'a.json'], 2],
  ])('is told by %s with element and rule', async (_what, argv, code) => {
    expect(await run(argv, broken)).toEqual({ code, output: '', errors: said });
  });

  test('nor JSON is told as well, and one that is not there is wrong usage', async () => {
    expect(await run(['lint', 'a.json'], { 'a.json': '{' })).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^error: a\.json: not JSON: /),
    });
    expect(await run(['lint', '/nowhere/at/all'])).toMatchObject({ code: 2, output: '' });
  });
});

test.each([
  [['policy']],
  [['policy', 'lint']],
  [['policy', 'show', '-']],
  [['policy', 'lint', '-', '--protocol-version', '15.0']],
])('wrong usage: %j', async (argv) => {
  const terminal = new FakeTerminal();
  expect([await runCommandLine(argv, terminal), terminal.output]).toEqual([2, '']);
  expect(terminal.errors).toMatch(/\S/);
});

describe('docs/cli.md on policy', () => {
  const [, section = ''] = page.split('\n## policy\n');
  const [text = ''] = section.split('\n## ');

  test('names the options that there are, and no others', async () => {
    const helps = await Promise.all(['lint', 'diff', 'show'].map((name) => run([name, '--help'])));
    const optionsIn = (said: string) =>
      new Set((said.match(/--[a-z][a-z-]+/g) ?? []).filter((name) => name !== '--help'));
    const own = text.replace('`serve --policy`', '');
    expect(optionsIn(own)).toEqual(optionsIn(helps.map(({ output }) => output).join('')));
  });

  test('shows what they say', async () => {
    const [old = '', now = ''] = [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json]) => json ?? '');
    const examples = text.split('$ npx eas-provisioning policy ').slice(1);
    expect(examples).toHaveLength(3);
    for (const example of examples) {
      const [command = '', ...lines] = (example.split('\n```')[0] ?? '').trimEnd().split('\n');
      const { output } = await run(command.split(' '), { 'old.json': old, 'new.json': now });
      expect(output.trimEnd().split('\n')).toEqual(lines);
    }
  });
});
