/** Any input as one line: JSON, bytes in it as `{ "hex": "…" }`. */
export function shown(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) => (part instanceof Uint8Array ? { hex: hexOf(part) } : part)) ??
    'undefined'
  );
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
