/** Compiles the fuzzer beside the sources it imports, then runs it. */
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const built = new URL('.vitest/fuzz/', root);
const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', root));
const compiled = spawnSync(process.execPath, [compiler, '-p', fileURLToPath(new URL('test/fuzz', root))], {
  stdio: 'inherit',
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
cpSync(new URL('test/fixtures', root), new URL('test/fixtures', built), { recursive: true });
await import(new URL('test/fuzz/main.js', built));
