/**
 * WBXML documents as one line of text, both ways:
 * `Provision(settings:DeviceInformation(Set(Model="x")), Policies(Policy(PolicyKey=1307199584)))`.
 *
 * A tag without a prefix is on the page of its parent, and a root without one on the page of the command it names; a
 * prefix is the name of a page in lower case. `Tag` is a tag without content, `Tag()` one with content and nothing
 * inside, `Tag=""` an empty text; digits and placeholders stand without quotes, other text as in JSON, bytes as
 * `hex"00 FF"`.
 */
import { codePages } from '../../src/codec/wbxml/code-pages.js';
import { tags } from '../../src/codec/wbxml/tags.js';
import { commands, isCommandName } from '../../src/protocol/command.js';
import type { Element } from '../../src/protocol/element.js';
import { fromHex, toHex } from '../support/hex.js';

/** The document that a text notes; line breaks and blanks between its parts do not count. Throws where it is none. */
export function parseNotation(text: string): Element {
  const scanner = new Scanner(text);
  const element = elementAt(scanner, null);
  scanner.expect('end');
  return element;
}

/** A document as text: on one line where it is short enough, otherwise with each child of an element on its own. */
export function formatNotation(element: Element): string {
  return formatted(element, null, '');
}

/** What stands for a value that is not known when the text is written: `{temporary}`, `{key of anna}`. */
export const PLACEHOLDER = /\{[a-z][a-z ]*\}/;

const PARTS = {
  name: /(?:[a-z0-9]+:)?[A-Za-z0-9]+/y,
  bare: new RegExp(`\\d+|${PLACEHOLDER.source}`, 'y'),
  quoted: /"(?:[^"\\]|\\.)*"/y,
  hex: /hex"[0-9A-F ]*"/y,
  '=': /=/y,
  '(': /\(/y,
  ',': /,/y,
  ')': /\)/y,
  end: /$/y,
} as const;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The part that comes next if it is of this kind, or null. */
  accept(kind: keyof typeof PARTS): string | null {
    const start = this.#at + (/^\s*/.exec(this.#text.slice(this.#at))?.[0].length ?? 0);
    const pattern = PARTS[kind];
    pattern.lastIndex = start;
    const match = pattern.exec(this.#text);
    if (!match) return null;
    this.#at = start + match[0].length;
    return match[0];
  }

  expect(kind: keyof typeof PARTS): string {
    const part = this.accept(kind);
    if (part === null) throw new Error(`expected ${kind} at: ${this.#text.slice(this.#at)}`);
    return part;
  }
}

function elementAt(scanner: Scanner, page: string | null): Element {
  const noted = scanner.expect('name');
  const name = nameOf(noted, page);
  if (!tags.has(name)) throw new Error(`no such tag: ${noted}`);
  return { name, content: contentAt(scanner, pageOf(name)) };
}

function contentAt(scanner: Scanner, page: string): Element['content'] {
  if (scanner.accept('=') !== null) return valueAt(scanner);
  if (scanner.accept('(') === null) return null;
  if (scanner.accept(')') !== null) return [];
  const children: Element[] = [];
  do children.push(elementAt(scanner, page));
  while (scanner.accept(',') !== null);
  scanner.expect(')');
  return children;
}

function valueAt(scanner: Scanner): string | Uint8Array {
  const bare = scanner.accept('bare');
  if (bare !== null) return bare;
  const bytes = scanner.accept('hex');
  if (bytes !== null) return fromHex(bytes.slice('hex"'.length, -1));
  return JSON.parse(scanner.expect('quoted')) as string;
}

function formatted(element: Element, page: string | null, indent: string): string {
  const line = onOneLine(element, page);
  const { name, content } = element;
  const isLong = indent.length + line.length > WIDTH;
  if (!isLong || !isChildren(content) || content.length === 0) return indent + line;
  const children = content.map((child) => formatted(child, pageOf(name), `${indent}  `));
  return `${indent}${notedName(name, page)}(\n${children.join(',\n')}\n${indent})`;
}

function onOneLine({ name, content }: Element, page: string | null): string {
  const noted = notedName(name, page);
  if (content === null) return noted;
  if (typeof content === 'string') return `${noted}=${BARE.test(content) ? content : JSON.stringify(content)}`;
  if (!isChildren(content)) return `${noted}=hex"${toHex(content)}"`;
  return `${noted}(${content.map((child) => onOneLine(child, pageOf(name))).join(', ')})`;
}

const WIDTH = 110;
const BARE = new RegExp(`^(?:\\d+|${PLACEHOLDER.source})$`);

function isChildren(content: Element['content']): content is readonly Element[] {
  return Array.isArray(content);
}

function notedName(name: string, page: string | null): string {
  const [own = '', tag = ''] = name.split(':');
  return own === (page ?? pageOfRoot(tag)) ? tag : `${own.toLowerCase()}:${tag}`;
}

function nameOf(noted: string, page: string | null): string {
  const [first = '', tag] = noted.split(':');
  if (tag === undefined) return `${page ?? pageOfRoot(first) ?? ''}:${first}`;
  return `${codePages.find(({ name }) => name.toLowerCase() === first)?.name ?? first}:${tag}`;
}

function pageOf(name: string): string {
  return name.slice(0, name.indexOf(':'));
}

function pageOfRoot(tag: string): string | null {
  return isCommandName(tag) ? commands[tag].page : null;
}
