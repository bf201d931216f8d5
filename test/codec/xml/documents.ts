import fc from 'fast-check';
import type { XmlLimits, XmlNode } from '../../../src/codec/xml/strict.js';
import { anyText } from '../../support/arbitraries/text.js';

export const limits: XmlLimits = { characters: 100_000, depth: 20, elements: 1_000, attributes: 20 };

/** Names that trip up parsers: prefixes, members of Object.prototype, letters beyond ASCII. */
const names = [
  'a',
  'b.c-d',
  '_0x3F',
  'settings:Status',
  'xmlns:x',
  'hasOwnProperty',
  'valueOf',
  'é',
  '名',
  'true',
] as const;
const special = [
  '&',
  '<',
  '>',
  '"',
  "'",
  ']',
  '=',
  '/',
  '-',
  '?',
  '!',
  ' ',
  '\t',
  '\n',
  '\r',
  '0',
  '1',
  'e',
  '\u{1F600}',
];

const character = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...special) },
  fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
  fc.constantFrom('\uE000', '\uFEFF', '\uFFFD', '\u0085', '\u2028', '\u{10FFFF}'),
);

/** Any text that XML 1.0 can hold. */
export const xmlText: fc.Arbitrary<string> = fc.string({ unit: character, maxLength: 12 });

const attributes: fc.Arbitrary<ReadonlyMap<string, string>> = fc
  .dictionary(fc.constantFrom(...names, '__proto__', 'constructor'), xmlText, { maxKeys: 4, noNullPrototype: true })
  .map((values) => new Map(Object.entries(values)));

/** Any tree in which no element has text and children. */
export const tree: fc.Arbitrary<XmlNode> = fc.letrec<{ node: XmlNode; children: readonly XmlNode[] }>((tie) => ({
  node: fc
    .tuple(fc.constantFrom(...names), attributes, xmlText, tie('children'))
    .map(([name, attributes, text, children]) => ({ name, attributes, children, text: children.length ? '' : text })),
  children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('node'), { maxLength: 4 })),
})).node;

/** A tree, and one of the many ways to spell it: quotes, references, CDATA, comments and white space at will. */
export const spelling: fc.Arbitrary<{ readonly node: XmlNode; readonly xml: string }> = fc
  .tuple(tree, fc.infiniteStream(fc.nat()))
  .map(([node, numbers]) => ({ node, xml: spelled(node, (choices) => numbers.next().value! % choices) }));

/** Pieces of XML in no order. */
export const soup: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom('<a>', '</a>', '<a/>', '<b x="1">', "<b x='&lt;'/>", '</b>', ' ', 'text', '&amp;', '&#x41;', '&'),
      fc.constantFrom('<!--', '-->', '<![CDATA[', ']]>', '<?xml version="1.0"?>', '<?', '?>', '<', '>', '"', "'", '='),
      fc.constantFrom('<!DOCTYPE a>', '<!ENTITY x "y">', '\0', '\uD800', '\uFEFF', '<__proto__/>', '&#0;', '--'),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** `text` with one piece cut out, doubled or replaced. */
export function mutated(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.oneof(anyText({ maxLength: 3 }), fc.constantFrom('<', '>', '/', '&', '"', '\0', ']]>'));
  return fc.tuple(text, fc.nat(), fc.nat({ max: 12 }), piece).map(([whole, where, length, replacement]) => {
    const at = whole.length === 0 ? 0 : where % whole.length;
    return whole.slice(0, at) + replacement + whole.slice(at + length);
  });
}

type Choose = (choices: number) => number;

function spelled(root: XmlNode, choose: Choose): string {
  const prolog = [
    '',
    '\uFEFF',
    '<?xml version="1.0"?>',
    "\uFEFF<?xml version = '1.0' encoding='UTF-8' standalone=\"yes\" ?>\n",
  ];
  return prolog[choose(4)]! + misc() + element(root) + misc();

  function misc(): string {
    return ['', ' ', '\r\n\t', "<!-- it's > & < -->", '<!---->\n<!-- <a> ]]> - -->'][choose(5)]!;
  }

  function element({ name, attributes, children, text }: XmlNode): string {
    const tag = `${name}${[...attributes].map(attribute).join('')}${space(0)}`;
    if (text === '' && children.length === 0 && choose(2) === 0) return `<${tag}/>`;
    const inside = text === '' ? comment() : characters(text) + comment();
    return `<${tag}>${inside}${children.map((child) => element(child) + comment()).join('')}</${name}${space(0)}>`;
  }

  function attribute([name, value]: readonly [string, string]): string {
    const quote = choose(2) === 0 ? '"' : "'";
    const inside = Array.from(value, (each) => {
      if (each === ' ') return ['\t', '\n', ' ', '\r\n', '&#32;'][choose(5)];
      return '&<\t\n\r'.includes(each) || each === quote || choose(4) === 0 ? reference(each) : each;
    });
    return `${space(1)}${name}${space(0)}=${space(0)}${quote}${inside.join('')}${quote}`;
  }

  function characters(text: string): string {
    return Array.from(text, (each) => {
      if (each === '\r') return reference(each);
      if (each === '\n') return ['\n', '\r\n', '&#10;'][choose(3)];
      const form = choose('&<>'.includes(each) ? 2 : 4);
      return form === 0 ? reference(each) : form === 1 ? `<![CDATA[${each}]]>` : form === 2 ? each + comment() : each;
    }).join('');
  }

  function reference(character: string): string {
    const code = character.codePointAt(0)!;
    const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }[character];
    const forms = [`&#${code};`, `&#x${code.toString(16)};`, `&#x00${code.toString(16).toUpperCase()};`, `&#0${code};`];
    return named !== undefined && choose(2) === 0 ? named : forms[choose(4)]!;
  }

  function comment(): string {
    return ['', '', '', "<!-- it's > & < -->", '<!----><!-- <a> ]]> - -->'][choose(5)]!;
  }

  function space(least: number): string {
    return ['', ' ', '\n', '\t ', '\r\n'][least + choose(5 - least)]!;
  }
}
