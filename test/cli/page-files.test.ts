import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/cli/exit-code.js';
import { readPageFiles } from '../../src/cli/page-files.js';
import { temporaryPath } from './temporary.js';

function builtPage(): string {
  const folder = dirname(temporaryPath('page'));
  for (const name of ['index.html', 'main.js', 'main.css', 'secret.txt']) writeFileSync(`${folder}/${name}`, name);
  return folder;
}

test('each path has its file, and a file without a path is not read', () => {
  const files = [...readPageFiles(builtPage())].map(([path, { body, type }]) => [
    path,
    new TextDecoder().decode(body),
    type,
  ]);
  expect(files).toEqual([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/main.js', 'main.js', 'text/javascript; charset=utf-8'],
    ['/main.css', 'main.css', 'text/css; charset=utf-8'],
  ]);
});

test('it is read once: what is served does not change with the folder', () => {
  const folder = builtPage();
  const files = readPageFiles(folder);
  const before = files.get('/main.js');
  writeFileSync(`${folder}/main.js`, 'changed');
  expect(files.get('/main.js')).toBe(before);
  expect(readPageFiles(folder).get('/main.js')?.etag).not.toBe(before?.etag);
});

test('a page that is not built is said, with what to do', () => {
  const folder = dirname(temporaryPath('page'));
  expect(() => readPageFiles(folder)).toThrow(new UsageError('the page is not built: npm run build'));
});
