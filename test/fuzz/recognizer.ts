/** A second opinion on which bytes are a document: the grammar of MS-ASWBXML 2.1.2 and 2.1.3, without limits or values. */
import { codePages } from '../../src/codec/wbxml/code-pages.js';

export function isDocument(bytes: Uint8Array): boolean {
  let at = 0;
  const next = () => bytes[at++] ?? ENDED;

  function isInteger(): number {
    let value = 0;
    for (let count = 0; count < 5; count++) {
      const byte = next();
      if (byte === ENDED) return ENDED;
      value = value * 128 + (byte % 128);
      if (byte < 128) return value > 0xffff_ffff ? ENDED : value;
    }
    return ENDED;
  }

  /** The next byte that is no page switch; ENDED behind the last, and behind a page that does not exist. */
  function token(): number {
    for (;;) {
      const byte = next();
      if (byte !== 0x00) return byte;
      if (next() >= codePages.length) return ENDED;
    }
  }

  function isText(): boolean {
    const end = bytes.indexOf(0, at);
    if (end < 0) return false;
    const text = bytes.subarray(at, end);
    at = end + 1;
    try {
      decoder.decode(text);
      return true;
    } catch {
      return false;
    }
  }

  function isOpaque(): boolean {
    const length = isInteger();
    at += length;
    return length !== ENDED && at <= bytes.length;
  }

  if (next() !== 0x03 || isInteger() !== 0x01 || isInteger() !== 0x6a || isInteger() !== 0x00) return false;
  // What stands in each open element: nothing yet, elements, text, or opaque bytes.
  const open: ('nothing' | 'elements' | 'text' | 'opaque')[] = [];
  for (;;) {
    const byte = token();
    const inside = open.at(-1);
    if (byte === 0x01 && inside !== undefined) open.pop();
    else if (byte === 0x03 || byte === 0xc3) {
      const kind = byte === 0x03 ? 'text' : 'opaque';
      if (inside !== 'nothing' && inside !== kind) return false;
      if (!(kind === 'text' ? isText() : isOpaque())) return false;
      open[open.length - 1] = kind;
    } else if (byte >= 5 && byte < 128 && byte % 64 >= 5) {
      if (inside === 'text' || inside === 'opaque') return false;
      if (inside !== undefined) open[open.length - 1] = 'elements';
      if (byte >= 64) open.push('nothing');
    } else return false;
    if (open.length === 0) return at === bytes.length;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });
const ENDED = Number.POSITIVE_INFINITY;
