import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childrenOf, container, leaf, textOf } from '../../src/codec/content.js';
import { anyElement } from '../support/arbitraries/element.js';
import { inlineText } from '../support/arbitraries/text.js';

describe('an element', () => {
  test('with text gives the text back, and its children if it has some', () => {
    fc.assert(
      fc.property(inlineText, fc.array(anyElement, { minLength: 1 }), (text, children) => {
        expect(textOf(leaf('Provision:Data', text))).toBe(text);
        expect(childrenOf(container('Provision:Data', children))).toBe(children);
        expect(textOf(container('Provision:Data', children))).toBeUndefined();
      }),
    );
  });

  test('of opaque bytes has the text that is their UTF-8, a byte order mark kept', () => {
    fc.assert(
      fc.property(inlineText, (text) => {
        const content = new TextEncoder().encode(`\ufeff${text}`);
        expect(textOf({ name: 'Provision:Data', content })).toBe(`\ufeff${text}`);
      }),
    );
  });

  test('with nothing in it is a tag without content', () => {
    expect(leaf('Provision:Status', '')).toEqual({ name: 'Provision:Status', content: null });
    expect(container('Provision:Policies', [])).toEqual({ name: 'Provision:Policies', content: null });
  });
});
