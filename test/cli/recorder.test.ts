import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/cli/exit-code.js';
import { openRecorder } from '../../src/cli/recorder.js';
import { temporaryPath } from './temporary.js';

const request = { method: 'OPTIONS', url: '/', headers: {}, body: new Uint8Array() };
const response = { status: 200, headers: {}, body: new Uint8Array() };
const silent = () => {};

const numbersIn = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).seq);

test('exchanges are appended and numbered on, over several runs', () => {
  const path = temporaryPath('a.jsonl');
  const first = openRecorder(path, 'test', silent);
  first(request, response);
  first(request, response);
  openRecorder(path, 'test', silent)(request, response);
  expect(numbersIn(path)).toEqual([1, 2, 3]);
});

test('a new transcript is for its owner only; one that is there keeps its mode', () => {
  const path = temporaryPath('a.jsonl');
  openRecorder(path, 'test', silent);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const shared = temporaryPath('b.jsonl');
  writeFileSync(shared, '', { mode: 0o644 });
  openRecorder(shared, 'test', silent);
  expect(statSync(shared).mode & 0o777).toBe(0o644);
});

test('a path that can not be written is wrong usage', () => {
  expect(() => openRecorder('/nowhere/at/all', 'test', silent)).toThrow(UsageError);
});

test('a transcript that is taken away is complained of once, and stops nothing', () => {
  const path = temporaryPath('a.jsonl');
  const complaints: string[] = [];
  const record = openRecorder(path, 'test', (text) => complaints.push(text));
  rmSync(dirname(path), { recursive: true });
  record(request, response);
  record(request, response);
  expect(complaints).toEqual([`can not write ${path}: no such file; recording ends\n`]);
});
