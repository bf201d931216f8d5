/** The body of a message as people read it: bounded, whatever was sent. */
import { wbxml } from '../codec/index.js';
import { xmlView } from '../codec/xml/index.js';
import type { Element } from '../protocol/element.js';
import type { MessageBody } from './entry.js';

/** As much of a body as is shown, in bytes; a longer one is not decoded. */
export const MAX_BODY = 0x4_0000;

/** As much of its XML, in characters. */
export const MAX_XML = 0x10_0000;

/** A body with everything in it. */
export function wholeBody(bytes: Uint8Array): MessageBody {
  return { hex: hexOf(bytes.subarray(0, MAX_BODY)), xml: xmlOf(documentIn(bytes)) };
}

/** The document in a body; null where it is empty, too long to be shown, or none. */
export function documentIn(bytes: Uint8Array): Element | null {
  if (bytes.length === 0 || bytes.length > MAX_BODY) return null;
  const document = wbxml.decode(bytes);
  return document.ok ? document.value : null;
}

/** A document as indented XML; what is beyond the limit is `…`. */
export function xmlOf(document: Element | null): string | null {
  const xml = document && xmlView.encode(document);
  if (!xml?.ok) return null;
  return xml.value.length > MAX_XML ? `${xml.value.slice(0, MAX_XML)}\n…` : xml.value;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
