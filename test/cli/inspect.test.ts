import { chmodSync, existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { showEntries } from '../../src/cli/inspect.js';
import { runCommandLine } from '../../src/cli/program.js';
import { FakeTerminal } from './fake-terminal.js';
import { ask, note, pageIn, readLines } from './page.js';
import { temporaryPath } from './temporary.js';

/** A running `inspect`, stopped with the test, and what it said first. */
async function inspecting(terminal: FakeTerminal, ...options: string[]) {
  const code = runCommandLine(['inspect', '--port', '0', ...options], terminal);
  onTestFinished(async () => {
    terminal.stop();
    await code;
  });
  return { code, lines: await terminal.untilLines(3) };
}

test('the URL of the page comes first, then how to connect, and being stopped is no failure', async () => {
  const terminal = new FakeTerminal();
  const { code, lines } = await inspecting(terminal);
  const [url = '', receiver = '', producer = ''] = lines;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const [, token] = /#receive=([\w-]{43})$/.exec(receiver) ?? [];
  expect(receiver).toBe(`Stately's protocol, to look at: ${url}#receive=${token}`);
  expect(producer).toBe(`Stately's protocol, to send to: ${url.replace('http:', 'ws:')}stately?token=${token}`);
  const { port } = new URL(url);
  const page = await ask({ port }, '/');
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  for (const [, part = ''] of page.body.matchAll(/ (?:src|href)="([^":#]+)"/g))
    expect((await ask({ port }, `/${part}`)).status).toBe(200);
  expect((await ask({ port }, '/entries', { headers: { Authorization: `Bearer ${token}` } })).status).toBe(404);
  terminal.stop();
  expect(await code).toBe(0);
  expect(terminal.errors).toBe('');
});

test('what is printed connects a producer with a page', async () => {
  const { lines } = await inspecting(new FakeTerminal());
  const [, receiver = '', producer = ''] = lines;
  const page = new URL(receiver.replace(/^.*: /, ''));
  const token = page.hash.replace('#receive=', '');
  const receiving = new WebSocket(`ws://${page.host}/stately/receive?token=${token}`, { origin: page.origin });
  const sending = new WebSocket(producer.replace(/^.*: /, ''));
  onTestFinished(() => {
    receiving.terminate();
    sending.terminate();
  });
  const received = new Promise((resolve) => receiving.once('message', (data) => resolve(String(data))));
  sending.once('open', () => sending.send('{"type":"@xstate.actor"}'));
  expect(await received).toBe('{"type":"@xstate.actor"}');
});

test('each run has a token of its own', async () => {
  const runs = await Promise.all([inspecting(new FakeTerminal()), inspecting(new FakeTerminal())]);
  const [one, other] = runs.map(({ lines }) => lines[1]?.replace(/^.*#receive=/, ''));
  expect(one).not.toBe(other);
});

test('a port that is taken is 3, and said', async () => {
  const { lines } = await inspecting(new FakeTerminal());
  const { port } = new URL(lines[0] ?? '');
  const terminal = new FakeTerminal();
  expect(await runCommandLine(['inspect', '--port', port], terminal)).toBe(3);
  expect(terminal.errors).toBe(`error: can not listen on 127.0.0.1 port ${port}: the port is in use\n`);
  expect(terminal.output).toBe('');
});

describe.skipIf(process.platform !== 'linux')('--open', () => {
  /** A program in the place of the platform's opener, which notes what it is called with. */
  function opener(script: (noted: string) => string) {
    const path = temporaryPath('xdg-open');
    const noted = `${dirname(path)}/noted`;
    writeFileSync(path, `#!/bin/sh\n${script(noted)}\n`);
    chmodSync(path, 0o755);
    return { noted, env: { PATH: [dirname(path), '/usr/bin', '/bin'].join(delimiter) } };
  }

  /** Resolves when a file is there, which is written under another name first. */
  function written(path: string): Promise<string> {
    return new Promise((resolve) => {
      const look = () => {
        if (!existsSync(path)) return;
        watcher.close();
        resolve(readFileSync(path, 'utf8'));
      };
      const watcher = watch(dirname(path), look);
      look();
    });
  }

  test('opens the page, without a token', async () => {
    const { noted, env } = opener((path) => `echo "$@" > ${path}.part; mv ${path}.part ${path}`);
    const terminal = new FakeTerminal({ env });
    const { lines } = await inspecting(terminal, '--open');
    expect(await written(noted)).toBe(`${lines[0]}\n`);
    expect(terminal.errors).toBe('');
  });

  /** The first line on standard error. */
  class Complaining extends FakeTerminal {
    readonly complaint: Promise<string>;
    #tell: (text: string) => void = () => {};

    constructor(env: Readonly<Record<string, string>>) {
      super({ env });
      this.complaint = new Promise((resolve) => {
        this.#tell = resolve;
      });
    }

    override err(text: string): void {
      super.err(text);
      this.#tell(text);
    }
  }

  test.each([
    ['fails', () => opener(() => 'exit 4').env, 'it ended with 4'],
    ['is not there', () => ({ PATH: dirname(temporaryPath('nothing')) }), 'not found'],
  ])('that %s is told, and the page is served', async (_what, env, why) => {
    const terminal = new Complaining(env());
    const { lines } = await inspecting(terminal, '--open');
    expect(await terminal.complaint).toBe(`can not open a browser with xdg-open: ${why}\n`);
    expect((await fetch(lines[0] ?? '')).status).toBe(200);
  });
});

test('entries are replayed to the last, and the page stays until it is stopped', async () => {
  const terminal = new FakeTerminal();
  const entries = Array.from({ length: 6_000 }, (_, at) => note('entry', at));
  const code = showEntries(entries, 'a recording', terminal);
  const { origin, bearer } = pageIn((await terminal.untilLines(1))[0]);
  const lines = await readLines(`${origin}/entries`, bearer);
  expect(await lines.take(10_000)).toEqual([{ mode: 'replay', title: 'a recording' }, ...entries]);
  terminal.stop();
  expect(await code).toBe(0);
  await expect(fetch(origin)).rejects.toThrow();
});
