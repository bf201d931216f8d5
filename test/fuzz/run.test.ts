import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** The command itself, and the one law that needs a process of its own: the counting of work. */
test('npm run fuzz tells what it ran, and that the work of every decoder is linear', async () => {
  const command = ['test/fuzz/run.mjs', '--json', '--cases', '20', '--inputs', '20', '--target', 'wbxml,query,xml'];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  const { results } = JSON.parse(stdout);
  expect(results).toMatchObject(
    ['wbxml', 'query', 'xml'].map((target) => ({ target, seed: 1, cases: 20, failure: null, work: { fault: null } })),
  );
});
