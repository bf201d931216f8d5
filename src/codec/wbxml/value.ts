import { joinBytes } from '../../protocol/bytes.js';
import type { Reader } from './reader.js';
import { END, OPAQUE, STR_I } from './tokens.js';

/** The text of an element, from behind its first STR_I through its END. Adjacent STR_I are one text. */
export function readText(reader: Reader, limit: number): string | null {
  let whole = '';
  let left = limit;
  for (let token: number | null = STR_I; token !== null; token = reader.token()) {
    if (token === END) return whole;
    if (token !== STR_I) return reader.refuse(token, 'inside');
    const start = reader.at;
    const text = reader.text(left);
    if (text === null) return null;
    whole += text;
    left -= reader.at - start - 1;
  }
  return null;
}

/** The opaque bytes of an element, from behind its first OPAQUE through its END. Adjacent OPAQUE are one value. */
export function readOpaque(reader: Reader, limit: number): Uint8Array | null {
  const parts: Uint8Array[] = [];
  let left = limit;
  for (let token: number | null = OPAQUE; token !== null; token = reader.token()) {
    // A copy: what is decoded neither keeps the input alive nor changes with it.
    if (token === END) return joinBytes(parts, limit - left);
    if (token !== OPAQUE) return reader.refuse(token, 'inside');
    const part = reader.opaque(left);
    if (part === null) return null;
    parts.push(part);
    left -= part.length;
  }
  return null;
}
