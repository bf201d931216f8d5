import { problem } from './problem.js';
import { type Coder, err, ok } from './result.js';

/**
 * Base64 with the standard alphabet and padding (RFC 4648 section 4). Each byte string has exactly one spelling: white
 * space, missing padding and non-zero spare bits are `ERR_BASE64`, with the offset in characters.
 */
export const base64: Coder<Uint8Array, string> = {
  encode: (bytes) => ok(encodeBase64(bytes)),

  decode(text) {
    if (text.length % 4 !== 0) return notBase64('Its length is not a multiple of four.', text.length);
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
    const digits = text.length - padding;
    const bytes = new Uint8Array((text.length / 4) * 3 - padding);
    let pending = 0;
    let bits = 0;
    let filled = 0;
    for (let at = 0; at < digits; at++) {
      const value = values[text.charCodeAt(at)] ?? NONE;
      if (value === NONE) return notBase64('A character outside the alphabet.', at);
      pending = ((pending << 6) | value) & 0xfff;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      bytes[filled++] = pending >> bits;
    }
    if ((pending & ((1 << bits) - 1)) !== 0) return notBase64('Bits are left over before the padding.', digits - 1);
    return ok(bytes);
  },
};

/** Bytes in base64: there are none that it can not spell. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) text += quartet(bytes.subarray(at, at + 3));
  return text;
}

function quartet(bytes: Uint8Array): string {
  const [first = 0, second = 0, third = 0] = bytes;
  const group = (first << 16) | (second << 8) | third;
  const digits = [18, 12, 6, 0].map((shift) => alphabet.charAt((group >> shift) & 63)).join('');
  return digits.slice(0, bytes.length + 1).padEnd(4, '=');
}

function notBase64(message: string, offset: number) {
  return err(problem('ERR_BASE64', message, { offset }));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const NONE = 0xff;
const values = new Uint8Array(128).fill(NONE);
for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
