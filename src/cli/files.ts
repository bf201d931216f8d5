import { readFileSync } from 'node:fs';
import { UsageError } from './exit-code.js';
import type { Terminal } from './terminal.js';

/**
 * A file named by an argument, `-` for standard input.
 *
 * @throws UsageError when it can not be read.
 */
export async function readInput(path: string, terminal: Pick<Terminal, 'input'>): Promise<Uint8Array> {
  if (path === '-') return terminal.input();
  try {
    return Uint8Array.from(readFileSync(path));
  } catch (error) {
    throw new UsageError(failure('read', path, error));
  }
}

/** What kept a file from being read or written, without the system's own spelling of its path. */
export function failure(verb: 'read' | 'write', path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return `can not ${verb} ${path}: ${reasons[code] ?? code}`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'it is a folder',
  EACCES: 'not permitted',
};
