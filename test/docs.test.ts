/** Pages lead somewhere, and their code compiles and runs. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { brokenLinks, missingFiles, pages, readPage } from './support/documentation.js';
import { type Compiled, compile, snippetsOf } from './support/snippets.js';

describe('every page', () => {
  test.each(pages().map(({ path }) => path))('%s leads somewhere, and tells of no machine', (path) => {
    const page = readPage(path);
    expect(brokenLinks(page)).toEqual([]);
    expect(missingFiles(page)).toEqual([]);
    expect(page.text).not.toMatch(/\/(?:work|home|root|Users|tmp)\/|\.\.\/shared|\bTODO\b|\bFIXME\b/);
  });

  test('can be reached from README.md', () => {
    const reached = new Set(['README.md']);
    for (const path of reached) for (const target of linksOf(path)) reached.add(target);
    expect(
      pages()
        .map(({ path }) => path)
        .filter((path) => !reached.has(path)),
    ).toEqual([]);
  });

  test('a broken link, and a picture or a file that is not there, is found', () => {
    const text = '[a](machine.md) [b](nowhere.md) [c](machine.md#the-facts) [d](#none) [e](../../x) `[f](f.md)`';
    expect(brokenLinks({ path: 'docs/page.md', text })).toEqual(['nowhere.md', '#none', '../../x']);
    const pictures = '<source srcset="images/none.svg"><img src="images/machine-light.svg"><img src="none.svg">';
    expect(brokenLinks({ path: 'docs/page.md', text: pictures })).toEqual(['images/none.svg', 'none.svg']);
    const named = '`src/index.ts` `src/none.ts` `machines/` `docs/none` `npx vitest run test/docs.test.ts`';
    expect(missingFiles({ path: 'docs/page.md', text: named })).toEqual(['src/none.ts', 'docs/none']);
  });
});

describe('code', () => {
  const examples = ['client', 'server', 'inspect'];
  const snippets = pages().flatMap(snippetsOf);
  let compiled: Compiled;

  beforeAll(async () => {
    const programs = examples.map((name) => [name, readPage(`docs/examples/${name}.ts`).text]);
    const blocks = snippets.map(({ where, code }) => [moduleName(where), `${code}\nexport {};\n`]);
    compiled = await compile(Object.fromEntries([...programs, ...blocks]));
  }, 60_000);
  afterAll(() => compiled.remove());

  test('on pages and in examples compiles', () => {
    expect(snippets.length).toBeGreaterThan(8);
    expect(compiled.problems).toEqual([]);
  });

  test('that does not compile is found', async () => {
    const wrong = await compile({ wrong: "import { step } from 'eas-provisioning/machine';\nstep(1);\n" });
    wrong.remove();
    expect(wrong.problems).toEqual([expect.stringMatching(/^wrong\.ts\(2,\d+\): error TS/)]);
  });

  test('of the examples: client and server provision each other over a socket', async () => {
    const state = mkdtempSync(join(tmpdir(), 'eas-example-'));
    const server = spawn(process.execPath, [join(compiled.modules, 'server.js'), '0']);
    try {
      const [url] = await firstLine(server.stdout);
      const ask = async (password: string) =>
        promisify(execFile)(process.execPath, [
          join(compiled.modules, 'client.js'),
          String(url),
          'anna',
          password,
          join(state, 'state.json'),
        ]);
      const first = await ask('correct horse');
      expect(first.stdout).toMatch(/"MinDevicePasswordLength":6/);
      expect(first.stdout).toMatch(/answered 200 under key [1-9]\d*, repeated\n$/);
      const again = await ask('correct horse');
      const [, key] = /under key (\d+), repeated/.exec(first.stdout) ?? [];
      expect(again.stdout).toMatch(new RegExp(`answered 200 under key ${key}\\n$`));
      await expect(ask('wrong')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('Next move: user') });
      expect(readFileSync(join(state, 'state.json'), 'utf8')).toContain(`"${key}"`);
    } finally {
      server.kill();
      rmSync(state, { recursive: true });
    }
  });

  test('of the examples: a page is told of client and server, and of no key', async () => {
    const page = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    const told: string[] = [];
    page.on('connection', (socket) => socket.on('message', (data) => told.push(String(data))));
    try {
      await once(page, 'listening');
      const { port } = page.address() as AddressInfo;
      const program = join(compiled.modules, 'inspect.js');
      const { stdout } = await promisify(execFile)(process.execPath, [
        program,
        `ws://127.0.0.1:${port}/stately`,
        '100',
      ]);
      expect(stdout).toBe('a first command: Answered\na stricter policy: Answered\na wipe: Wiped\n');
      const messages = told.map((text) => JSON.parse(text));
      const names = messages.flatMap(({ type, name }) => (type === '@xstate.actor' ? [name] : []));
      expect(names).toEqual(expect.arrayContaining(['phone', 'server', 'anna/EXAMPLE0001']));
      const keys = messages.flatMap(({ event }) => (event?.type === 'StorePolicyKey' ? [event.policyKey] : []));
      expect(new Set(keys)).toEqual(new Set(['K1', 'K2', 'K3', 'K4', '0']));
    } finally {
      page.close();
    }
  });
});

function linksOf(path: string): readonly string[] {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const targets = [...readPage(path).text.matchAll(/\]\((?<target>[^)#\s]+\.md)/g)];
  return targets
    .map(({ groups }) => new URL(`${folder}${groups?.target}`, 'page:/').pathname.slice(1))
    .filter((target) => pages().some((page) => page.path === target));
}

/** `docs/client.md:12` as the name of a file. */
function moduleName(where: string): string {
  return where.replaceAll(/[/.:]/g, '-');
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<readonly unknown[]> {
  for await (const line of createInterface({ input: stream })) return [line];
  return [];
}
