/** Whether a value can be that of Authorization: printable ASCII, of any length, because bearer tokens are long. */
export function isCredentials(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e][\x20-\x7e]*$/.test(value);
}
