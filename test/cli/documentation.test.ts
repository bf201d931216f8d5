import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/program.js';
import { FakeTerminal } from './fake-terminal.js';

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');

/** The options a text names, but for those that every command has. */
const optionsIn = (text: string) => new Set((text.match(/--[a-z][a-z-]+/g) ?? []).filter((name) => !common.has(name)));
const common: ReadonlySet<string> = new Set(['--help', '--version', '--silent']);

/** What a command says of itself; of a group, what all in it say. */
async function helpOf(...command: string[]): Promise<string> {
  const terminal = new FakeTerminal();
  await runCommandLine([...command, '--help'], terminal);
  const [, list = ''] = terminal.output.split('\nCommands:\n');
  const inner = [...list.matchAll(/^ {2}(?<name>[a-z-]+)/gm)].map(({ groups }) => groups?.name ?? '');
  const help = await Promise.all(inner.filter((name) => name !== 'help').map((name) => helpOf(...command, name)));
  return [terminal.output, ...help].join('');
}

describe.each(['serve', 'devices', 'provision', 'probe', 'decode', 'demo', 'explore', 'inspect', 'replay'])(
  'docs/cli.md on %s',
  (command) => {
    const [, section = ''] = page.split(`\n## ${command}\n`);
    const [text = ''] = section.split('\n## ');

    test('names the options that there are, and no others', async () => {
      expect(optionsIn(text)).toEqual(optionsIn(await helpOf(command)));
    });
  },
);

test('what docs/cli.md shows of decode is what decode says', async () => {
  const shown = page.match(/\$ (?:echo .* \| )?npx eas-provisioning decode[^$`]*/g) ?? [];
  expect(shown).toHaveLength(3);
  for (const example of shown) {
    const [first = '', ...output] = example.trimEnd().split('\n');
    const [, piped = '', rest = ''] = /^\$ (?:echo (.*) \| )?npx eas-provisioning (.*)$/.exec(first) ?? [];
    const terminal = new FakeTerminal({ input: new TextEncoder().encode(piped) });
    await runCommandLine(rest.split(' '), terminal);
    expect((terminal.output + terminal.errors).trimEnd()).toBe(output.join('\n'));
  }
});
