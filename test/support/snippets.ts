/** Code on the pages, compiled as a reader would paste it: each block is a module of its own. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import type { Page } from './documentation.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Snippet {
  /** The page and the line on which the block begins. */
  readonly where: string;
  readonly code: string;
}

/** Every block of TypeScript on a page. */
export function snippetsOf({ path, text }: Page): readonly Snippet[] {
  return [...text.matchAll(/^```ts\n(?<code>[\s\S]*?)^```$/gm)].map(({ index, groups }) => ({
    where: `${path}:${text.slice(0, index).split('\n').length}`,
    code: groups?.code ?? '',
  }));
}

export interface Compiled {
  /** What the compiler says, each line with the page instead of the temporary file. */
  readonly problems: readonly string[];
  /** Where the modules lie, named as given, with `.js`. */
  readonly modules: string;
  remove(): void;
}

/** Compiles modules against the sources in one run, as strictly as the library itself. */
export async function compile(modules: Readonly<Record<string, string>>): Promise<Compiled> {
  const scratch = join(root, '.vitest');
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'snippets-'));
  for (const [name, code] of Object.entries(modules)) writeFileSync(join(folder, `${name}.ts`), code);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configOf(folder)));
  const output = await tsc(folder);
  return {
    problems: output.split('\n').filter((line) => line.includes('error TS')),
    modules: join(folder, 'out', folder.slice(root.length)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function configOf(folder: string) {
  const sources = Object.entries(packageJson.exports)
    .filter(([, path]) => path.endsWith('.js'))
    .map(([entry, path]) => {
      const source = join(root, path.replace('./dist/', '').replace(/\.js$/, '.ts'));
      return [`eas-provisioning${entry.slice(1)}`, [source]] as const;
    });
  return {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      composite: false,
      declaration: false,
      tsBuildInfoFile: null,
      noUnusedLocals: false,
      rootDir: root,
      outDir: join(folder, 'out'),
      paths: Object.fromEntries(sources),
    },
    include: ['*.ts'],
  };
}

function tsc(folder: string): Promise<string> {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, '-p', folder, '--pretty', 'false'],
      { cwd: folder },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
  });
}
