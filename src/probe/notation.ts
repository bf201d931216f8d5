import type { Element } from '../protocol/element.js';

/** A document as one line, `FolderSync(SyncKey=0)`, without the code pages; cut where it grows beyond a screen. */
export function notationOf(document: Element): string {
  const text = noted(document, 0);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

function noted({ name, content }: Element, depth: number): string {
  const tag = name.slice(name.indexOf(':') + 1);
  if (content === null) return tag;
  if (typeof content === 'string') return `${tag}=${/^\d+$/.test(content) ? content : JSON.stringify(content)}`;
  if (content instanceof Uint8Array) return `${tag}=(${content.length} bytes)`;
  return `${tag}(${depth === MAX_DEPTH ? '…' : content.map((child) => noted(child, depth + 1)).join(', ')})`;
}

/** Characters. */
const MAX_LENGTH = 2000;
const MAX_DEPTH = 16;
