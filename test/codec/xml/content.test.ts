import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf, shown } from '../../../src/codec/xml/content.js';
import type { XmlNode } from '../../../src/codec/xml/strict.js';
import { problem } from '../../../src/protocol/problem.js';
import { type Coder, err, ok } from '../../../src/protocol/result.js';
import { text } from '../wbxml/trees.js';

const never = err(problem('ERR_STATE_SHAPE', 'no children here'));
const leaf = fc.oneof(fc.constant(null), text, fc.uint8Array());

/** The content of one element that has no children. */
const content: Coder<null | string | Uint8Array, Omit<XmlNode, 'name'>> = {
  encode: (leaf) => shown(leaf, () => never),
  decode: (body) => {
    const read = contentOf({ name: 'a', ...body }, () => never);
    if (!read.ok) return read;
    return Array.isArray(read.value) ? never : ok(read.value as null | string | Uint8Array);
  },
};

describe('a leaf', () => {
  it('is read as it was shown', () => {
    fc.assert(
      fc.property(leaf, (value) => {
        const body = content.encode(value);
        expect(body.ok && content.decode(body.value)).toEqual({ ok: true, value });
      }),
    );
  });

  it('is told from every other by what is shown', () => {
    fc.assert(
      fc.property(leaf, leaf, (one, other) => {
        const same =
          one === other || (one instanceof Uint8Array && other instanceof Uint8Array && `${one}` === `${other}`);
        const bodies = [content.encode(one), content.encode(other)];
        const [first, second] = bodies.map(
          (body) => body.ok && JSON.stringify([...body.value.attributes, body.value.text]),
        );
        expect(first === second).toBe(same);
      }),
    );
  });
});

it('the first problem among children is the answer', () => {
  const child = { name: 'Provision:Status', content: null };
  const node = { name: 'a', attributes: new Map(), children: [], text: '' };
  expect(shown([child], () => never)).toBe(never);
  expect(contentOf({ ...node, children: [node] }, () => never)).toBe(never);
});

it('white space beside children is nothing, and other text is refused', () => {
  const node: XmlNode = { name: 'a', attributes: new Map(), children: [], text: '' };
  const child = { name: 'Provision:Status', content: null };
  expect(contentOf({ ...node, children: [node, node], text: ' \n' }, () => ok(child))).toEqual(ok([child, child]));
  const mixed = contentOf({ ...node, children: [node], text: '\u00A0' }, () => ok(child));
  expect(mixed).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_MIXED' } });
});
