import { asciiText } from '../../protocol/ascii.js';

/** A byte order mark is a character like any other here. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** From this length on the platform's decoder beats joining character codes. */
const LONG = 48;

/** The text of `bytes` from `start` to `end`, or `null` if that is not UTF-8. `ascii` promises bytes below 0x80. */
export function utf8(bytes: Uint8Array, start: number, end: number, ascii: boolean): string | null {
  if (ascii && end - start < LONG) return asciiText(bytes, start, end);
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    return null;
  }
}
