/**
 * The tests of an area, bundled with everything of ours that they import, what several import once: a mutant is put to them
 * in a worker of its own, where importing a hundred modules one by one would take longer than the tests.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, matchesGlob } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { areas } from './areas.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const globs = areas[process.env.STRYKER_AREA ?? 'machines'].tests;
const files = readdirSync(`${root}test`, { recursive: true })
  .map((path) => `test/${path}`)
  .filter((path) => globs.some((glob) => matchesGlob(path, glob)));

await build({
  absWorkingDir: root,
  entryPoints: files,
  outdir: '.',
  outbase: '.',
  outExtension: { '.js': '.bundle.mjs' },
  bundle: true,
  splitting: true,
  chunkNames: 'test/chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'es2022',
  alias: {
    'fast-check': fileURLToPath(new URL('fast-check.mjs', import.meta.url)),
    'fast-check-itself': fileURLToPath(import.meta.resolve('fast-check')),
  },
  external: ['vitest', 'xstate', 'fast-xml-parser'],
  plugins: [{ name: 'places', setup: keepPlaces }],
});
for (const file of files) {
  const wrapped = `import { test } from 'vitest';
try {
  await import('./${basename(file, '.ts')}.bundle.mjs');
} catch (error) {
  // A suite that cannot be loaded has no failed test, and its mutant would count as alive.
  test('is loaded', () => { throw error; });
}
`;
  writeFileSync(`${root}${file.replace(/\.ts$/, '.mjs')}`, wrapped);
}

/** A module still knows where it was. */
function keepPlaces({ onLoad }) {
  onLoad({ filter: /\.ts$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8');
    return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
  });
}
