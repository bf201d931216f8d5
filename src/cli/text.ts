import type { Problem } from '../protocol/problem.js';
import type { Look } from './look.js';

/** Text of a peer, made harmless for a terminal: control characters are shown as `?`. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

/** XML for a terminal: the control characters that XML allows, but for line feeds and tabs, by their number. */
export function printableXml(xml: string): string {
  return xml.replace(/[\x7f-\x9f]/g, (character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`);
}

/** Text in a column: cut or filled to its width. */
export function cell(text: string, width: number, { glyphs }: Look): string {
  const shown = printable(text);
  if (shown.length <= width) return shown.padEnd(width);
  return shown.slice(0, width - glyphs.more.length) + glyphs.more;
}

/** A policy key, or another long number, by its ends. */
export function shortKey(key: string, { glyphs }: Look): string {
  return key.length <= 7 ? printable(key) : printable(key.slice(0, 3) + glyphs.more + key.slice(-3));
}

/** Every line of a text behind the same margin. */
export function indented(text: string, margin: string): string {
  return text.replace(/^/gm, margin);
}

/** A problem by its code, with where it is and what was found. */
export function problemText({ code, message, offset, path }: Problem): string {
  const where = [offset !== undefined && ` at offset ${offset}`, path !== undefined && ` in ${path}`];
  return printable(`${code}${where.filter(Boolean).join('')}: ${message}`);
}

/** JSON to be read by people and programs alike: the control characters that JSON allows are escaped as well. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  return `${text.replace(/[\x7f-\x9f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)}\n`;
}
