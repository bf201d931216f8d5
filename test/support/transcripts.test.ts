import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bodies, exchanges } from './transcripts.js';

const files = [
  'aosp-full.jsonl',
  'aosp-wipe.jsonl',
  'deb411-rotate449.jsonl',
  'deb411-v449.jsonl',
  'deb411-wap25.jsonl',
  'horde-happy.jsonl',
  'tb5-v142-161.jsonl',
];

test('every transcript is read', () => {
  expect([...new Set(exchanges.map(({ file }) => file))]).toEqual(files);
});

describe.each(files)('%s', (file) => {
  const recording = readFileSync(new URL(`../fixtures/transcripts/${file}`, import.meta.url), 'utf8');
  const ours = exchanges.filter((exchange) => exchange.file === file);

  test('each line is an exchange, in order', () => {
    expect(ours).toHaveLength(recording.trimEnd().split('\n').length);
    expect(ours.map(({ seq }) => seq)).toEqual([...ours.map(({ seq }) => seq)].sort((a, b) => a - b));
  });

  test('each body is there, byte for byte', () => {
    const recorded = [...recording.matchAll(/"bodyHex": ?"([0-9a-f]+)"/g)].map(([, hex]) => hex);
    const read = bodies.filter(({ of }) => of.startsWith(`${file} `));
    expect(read.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual(recorded);
  });

  test('each message has its line or status, and headers', () => {
    for (const { request, response } of ours) {
      expect(request.line).toMatch(/^(OPTIONS|GET|POST) \/Microsoft-Server-ActiveSync\S* HTTP\/1\.1$/);
      expect([200, 401, 449, 500]).toContain(response.status);
      expect(request.headers.map(([name]) => name.toLowerCase())).toContain('host');
      expect(response.headers.length).toBeGreaterThan(0);
    }
  });
});
