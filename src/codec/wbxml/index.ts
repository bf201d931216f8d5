import type { Element } from '../../protocol/element.js';
import type { Coder } from '../../protocol/result.js';
import { decode } from './decode.js';
import { encode } from './encode.js';
import { completeOptions, type WbxmlLimits, type WbxmlOptions } from './limits.js';

export type { WbxmlLimits, WbxmlOptions };

/**
 * WBXML as ActiveSync uses it (MS-ASWBXML 2.1.3): tags of 26 code pages, inline strings, opaque data.
 *
 * Reading is lenient where peers differ (repeated page switches, adjacent strings, legacy tags, tags that a page does
 * not assign, kept as `Provision:0x3F`) and refuses all else with an `ERR_WBXML_` problem at an offset. Writing has one
 * form: a page switch only where the page changes. Problems with a tree tell its `path`. Limits are the defaults of
 * `createWbxml`.
 */
export const wbxml: Coder<Element, Uint8Array> = createWbxml();

/**
 * The codec (MS-ASWBXML 2.1.3) with other limits: 1 MiB, 32 levels, 65,536 elements and 256 KiB a text unless told
 * otherwise. With `legacy`, tags that no current version has are also written, not only read.
 *
 * @throws TypeError for a limit that is not a positive integer.
 */
export function createWbxml(options: Partial<WbxmlOptions> = {}): Coder<Element, Uint8Array> {
  const complete = completeOptions(options);
  return {
    encode: (root) => encode(root, complete),
    decode: (input) => decode(input, complete),
  };
}
