/** The built command line as a process: what only a process has. `npm test` builds before it comes here. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { account } from './peer.js';

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

function started(argv: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [main, ...argv], { env: { PATH: process.env.PATH, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function ended(child: ChildProcessWithoutNullStreams) {
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  const [code] = await once(child, 'close');
  return { code, output, errors };
}

async function run(argv: readonly string[], input: Uint8Array | string = '', env = {}) {
  const child = started(argv, env);
  child.stdin.end(input);
  return ended(child);
}

const serving = ['serve', '--port', '0', '--user', `${account.user}:${account.password}`];

async function firstLineOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [line] = await once(createInterface(child.stdout), 'line');
  return String(line);
}

describe('exit codes of the process', () => {
  test.each([
    [0, ['--version'], ''],
    [0, ['decode'], '03 01 6A 00 00 07 56 52 03 30 00 01 01'],
    [1, ['decode'], '03 01 6A 00'],
    [2, ['decode', '--frobnicate'], ''],
    [3, ['provision', 'http://127.0.0.1:1', '--user', 'a', '--password', 'b'], ''],
  ])('%i: %s', async (code, argv, input) => {
    expect((await run(argv, input)).code).toBe(code);
  });
});

test('the version is that of the package', async () => {
  expect((await run(['--version'])).output).toBe(`${packageJson.version}\n`);
});

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test('stops serve, with 0 and without a word', async () => {
    const child = started(serving);
    const url = await firstLineOf(child);
    expect(new URL(url).pathname).toBe('/Microsoft-Server-ActiveSync');
    const end = ended(child);
    child.kill(signal);
    expect(await end).toMatchObject({ code: 0, errors: '' });
  });
});

test('two processes provision, the password from the environment and in no output', async () => {
  const server = started(serving);
  const url = await firstLineOf(server);
  const env = { EAS_PASSWORD: account.password };
  const { code, output, errors } = await run(['provision', url, '--user', account.user, '--json'], '', env);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(JSON.parse(output)).toMatchObject({ state: 'Provisioned', outcome: { kind: 'Provisioned' } });
  expect(output).not.toContain(account.password);
});

test('a reader that has seen enough does not stop the server', async () => {
  const server = started(serving);
  const url = await firstLineOf(server);
  server.stdout.destroy();
  for (let asked = 0; asked < 3; asked++) expect((await fetch(url, { method: 'OPTIONS' })).status).toBe(401);
});

test.each([
  ['yes\n', 'yes'],
  ['yes', ''],
  ['', ''],
])('a question is put on standard error and answered by a whole line or not at all: %j', async (typed, answer) => {
  const module = JSON.stringify(new URL('../../dist/src/cli/process-terminal.js', import.meta.url).href);
  const code = `const { processTerminal } = await import(${module});
    const { ask, isInteractive } = processTerminal();
    process.stdout.write(JSON.stringify([isInteractive, await ask('Sure? ')]));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code]);
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.end(typed);
  expect(await ended(child)).toEqual({ code: 0, output: JSON.stringify([false, answer]), errors: 'Sure? ' });
});

test('npm start is the eight steps, plain when piped, in less than two seconds', async () => {
  expect(packageJson.scripts.start).toBe('node dist/src/cli/main.js demo');
  const before = performance.now();
  const { code, output } = await run(['demo'], '', { CI: '1', FORCE_COLOR: '1' });
  expect(performance.now() - before).toBeLessThan(2000);
  expect(code).toBe(0);
  expect(output.match(/^ [1-8] {2}client/gm)).toHaveLength(8);
  expect(output).toMatch(/^[\x20-\x7e\n]+$/);
  expect(output).toMatch(/Both are Provisioned under the same key \d+\.\n$/);
});
