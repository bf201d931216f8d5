import type { Element } from '../../protocol/element.js';
import { err, ok, type Result } from '../../protocol/result.js';
import type { WbxmlLimits } from './limits.js';
import { Reader } from './reader.js';
import { slot, tagNames } from './tags.js';
import { END, HAS_CONTENT, headerFields, hex, isTag, OPAQUE, STR_I, VERSION } from './tokens.js';
import { readOpaque, readText } from './value.js';

/** Reads one document: the header, the root element, nothing behind it. Time and memory are linear in the input. */
export function decode(input: Uint8Array, limits: WbxmlLimits): Result<Element> {
  const reader = new Reader(input);
  const root = readDocument(reader, limits);
  return root === null ? err(reader.failure!) : ok(root);
}

function readDocument(reader: Reader, limits: WbxmlLimits): Element | null {
  const { length } = reader.bytes;
  if (length > limits.bytes) return reader.fail('ERR_WBXML_LIMIT', `more than ${limits.bytes} bytes`, limits.bytes);
  if (!readHeader(reader)) return null;
  const root = readRoot(reader, limits);
  if (root === null || reader.at === length) return root;
  return reader.fail('ERR_WBXML_TRAILING', `bytes after the root element: ${length - reader.at}`, reader.at);
}

function readHeader(reader: Reader): boolean {
  if (reader.accept(usualHeader)) return true;
  const version = reader.byte();
  if (version !== VERSION) {
    if (version !== null) reader.fail('ERR_WBXML_HEADER', `version ${hex(version)}, expected ${hex(VERSION)}`, 0);
    return false;
  }
  return headerFields.every(([field, expected]) => {
    const { at } = reader;
    const found = reader.integer();
    if (found === expected) return true;
    if (found !== null) reader.fail('ERR_WBXML_HEADER', `${field} ${found}, expected ${expected}`, at);
    return false;
  });
}

/** All documents in the field begin with these bytes; the same fields may be spelled longer. */
const usualHeader = [VERSION, ...headerFields.map(([, value]) => value)];

/** An element that is open, and the elements before it. */
interface Open {
  readonly name: string;
  readonly siblings: Element[] | null;
  readonly parent: Open | null;
}

/**
 * Open elements are kept on a list, not on the call stack: no depth can exhaust it. Elements beside each other begin as
 * an array of one, because most are alone and an empty array takes room for seventeen as soon as it is added to.
 */
function readRoot(reader: Reader, limits: WbxmlLimits): Element | null {
  let open: Open | null = null;
  let depth = 0;
  let siblings: Element[] | null = null;
  let count = 0;
  let token = reader.token();
  while (token !== null) {
    let element: Element;
    if (isTag(token)) {
      if (++count > limits.elements) return limited(reader, `more than ${limits.elements} elements`);
      if (depth === limits.depth) return limited(reader, `more than ${limits.depth} elements deep`);
      const name: string = tagNames[slot(reader.page, token)]!;
      let content: string | Uint8Array | null = null;
      if ((token & HAS_CONTENT) !== 0) {
        token = reader.token();
        if (token !== STR_I && token !== OPAQUE) {
          open = { name, siblings, parent: open };
          depth++;
          siblings = null;
          continue;
        }
        content = token === STR_I ? readText(reader, limits.text) : readOpaque(reader, limits.text);
        if (content === null) return null;
      }
      element = { name, content };
    } else {
      if (open === null) return reader.refuse(token, 'root');
      if (token !== END) return reader.refuse(token, 'inside');
      element = { name: open.name, content: siblings ?? [] };
      siblings = open.siblings;
      open = open.parent;
      depth--;
    }
    if (open === null) return element;
    if (siblings === null) siblings = [element];
    else siblings.push(element);
    token = reader.token();
  }
  return null;
}

function limited(reader: Reader, message: string): null {
  return reader.fail('ERR_WBXML_LIMIT', message, reader.at - 1);
}
