import type { Element } from '../protocol/element.js';

/**
 * The text of an element, as an inline string or as opaque UTF-8; all empty forms are `''` (MS-ASDTYPE, MS-ASWBXML).
 * `undefined` where elements stand instead, or bytes that are no text.
 */
export function textOf({ content }: Element): string | undefined {
  if (content === null) return '';
  if (typeof content === 'string') return content;
  if (content instanceof Uint8Array) return utf8(content);
  return content.length === 0 ? '' : undefined;
}

/** The children of an element: none for every empty form and for blanks; `undefined` where text stands instead. */
export function childrenOf(element: Element): readonly Element[] | undefined {
  const { content } = element;
  if (content === null || typeof content === 'string' || content instanceof Uint8Array) {
    return textOf(element)?.trim() === '' ? [] : undefined;
  }
  return content;
}

/** An element with text; without any it is a tag without content. */
export function leaf(name: string, text: string): Element {
  return { name, content: text === '' ? null : text };
}

/** An element with children; without any it is a tag without content. */
export function container(name: string, children: readonly Element[]): Element {
  return { name, content: children.length === 0 ? null : children };
}

/** The leaves of those fields that are there, in the order given. */
export function leaves(fields: Readonly<Record<string, string | number | undefined>>): readonly Element[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [leaf(name, String(value))]));
}

/** What `write` makes of a value that is there. */
export function optional<Value>(value: Value | undefined, write: (value: Value) => Element): readonly Element[] {
  return value === undefined ? [] : [write(value)];
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
