import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UsageError } from './exit-code.js';

/** A file of the page, in memory. */
export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array;
  /** Changes with the body. */
  readonly etag: string;
}

/** Every path that the server of a page knows, with what is there. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * The page as it is built.
 *
 * @throws UsageError where it is not.
 */
export function readPageFiles(folder: string = builtPage()): PageFiles {
  return new Map(
    Object.entries(rows).map(([path, { name, type }]) => [path, pageFile(type, readPart(join(folder, name)))]),
  );
}

export function pageFile(type: string, body: Uint8Array): PageFile {
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}

const page = { name: 'index.html', type: 'text/html; charset=utf-8' };

/** There is no other way to a file than by one of these paths. */
const rows: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  '/': page,
  '/index.html': page,
  '/main.js': { name: 'main.js', type: 'text/javascript; charset=utf-8' },
  '/main.css': { name: 'main.css', type: 'text/css; charset=utf-8' },
};

/** From the root of the package, which the modules of the sources and the built ones find alike. */
function builtPage(): string {
  return join(dirname(createRequire(import.meta.url).resolve('eas-provisioning/package.json')), 'dist/page');
}

function readPart(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw new UsageError('the page is not built: npm run build');
  }
}
