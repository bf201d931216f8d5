/** Makes `dist/page` of this folder: one page, one module, one style sheet, and nothing that is fetched from elsewhere. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const outdir = here('../../dist/page');

await mkdir(outdir, { recursive: true });
const bundled = build({
  entryPoints: [here('main.ts'), here('main.css')],
  outdir,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
});
// The chart is in the page itself, so that it is there before anything runs.
const [markup, chart] = await Promise.all([
  readFile(here('index.html'), 'utf8'),
  readFile(here('machine.svg'), 'utf8'),
]);
await writeFile(
  `${outdir}/index.html`,
  markup.replace('<!-- machine.svg -->', () => chart.trim()),
);
await bundled;
