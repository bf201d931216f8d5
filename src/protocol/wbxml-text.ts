/**
 * Whether it is text that a WBXML string can carry: no NUL and no half of a surrogate pair (MS-ASDTYPE 2.7). With the `u`
 * flag a pair is one character: only a half of one is a surrogate.
 */
export function isWbxmlText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0') && !/\p{Surrogate}/u.test(value);
}
