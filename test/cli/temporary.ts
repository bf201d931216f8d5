import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A path in a new folder, gone with the test. */
export function temporaryPath(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'eas-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}
