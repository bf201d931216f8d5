/** The package as its consumers meet it: contents, exports, types, and what importing it costs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { loadedBy, type PackedPackage, pack, root } from './support/packed.js';

let packed: PackedPackage;
beforeAll(async () => {
  packed = await pack();
}, 60_000);
afterAll(() => packed.remove());

/** What others build on. */
const names: Readonly<Record<string, readonly string[]>> = {
  '.': ['createProvisioningClient', 'createProvisioningServer', 'toNodeListener', 'toFetch'],
  './machine': ['provisioningMachine', 'start', 'resume', 'step', 'load', 'save'],
  './codec': ['wbxml', 'provisionRequest', 'provisionResponse', 'policyDocument'],
  './codec/xml': ['xmlView', 'wapPolicy'],
  './http': ['composeRequest', 'composeOptions', 'readRequest', 'parseQuery', 'httpStatus'],
  './policy': ['validatePolicy', 'projectPolicy', 'policyRevision', 'diffPolicies', 'lintPolicy', 'evaluatePolicy'],
  './client': ['createProvisioningClient'],
  './server': ['createProvisioningServer', 'toNodeListener', 'toFetch', 'createMemoryStore'],
  './admin': ['createAdministration', 'administrationProblems'],
  './inspect': ['createProvisioningInspector', 'createRedactor'],
};

const entries = Object.keys(packageJson.exports).filter((entry) => entry !== './package.json');

describe('the tarball', () => {
  test('holds what is built, what is written, and nothing else', () => {
    const expected =
      /^(?:dist\/(?:machines|src)\/.+\.(?:js|d\.ts)|dist\/page\/(?:index\.html|main\.(?:js|css))|docs\/.+\.(?:md|ts|svg|png)|README\.md|LICENSE|package\.json)$/;
    expect(packed.files.filter((file) => !expected.test(file))).toEqual([]);
    expect(packed.files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'docs/README.md',
        'docs/machine.md',
        'dist/src/cli/main.js',
        'dist/page/main.js',
      ]),
    );
  });

  test('holds a module and its types for every source', () => {
    const modules = packed.files.filter((file) => /^dist\/(?:machines|src)\/.+\.js$/.test(file));
    expect(modules.length).toBeGreaterThan(80);
    for (const file of modules) expect(packed.files).toContain(file.replace(/\.js$/, '.d.ts'));
  });

  test('tells nothing of the machine that made it', () => {
    const telling = packed.files.filter((file) => {
      const text = readFileSync(join(packed.installed, file), 'utf8');
      return text.includes(root) || /\/work\/|\/home\/|\.\.\/shared|sourceMappingURL/.test(text);
    });
    expect(telling).toEqual([]);
  });

  test('is well formed to publint', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: packed.tarball.buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test('has types that are not wrong, for importers of modules', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(packed.tarball));
    if (!analysis.types) throw new TypeError('the package has no types');
    // CommonJS and the resolution before `exports` are not served: the package is ESM only.
    const served = analysis.problems.filter(
      (problem) => !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind),
    );
    expect(served).toEqual([]);
    expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining(entries));
  });
});

describe('the entries', () => {
  test('are the ones that others build on', () => {
    expect(entries).toEqual(Object.keys(names));
  });

  test.each(Object.entries(names))('%s has its names, and loads no more than it needs', async (entry, expected) => {
    const code = `console.log(JSON.stringify(Object.keys(await import('${specifierOf(entry)}'))))`;
    const lines = await loadedBy(code, packed.installed);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual(expect.arrayContaining([...expected]));
    expect(lines[0]).toContain(pathToFileURL(join(packed.installed, 'dist')).href);
    const [, reason] = Object.entries(heavyEntries).find(([name]) => name === entry) ?? [];
    if (reason) expect(heavy(lines)).toContainEqual(expect.stringContaining(reason));
    else expect(heavy(lines)).toEqual([]);
  });

  test('have no other way in', async () => {
    const inner = "await import('eas-provisioning/dist/src/server/decide.js')";
    await expect(loadedBy(inner, packed.installed)).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

test('a module of node is seen wherever it is imported', async () => {
  expect(heavy(await loadedBy("import 'node:fs'", packed.installed))).toEqual(['node:fs']);
  const indirect = 'await import(\'data:text/javascript,import "http"\')';
  expect(heavy(await loadedBy(indirect, packed.installed))).toEqual(['node:http']);
});

/** What a core entry must not load: an XML parser, the command line, an inspector, anything of Node. */
function heavy(urls: readonly string[]): readonly string[] {
  return urls.filter((url) => /^node:|fast-xml-parser|commander|picocolors|@statelyai/.test(url));
}

/** What the other entries are there for. */
const heavyEntries = { './codec/xml': 'fast-xml-parser', './inspect': '@statelyai/inspect' };

function specifierOf(entry: string): string {
  return `eas-provisioning${entry.slice(1)}`;
}
