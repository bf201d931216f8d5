import { err, ok, type Result } from '../protocol/result.js';

/** Bytes written as hexadecimal digits in pairs, white space and colons anywhere. The error says where the text ends to be that. */
export function bytesOfHex(text: string): Result<Uint8Array, string> {
  const foreign = text.search(/[^\dA-Fa-f\s:]/);
  if (foreign >= 0) return err(`not a hexadecimal digit (character ${foreign})`);
  const digits = text.replace(/[\s:]/g, '');
  if (digits.length % 2 === 1) return err(`half a byte at the end (character ${text.length})`);
  return ok(Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether bytes look like hexadecimal digits; a WBXML document begins with a control character and never does. */
export function looksLikeHex(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.every((byte) => isHexText(byte));
}

function isHexText(byte: number): boolean {
  return /[\dA-Fa-f\s:]/.test(String.fromCharCode(byte));
}
