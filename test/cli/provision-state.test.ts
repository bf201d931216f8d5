import * as platform from 'node:fs';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/cli/exit-code.js';
import { type FileSystem, fileStore } from '../../src/cli/provision-state.js';
import { temporaryPath } from './temporary.js';

/** A platform whose process dies at its n-th call, before it takes effect, half-way through a write, or after. */
function mortal(at: number, when: 'before' | 'half' | 'after'): FileSystem & { readonly calls: () => number } {
  let calls = 0;
  const dying = <Args extends unknown[], Value>(call: (...args: Args) => Value) => {
    return (...args: Args): Value => {
      calls += 1;
      if (calls > at) throw new Error('dead already');
      if (calls < at) return call(...args);
      const [file, text, ...rest] = args;
      if (when === 'half' && typeof text === 'string' && typeof file === 'number' && rest.length === 0) {
        platform.writeSync(file, text.slice(0, text.length / 2));
      }
      if (when === 'after') call(...args);
      throw new Error('dies');
    };
  };
  return {
    readFileSync: platform.readFileSync,
    openSync: dying(platform.openSync),
    writeFileSync: dying(platform.writeFileSync),
    fsyncSync: dying(platform.fsyncSync),
    closeSync: dying(platform.closeSync),
    renameSync: dying(platform.renameSync),
    unlinkSync: dying(platform.unlinkSync),
    calls: () => calls,
  };
}

function wholeCalls(text: string): number {
  const files = mortal(Number.POSITIVE_INFINITY, 'after');
  fileStore(temporaryPath('state.json'), files).save(text);
  return files.calls();
}

describe('a state file', () => {
  test('holds the old text or the new one, whole, wherever the process dies (I17)', () => {
    const calls = wholeCalls('x');
    // Open, write, make durable, close, rename; the same of the folder without a write.
    expect(calls).toBe(8);
    const text = fc.string({ minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(
        fc.option(text, { nil: null }),
        text,
        fc.integer({ min: 1, max: calls }),
        fc.constantFrom('before' as const, 'half' as const, 'after' as const),
        (old, next, at, when) => {
          const path = temporaryPath('state.json');
          if (old !== null) fileStore(path).save(old);
          try {
            fileStore(path, mortal(at, when)).save(next);
          } catch {
            // It died.
          }
          expect([old, next]).toContain(fileStore(path).load());
        },
      ),
      { numRuns: 100 },
    );
  });

  test('is replaced, not written to: who reads it meanwhile has all of the old text', () => {
    const path = temporaryPath('state.json');
    fileStore(path).save('old');
    const reader = platform.openSync(path, 'r');
    fileStore(path).save('new');
    expect(readFileSync(reader, 'utf8')).toBe('old');
    platform.closeSync(reader);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('is its owner’s alone, and has nothing left beside it', () => {
    const path = temporaryPath('state.json');
    writeFileSync(path, 'old', { mode: 0o644 });
    fileStore(path).save('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path))).toEqual(['state.json']);
  });

  test('that can not be replaced leaves nothing beside it either, and is told', () => {
    const path = temporaryPath('state.json');
    mkdirSync(path);
    expect(() => fileStore(path).save('new')).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(dirname(path))).toEqual(['state.json']);
  });

  test('that is not there, or empty, is a first contact', () => {
    const path = temporaryPath('state.json');
    expect(fileStore(path).load()).toBeNull();
    writeFileSync(path, '');
    expect(fileStore(path).load()).toBeNull();
  });

  test('that is a folder, or in no folder, is named before anything is sent', () => {
    const path = temporaryPath('state.json');
    mkdirSync(path);
    for (const [there, reason] of [
      [path, 'it is a folder'],
      [join(dirname(path), 'nowhere', 'state.json'), 'no such file'],
    ] as const) {
      const load = () => fileStore(there).load();
      expect(load).toThrow(UsageError);
      expect(load).toThrow(`${there}: ${reason}`);
    }
  });
});
