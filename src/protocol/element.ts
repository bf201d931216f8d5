/**
 * One element of a WBXML document (MS-ASWBXML 2.1.3). What the wire can tell apart stays apart:
 * `null` is a tag without content, `[]` a tag with content and nothing inside, `''` an empty inline string.
 */
export interface Element {
  /** Code page and tag, `Provision:Policy`; a tag that the page does not assign is its token, `Provision:0x3F`. */
  readonly name: string;
  /** Child elements, inline text (STR_I), opaque bytes (OPAQUE), or nothing. */
  readonly content: null | string | Uint8Array | readonly Element[];
}
