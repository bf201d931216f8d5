import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/program.js';
import { FakeTerminal } from './fake-terminal.js';

describe('wrong usage ends with 2, is told on stderr and prints nothing', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['demo', '--frobnicate']],
    ['a missing argument', ['provision', '--user', 'lab']],
    ['a missing option', ['serve']],
    ['an argument too many', ['demo', 'again']],
    ['a port beyond 65535', ['serve', '--user', 'a:b', '--port', '65536']],
    ['a version that does not exist', ['serve', '--user', 'a:b', '--versions', '14.1,15.0']],
    ['a device id that is none', ['provision', 'http://127.0.0.1', '--user', 'a', '--device-id', 'not one']],
    ['an account without a password', ['serve', '--user', 'lab']],
    ['one name for two accounts', ['serve', '--user', 'a:b', '--user', 'a:c']],
    ['no password', ['provision', 'http://127.0.0.1:1', '--user', 'lab']],
    ['a URL that is none', ['provision', 'somewhere', '--user', 'lab', '--password', 'x']],
    ['a file that is not there', ['decode', '/nowhere/at/all']],
    ['two kinds of input', ['decode', '-', '--query', '--hex']],
  ])('%s', async (_what, argv) => {
    const terminal = new FakeTerminal();
    expect(await runCommandLine(argv, terminal)).toBe(2);
    expect(terminal.errors).toMatch(/\S/);
    expect(terminal.output).toBe('');
  });
});

test('a mistyped account is not shown: it may be the password', async () => {
  const terminal = new FakeTerminal();
  await runCommandLine(['serve', '--user', 'hunter2'], terminal);
  expect(terminal.errors).toContain('NAME:PASSWORD');
  expect(terminal.errors).not.toContain('hunter2');
});

test.each([['--help'], ['help'], ['--version'], ['serve', '--help'], ['help', 'provision']])(
  'asked for, help is no failure: %s %s',
  async (...argv) => {
    const terminal = new FakeTerminal();
    expect(await runCommandLine(argv, terminal)).toBe(0);
    expect(terminal.output).toMatch(/\S/);
  },
);

test('the help names the exit codes', async () => {
  const terminal = new FakeTerminal();
  await runCommandLine(['--help'], terminal);
  for (const code of [0, 1, 2, 3]) expect(terminal.output).toMatch(new RegExp(`^ {2}${code} {2}\\S`, 'm'));
});

test('a fault of ours is told with where it is, and ends with 1', async () => {
  const terminal = new FakeTerminal();
  terminal.input = async () => {
    throw new Error('a broken pipe wrench');
  };
  expect(await runCommandLine(['decode'], terminal)).toBe(1);
  expect(terminal.errors).toMatch(/^internal error: Error: a broken pipe wrench\n.*at /);
});
