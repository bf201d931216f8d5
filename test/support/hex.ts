/** Bytes written as hexadecimal digits, spaces as one likes: `03 01 6A 00`. */
export function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits.replaceAll(' ', ''), 'hex'));
}

/** Bytes as the specification pages write them: upper case, a space between bytes. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
