/** The package as a consumer installs it: packed, unpacked, and looked at from outside. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../', import.meta.url));

const run = promisify(execFile);

export interface PackedPackage {
  readonly tarball: Uint8Array<ArrayBuffer>;
  /** Every file, from the root of the package. */
  readonly files: readonly string[];
  /** Where the package lies as installed; its dependencies are found further up. */
  readonly installed: string;
  remove(): void;
}

/** Packs what was built; within the repository, so that the installed package finds its dependencies. */
export async function pack(): Promise<PackedPackage> {
  const scratch = join(root, '.vitest');
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'packed-'));
  const packing = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root });
  const [{ filename, files }] = JSON.parse(packing.stdout) as [{ filename: string; files: { path: string }[] }];
  const installed = join(folder, 'node_modules', 'eas-provisioning');
  mkdirSync(installed, { recursive: true });
  const archive = join(folder, filename);
  await run('tar', ['-xzf', archive, '-C', installed, '--strip-components=1']);
  return {
    tarball: Uint8Array.from(readFileSync(archive)),
    files: files.map(({ path }) => path),
    installed,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/**
 * Everything that Node loads for a piece of module code, its own modules included: asked of a fresh process, whose
 * resolver tells each module it is asked for.
 */
export async function loadedBy(code: string, cwd: string): Promise<readonly string[]> {
  const flags = ['--input-type=module', '--import', dataUrl(register), '--eval', code];
  const { stdout } = await run(process.execPath, flags, { cwd });
  return stdout.split('\n').filter((line) => line !== '');
}

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** Runs on the thread of the loader, whose standard output is the process's own. */
const hook = `
  import { writeSync } from 'node:fs';
  export async function resolve(specifier, context, next) {
    const resolved = await next(specifier, context);
    writeSync(1, resolved.url + '\\n');
    return resolved;
  }
`;

const register = `
  import { register } from 'node:module';
  register(${JSON.stringify(dataUrl(hook))});
`;
