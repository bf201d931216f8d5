/** The rules of who may import whom, what the pure parts may not touch, and how large a file may grow. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { exceptions, importsOf, parts, type SourceFile, violationsOf } from './support/architecture.js';

const files: readonly SourceFile[] = ['machines', 'src'].flatMap((folder) =>
  readdirSync(new URL(`../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      return { path, text: readFileSync(new URL(`../${path}`, import.meta.url), 'utf8') };
    }),
);

/** Longer than a screen or two because they are tables, or because their parts are read together. */
const longFiles: Readonly<Record<string, string>> = {
  'machines/provisioning.effects.ts': 'the two effect unions and the step table that gives them, read side by side',
  'src/codec/wbxml/code-pages.ts': 'table: the tokens of 26 code pages',
  'src/explore/invariants.ts': 'table: the promises that exploration holds everything against',
  'src/protocol/policy-elements.ts': 'table: 42 policy elements',
  'src/protocol/status.ts': 'table: every status of every scope',
};

/** An index beside those that the package exports. */
const innerIndexes: Readonly<Record<string, string>> = {
  'src/codec/wbxml/index.ts': 'the WBXML coder itself, the one face of its folder',
  'src/timeline/index.ts': 'entries as pages, terminals and pictures read them',
  'src/simulation/index.ts': 'both sides in one place, for the page',
};

test('every import is one that its part may make', () => {
  expect(files.length).toBeGreaterThan(80);
  expect(violationsOf(files)).toEqual([]);
});

test('no exception is kept that nothing needs', () => {
  const made = files.flatMap(importsOf);
  for (const { from, target, kind } of exceptions) {
    expect(made).toContainEqual(expect.objectContaining({ from, target, kind }));
  }
});

test('the inspector is for development: nothing but the page and the command line comes to it', () => {
  const importers = Object.entries(parts).filter(([name, row]) => name !== 'inspect' && row.parts.includes('inspect'));
  expect(importers.map(([name]) => name).sort()).toEqual(['cli', 'page']);
  const stately = Object.entries(parts).filter(([, { packages }]) => packages.includes('@statelyai/inspect'));
  expect(stately.map(([name]) => name).sort()).toEqual(['cli', 'inspect', 'page']);
});

test('an index stands only where the package exports one', () => {
  const exported = Object.values(packageJson.exports).map((path) =>
    path.replace('./dist/', '').replace(/\.js$/, '.ts'),
  );
  const indexes = files.map(({ path }) => path).filter((path) => path.endsWith('/index.ts'));
  expect(indexes.filter((path) => !exported.includes(path)).sort()).toEqual(Object.keys(innerIndexes).sort());
});

test('a file of more than 220 lines is a table', () => {
  const long = files.filter(({ text }) => text.trimEnd().split('\n').length > 220).map(({ path }) => path);
  expect(long.sort()).toEqual(Object.keys(longFiles).sort());
});

describe('the checker finds', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'a machine that imports a codec',
      { 'machines/a.ts': "import { wbxml } from '../src/codec/index.js';" },
      'machines/a.ts may not import src/codec/index.ts (value)',
    ],
    [
      'types as well as values',
      { 'src/protocol/a.ts': "import type { Effect } from '../../machines/index.js';" },
      'src/protocol/a.ts may not import machines/index.ts (type)',
    ],
    [
      'codec and http meeting',
      { 'src/codec/a.ts': "export { header } from '../http/headers.js';" },
      'src/codec/a.ts may not import src/http/headers.ts (value)',
    ],
    [
      'an import over several lines',
      { 'src/http/a.ts': "import {\n  type Element,\n  wbxml,\n} from '../codec/index.js';" },
      'src/http/a.ts may not import src/codec/index.ts (value)',
    ],
    [
      'an import for its side effects',
      { 'src/http/a.ts': "import 'fast-xml-parser';" },
      'src/http/a.ts may not import fast-xml-parser (value)',
    ],
    [
      'an XML parser outside the XML codec',
      { 'src/codec/a.ts': "import { XMLParser } from 'fast-xml-parser';" },
      'src/codec/a.ts may not import fast-xml-parser (value)',
    ],
    [
      'another subpath of the XML parser',
      { 'src/codec/xml/a.ts': "import { x } from 'fast-xml-parser/src/x.js';" },
      'src/codec/xml/a.ts may not import fast-xml-parser/src/x.js (value)',
    ],
    [
      'the XML codec reached from the codec',
      { 'src/codec/a.ts': "import { xmlView } from './xml/view.js';" },
      'src/codec/a.ts may not import src/codec/xml/view.ts (value)',
    ],
    [
      'the XML codec reached at once by the server',
      { 'src/server/compose.ts': "import { wapPolicy } from '../codec/xml/wap-policy.js';" },
      'src/server/compose.ts may not import src/codec/xml/wap-policy.ts (value)',
    ],
    [
      'client and server meeting',
      { 'src/client/a.ts': "const server = await import('../server/index.js');" },
      'src/client/a.ts may not import src/server/index.ts (dynamic)',
    ],
    [
      'a value from node where only types may come',
      { 'src/server/to-node-listener.ts': "import { Server } from 'node:http';" },
      'src/server/to-node-listener.ts may not import node:http (value)',
    ],
    [
      'a specifier without its ending',
      { 'src/http/a.ts': "import { b } from './b';" },
      'src/http/a.ts may not import src/http/b (value)',
    ],
    [
      'the inspector reached from the core',
      { 'src/client/a.ts': "export { createProvisioningInspector } from '../inspect/index.js';" },
      'src/client/a.ts may not import src/inspect/index.ts (value)',
    ],
    ['a file of no part', { 'src/other/a.ts': '' }, 'src/other/a.ts belongs to no part'],
    ['a clock', { 'machines/a.ts': 'const now = Date.now();' }, 'machines/a.ts may not touch Date'],
    ['chance', { 'src/codec/a.ts': 'const half = Math.random() < 0.5;' }, 'src/codec/a.ts may not touch Math.random'],
    ['chance of the better kind', { 'src/http/a.ts': 'crypto.randomUUID()' }, 'src/http/a.ts may not touch crypto'],
    ['the network', { 'src/http/a.ts': 'await fetch(url)' }, 'src/http/a.ts may not touch fetch'],
    ['a timer', { 'machines/a.ts': 'setTimeout(() => {}, 1)' }, 'machines/a.ts may not touch setTimeout'],
    [
      'a clock in a template',
      { 'src/http/a.ts': 'const t = `at $' + '{Date.now()}`;' },
      'src/http/a.ts may not touch Date',
    ],
    ['the process', { 'src/client/a.ts': 'process.exit(1)' }, 'src/client/a.ts may not touch process'],
    ['a Buffer', { 'src/server/a.ts': 'Buffer.from(x)' }, 'src/server/a.ts may not touch Buffer'],
    [
      'a cycle of two',
      { 'src/http/a.ts': "import './b.js';", 'src/http/b.ts': "import './a.js';" },
      'src/http/a.ts imports itself through others',
    ],
    [
      'a cycle of three',
      {
        'src/http/a.ts': "import { b } from './b.js';",
        'src/http/b.ts': "export * from './c.js';",
        'src/http/c.ts': "import { type A, a } from './a.js';",
      },
      'src/http/c.ts imports itself through others',
    ],
  ])('%s', (_what, sources, sentence) => {
    expect(violationsOf(Object.entries(sources).map(([path, text]) => ({ path, text })))).toContain(sentence);
  });

  test('nothing in what is allowed, in comments and in texts', () => {
    const sources = {
      'machines/a.ts':
        "// Date and fetch\nimport { setup } from 'xstate';\nimport { ok } from '../src/protocol/result.js';",
      'src/http/a.ts': "/** setTimeout */\nconst text = 'Date console';\nconst row = { process: 1 };\nrow.process;",
      'src/http/b.ts': "import type { C } from './c.js';",
      'src/http/c.ts': "import { b } from './b.js';",
      'src/server/compose.ts': "await import('../codec/xml/wap-policy.js');",
      'src/server/to-node-listener.ts': "import type { IncomingMessage } from 'node:http';",
      'src/cli/main.ts': "#!/usr/bin/env node\nimport { argv } from 'node:process';\nconsole.log(argv);",
    };
    expect(violationsOf(Object.entries(sources).map(([path, text]) => ({ path, text })))).toEqual([]);
  });
});
