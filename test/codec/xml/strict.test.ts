import fc from 'fast-check';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { buildXml, parseXml, type XmlNode } from '../../../src/codec/xml/strict.js';
import { problem, problemCodes } from '../../../src/protocol/problem.js';
import { err } from '../../../src/protocol/result.js';
import { anyText } from '../../support/arbitraries/text.js';
import { limits, mutated, soup, spelling, tree } from './documents.js';

describe('parseXml', () => {
  it('reads a tree however it is spelled', () => {
    fc.assert(
      fc.property(spelling, ({ node, xml }) => {
        expect(parseXml(xml, limits)).toEqual({ ok: true, value: node });
      }),
      { numRuns: 1000 },
    );
  });

  it('answers any text: a tree, or a problem with an offset inside it', () => {
    const valid = spelling.map(({ xml }) => xml);
    const texts = fc.oneof(soup, mutated(valid), anyText());
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseXml(text, limits);
        if (parsed.ok) return;
        expect(parsed.error.code).toMatch(/^ERR_XML_/);
        expect(problemCodes).toHaveProperty(parsed.error.code);
        if (parsed.error.message.includes('__proto__')) return;
        expect(parsed.error.offset).toBeGreaterThanOrEqual(0);
        expect(parsed.error.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads what a mutation leaves well-formed as it would be written', () => {
    fc.assert(
      fc.property(mutated(spelling.map(({ xml }) => xml)), (text) => {
        const parsed = parseXml(text, limits);
        if (!parsed.ok) return;
        const written = buildXml(withoutMixture(parsed.value), 'compact', limits);
        expect(written.ok && parseXml(written.value, limits)).toEqual({
          ok: true,
          value: withoutMixture(parsed.value),
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('joins the text of an element and keeps its white space', () => {
    const parsed = parseXml('<a> one<b/>&amp;<![CDATA[<two>&lt;]]>\r\n<!-- no --></a>', limits);
    expect(parsed).toMatchObject({
      ok: true,
      value: { text: ' one&<two>&lt;\n', children: [{ name: 'b', text: '' }] },
    });
  });
});

describe('what fast-xml-parser lets through, and we do not', () => {
  const lax = new XMLParser();

  it.each([
    ['two roots', '<a/><b/>', 'ERR_XML_SYNTAX', 4],
    ['an end tag of another element', '<a><b></a>', 'ERR_XML_SYNTAX', 6],
    ['an element without its end', '<a><b></b>', 'ERR_XML_SYNTAX', 10],
    ['an end tag of nothing', '<a/></b>', 'ERR_XML_SYNTAX', 4],
    ['text behind the root', '<a/>text', 'ERR_XML_SYNTAX', 4],
    ['text and nothing else', 'text', 'ERR_XML_SYNTAX', 0],
    ['nothing', '', 'ERR_XML_SYNTAX', 0],
    ['a document type', '<!DOCTYPE a><a/>', 'ERR_XML_DOCTYPE', 0],
    ['entities that grow', '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>', 'ERR_XML_DOCTYPE', 0],
    ['an unknown entity', '<a>&nbsp;</a>', 'ERR_XML_SYNTAX', 3],
    ['a bare &', '<a>fish & chips</a>', 'ERR_XML_SYNTAX', 8],
    ['a reference to no character', '<a>&#x110000;</a>', 'ERR_XML_SYNTAX', 3],
    ['a reference to a control character', '<a>&#1;</a>', 'ERR_XML_SYNTAX', 3],
    ['an unknown entity in an attribute', '<a b="&c;"/>', 'ERR_XML_SYNTAX', 6],
    ['an attribute without a value', '<a b/>', 'ERR_XML_SYNTAX', 2],
    ['an attribute twice', '<a b="1" b="2"/>', 'ERR_XML_SYNTAX', 8],
    ['an attribute twice that no object can hold', '<a __proto__="1" __proto__="2"/>', 'ERR_XML_SYNTAX', 16],
    ['attributes without space between them', '<a b="1"c="2"/>', 'ERR_XML_SYNTAX', 8],
    ['a < in an attribute', '<a b="<"/>', 'ERR_XML_SYNTAX', 2],
    ['a name that begins with a digit', '<1a/>', 'ERR_XML_SYNTAX', 0],
    ['a name split at exotic white space', '<a\u1680b="1"/>', 'ERR_XML_SYNTAX', 2],
    [']]> in text', '<a>]]></a>', 'ERR_XML_SYNTAX', 3],
    ['-- in a comment', '<a><!-- -- --></a>', 'ERR_XML_SYNTAX', 3],
    ['a NUL', '<a>\0</a>', 'ERR_XML_SYNTAX', 3],
    ['half a surrogate pair', '<a>\uD83D</a>', 'ERR_XML_SYNTAX', 3],
    ['XML 1.1', '<?xml version="1.1"?><a/>', 'ERR_XML_SHAPE', 0],
    ['a processing instruction', '<?go?><a/>', 'ERR_XML_SHAPE', 0],
    ['a late XML declaration', '<a/><?xml version="1.0"?>', 'ERR_XML_SHAPE', 4],
  ])('%s', (_, xml, code, offset) => {
    expect(() => lax.parse(xml)).not.toThrow();
    expect(parseXml(xml, limits)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it('a processing instruction whose apostrophe hides what follows', () => {
    const xml = "<?it's?><a/><?that's?>";
    expect(parseXml(xml, limits)).toMatchObject({ ok: false, error: { code: 'ERR_XML_SHAPE', offset: 0 } });
  });
});

describe('what fast-xml-parser changes, and we do not', () => {
  it.each([
    ['leading zeros', '<a>0012</a>', { a: 12 }, '0012'],
    ['exponents', '<a>1e3</a>', { a: 1000 }, '1e3'],
    ['true', '<a>true</a>', { a: true }, 'true'],
    ['hexadecimals', '<a>0x3F</a>', { a: 0x3f }, '0x3F'],
    ['white space', '<a> b </a>', { a: 'b' }, ' b '],
    ['characters by number', '<a>&#65;</a>', { a: '&#65;' }, 'A'],
  ])('%s', (_, xml, lax, text) => {
    expect(new XMLParser().parse(xml)).toEqual(lax);
    expect(parseXml(xml, limits)).toMatchObject({ ok: true, value: { text } });
  });

  it('attributes, which it drops', () => {
    expect(new XMLParser().parse('<a b="01"/>')).toEqual({ a: '' });
    expect(parseXml('<a b="01"/>', limits)).toMatchObject({ ok: true, value: { attributes: new Map([['b', '01']]) } });
  });

  it('names of members of Object.prototype, which it renames or refuses', () => {
    expect(new XMLParser().parse('<a><valueOf>b</valueOf></a>')).toEqual({ a: { __valueOf: 'b' } });
    expect(parseXml('<a><valueOf/></a>', limits)).toMatchObject({
      ok: true,
      value: { children: [{ name: 'valueOf' }] },
    });
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(() => new XMLParser().parse(`<${name}/>`)).toThrow();
      expect(parseXml(`<${name}/>`, limits)).toEqual(
        err(problem('ERR_XML_SHAPE', 'an element named __proto__, constructor or prototype')),
      );
    }
  });

  it('the value of an attribute, which its builder leaves out when it is true', () => {
    const lax = new XMLBuilder({ ignoreAttributes: false });
    expect(lax.build({ a: { '@_b': 'true' } })).toBe('<a b></a>');
    expect(buildXml(leaf('a', '', [['b', 'true']]), 'compact', limits)).toEqual({ ok: true, value: '<a b="true"/>' });
  });
});

describe('bombs', () => {
  const open = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
  const attributes = (count: number) => `<a ${Array.from({ length: count }, (_, index) => `b${index}=""`).join(' ')}/>`;

  it.each([
    ['depth', (size: number) => open(size), limits.depth],
    ['elements', (size: number) => `<a>${'<b/>'.repeat(size - 1)}</a>`, limits.elements],
    ['attributes', attributes, limits.attributes],
    ['characters', (size: number) => `<a>${'b'.repeat(size - 7)}</a>`, limits.characters],
  ])('%s: the limit is read, one more is refused', (_, document, limit) => {
    expect(parseXml(document(limit), limits).ok).toBe(true);
    expect(parseXml(document(limit + 1), limits)).toMatchObject({ ok: false, error: { code: 'ERR_XML_SIZE' } });
  });

  it('a million open tags do not exhaust the stack', () => {
    const roomy = { characters: 10_000_000, depth: 20, elements: 2_000_000, attributes: 20 };
    expect(parseXml('<a>'.repeat(1_000_000), roomy)).toMatchObject({ error: { code: 'ERR_XML_SIZE', offset: 60 } });
  });

  it('a text too long is refused before it is read', () => {
    const parsed = parseXml(`<!DOCTYPE${' '.repeat(limits.characters)}`, limits);
    expect(parsed).toMatchObject({ error: { code: 'ERR_XML_SIZE', offset: limits.characters } });
  });

  it('a billion laughs are refused unread', () => {
    const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
    const xml = `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs.join('')}]><a>&l9;</a>`;
    expect(parseXml(xml, limits)).toMatchObject({ ok: false, error: { code: 'ERR_XML_DOCTYPE', offset: 0 } });
  });
});

describe('buildXml', () => {
  it('writes what parseXml reads', () => {
    fc.assert(
      fc.property(tree, (node) => {
        const xml = buildXml(node, 'compact', limits);
        expect(xml.ok && parseXml(xml.value, limits)).toEqual({ ok: true, value: node });
      }),
      { numRuns: 1000 },
    );
  });

  it('indents without a change to any text', () => {
    fc.assert(
      fc.property(tree, (node) => {
        const xml = buildXml(node, 'indented', limits);
        const parsed = xml.ok ? parseXml(xml.value, limits) : xml;
        expect(parsed.ok && withoutMixture(parsed.value)).toEqual(node);
      }),
      { numRuns: 1000 },
    );
  });

  it('indents by two spaces, and escapes no more than it must', () => {
    const node: XmlNode = { ...leaf('a', ''), children: [leaf('b', `"it's" <&>\r`), leaf('c', '', [['d', '"\n']])] };
    expect(buildXml(node, 'indented', limits)).toEqual({
      ok: true,
      value: '<a>\n  <b>"it\'s" &lt;&amp;&gt;&#xD;</b>\n  <c d="&quot;&#xA;"/>\n</a>',
    });
  });

  it.each([
    ['a name with markup', leaf('a b="c"', ''), problem('ERR_XML_SYNTAX', 'a name that is none in XML')],
    [
      'an attribute name with markup',
      leaf('a', '', [['b="" c', '']]),
      problem('ERR_XML_SYNTAX', 'a name that is none in XML'),
    ],
    ['a name of text to the parser', leaf('#text', 'b'), problem('ERR_XML_SYNTAX', 'a name that is none in XML')],
    [
      'a character that XML cannot hold',
      leaf('a', '\u0001'),
      problem('ERR_XML_SYNTAX', 'a character that XML 1.0 cannot hold', { offset: 3 }),
    ],
    [
      'text beside children',
      { ...leaf('a', 'text'), children: [leaf('b', '')] },
      problem('ERR_XML_SHAPE', 'text beside children'),
    ],
    [
      'more text than the limit',
      leaf('a', 'b'.repeat(limits.characters)),
      problem('ERR_XML_SIZE', 'more than 100000 characters', { offset: 100_000 }),
    ],
    ['a tree without end', endless(), problem('ERR_XML_SIZE', 'elements too deep inside each other')],
  ])('refuses %s', (_, node, found) => {
    expect(buildXml(node, 'compact', limits)).toEqual(err(found));
  });
});

function leaf(name: string, text: string, attributes: readonly (readonly [string, string])[] = []): XmlNode {
  return { name, attributes: new Map(attributes), children: [], text };
}

/** The node without the text beside its children. */
function withoutMixture(node: XmlNode): XmlNode {
  const children = node.children.map(withoutMixture);
  return { ...node, children, text: children.length > 0 ? '' : node.text };
}

function endless(): XmlNode {
  const children: XmlNode[] = [];
  const node = { ...leaf('a', ''), children };
  children.push(node);
  return node;
}
