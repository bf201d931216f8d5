import { randomUUID } from 'node:crypto';
import * as platform from 'node:fs';
import { dirname } from 'node:path';
import type { StateStore } from '../client/index.js';
import { UsageError } from './exit-code.js';
import { failure } from './files.js';

/** What a store in a file asks of the platform. */
export type FileSystem = Pick<
  typeof platform,
  'readFileSync' | 'openSync' | 'writeFileSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'unlinkSync'
>;

/**
 * A store in one file, which only its owner can read: it holds policy keys. After a crash at any point the file holds
 * what was saved last or what was saved before, whole: a new text is written beside it, made durable, and takes its
 * place. A file that is empty, or not there, is a first contact.
 *
 * @throws UsageError from `load` when there is something that can not be read, or nothing can be written there.
 */
export function fileStore(path: string, files: FileSystem = platform): StateStore {
  return {
    load() {
      try {
        platform.accessSync(dirname(path), platform.constants.W_OK);
      } catch (error) {
        throw new UsageError(failure('write', path, error));
      }
      try {
        return files.readFileSync(path, 'utf8') || null;
      } catch (error) {
        if (isMissing(error)) return null;
        throw new UsageError(failure('read', path, error));
      }
    },

    save(text) {
      const beside = `${path}.${randomUUID().slice(0, 8)}.tmp`;
      try {
        writeDurably(beside, text, files);
        files.renameSync(beside, path);
      } catch (error) {
        discard(beside, files);
        throw error;
      }
      syncFolder(dirname(path), files);
    },
  };
}

function writeDurably(path: string, text: string, files: FileSystem): void {
  const file = files.openSync(path, 'wx', 0o600);
  try {
    files.writeFileSync(file, text);
    files.fsyncSync(file);
  } finally {
    files.closeSync(file);
  }
}

/** The new name is durable with its folder; not every platform can open one, and then does without. */
function syncFolder(path: string, files: FileSystem): void {
  try {
    const folder = files.openSync(path, 'r');
    try {
      files.fsyncSync(folder);
    } finally {
      files.closeSync(folder);
    }
  } catch {
    // What was saved stands in the file all the same.
  }
}

function discard(path: string, files: FileSystem): void {
  try {
    files.unlinkSync(path);
  } catch {
    // It may never have been made.
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
