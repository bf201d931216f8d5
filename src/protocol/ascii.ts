/**
 * The text of bytes from `start` to `end` that are all below 0x80. For the short texts of this protocol it is quicker
 * than the platform's decoder.
 */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  const of = String.fromCharCode;
  let text = '';
  let at = start;
  for (; at + 8 <= end; at += 8) {
    text += of(
      bytes[at]!,
      bytes[at + 1]!,
      bytes[at + 2]!,
      bytes[at + 3]!,
      bytes[at + 4]!,
      bytes[at + 5]!,
      bytes[at + 6]!,
      bytes[at + 7]!,
    );
  }
  for (; at < end; at++) text += of(bytes[at]!);
  return text;
}
