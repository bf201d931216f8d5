import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines } from '../../src/page/json-lines.js';
import { askedBy } from '../../src/page/mode.js';
import { valueText } from '../../src/page/value-text.js';
import { anyJson } from '../support/arbitraries/text.js';

async function read(chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<readonly unknown[]> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const values: unknown[] = [];
  for await (const some of jsonLines(stream)) values.push(...some);
  return values;
}

test('a stream of lines is read alike, wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyJson), fc.nat(), fc.boolean(), async (values, cut, ends) => {
      const bytes = new TextEncoder().encode(
        values.map((value) => JSON.stringify(value)).join('\n') + (ends ? '\n' : ''),
      );
      const at = bytes.length === 0 ? 0 : cut % bytes.length;
      // JSON has no negative zero.
      expect(await read([bytes.slice(0, at), bytes.slice(at)])).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});

test('a line that is no JSON is left out', async () => {
  expect(await read([new TextEncoder().encode('1\n{\n\n"two"\n')])).toEqual([1, 'two']);
});

test('an address asks for a mode', () => {
  expect(askedBy('')).toEqual({ mode: 'simulation', permalink: null });
  expect(askedBy('#s=14.1.c')).toEqual({ mode: 'simulation', permalink: '14.1.c' });
  expect(askedBy('#watch=a=b')).toEqual({ mode: 'watch', token: 'a=b' });
  expect(askedBy('#receive')).toEqual({ mode: 'receive', token: null });
  expect(askedBy('#receive=t')).toEqual({ mode: 'receive', token: 't' });
  expect(askedBy('#exchange')).toBeNull();
});

test('data in a few words is short, whatever it is', () => {
  expect(valueText({ kind: 'Rejected', scope: 'Http', status: 503 })).toBe('Rejected (scope Http, status 503)');
  expect(valueText(Number.MAX_SAFE_INTEGER)).toBe('no limit');
  expect(valueText('x'.repeat(100))).toHaveLength(65);
  expect(valueText({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 })).toBe('(a 1, b 2, c 3, d 4, e 5, f 6, 1 more)');
  fc.assert(fc.property(fc.jsonValue(), (value) => typeof valueText(value) === 'string'));
});
