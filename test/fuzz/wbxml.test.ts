import { describe, expect, test } from 'vitest';
import { createWbxml } from '../../src/codec/index.js';
import type { Element } from '../../src/protocol/element.js';
import { runCases } from './cases.js';
import { shortRun } from './short-run.js';
import { shippedWbxml, wbxmlTarget } from './wbxml.js';

const { document, request } = shippedWbxml;

describe('fuzz: wbxml', () => {
  shortRun(wbxmlTarget(), 1500, [
    [
      'a code page that does not exist throws',
      'throws nothing',
      mutant({
        decode(bytes) {
          const decoded = document.decode(bytes);
          if (!decoded.ok && decoded.error.code === 'ERR_WBXML_PAGE') throw new RangeError('no such page');
          return decoded;
        },
      }),
    ],
    [
      'half of a surrogate pair is replaced',
      'decode undoes encode',
      mutant({ encode: (root) => document.encode(wellFormed(root)) }),
    ],
    [
      'an offset lies behind the input',
      'offsets are within the input',
      mutant({
        decode(bytes) {
          const decoded = document.decode(bytes);
          return decoded.ok ? decoded : { ok: false, error: { ...decoded.error, offset: bytes.length + 1 } };
        },
      }),
    ],
    [
      'nobody minds what follows the root',
      'what is no document is not read',
      mutant({
        decode(bytes) {
          const decoded = document.decode(bytes);
          if (decoded.ok || decoded.error.code !== 'ERR_WBXML_TRAILING') return decoded;
          return document.decode(bytes.subarray(0, decoded.error.offset));
        },
      }),
    ],
    [
      'depth has no limit',
      'nothing beyond the limits is read',
      wbxmlTarget({ ...shippedWbxml, narrow: createWbxml({ bytes: 256, elements: 12, text: 24, legacy: true }) }),
    ],
    [
      'the key of an acknowledgment is not written',
      'encoding loses nothing',
      wbxmlTarget({
        ...shippedWbxml,
        request: {
          decode: request.decode,
          encode: (message) =>
            request.encode({ ...message, ...(message.policies && { policies: message.policies.map(withoutKey) }) }),
        },
      }),
    ],
  ]);

  test('a failure tells how to see it again, and with how little', async () => {
    const throwing = mutant({
      decode(bytes) {
        if (bytes.includes(0xc3)) throw new TypeError('opaque');
        return document.decode(bytes);
      },
    });
    const { failure } = await runCases(throwing, 7, { cases: 1000 });
    expect(failure?.minimized).toBe('hex c3');
    const again = await runCases(throwing, 7, { from: failure?.case ?? 0, cases: 1 });
    expect(again.failure).toEqual(failure);
    expect(failure?.replay).toBe(`npm run fuzz -- --target wbxml --seed 7 --case ${failure?.case}`);
  });
});

function mutant(broken: Partial<typeof document>) {
  return wbxmlTarget({ ...shippedWbxml, document: { ...document, ...broken } });
}

function wellFormed({ name, content }: Element): Element {
  if (typeof content === 'string') return { name, content: content.replaceAll(/\p{Surrogate}/gu, '?') };
  return { name, content: Array.isArray(content) ? content.map(wellFormed) : content };
}

function withoutKey({ policyKey: _, ...policy }: { readonly policyKey?: string }) {
  return policy;
}
