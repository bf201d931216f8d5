import type { Element } from '../../protocol/element.js';
import { type Problem, problem } from '../../protocol/problem.js';
import { err, ok, type Result } from '../../protocol/result.js';
import type { WbxmlOptions } from './limits.js';
import { tags } from './tags.js';
import { END, HAS_CONTENT, OPAQUE, STR_I, SWITCH_PAGE } from './tokens.js';
import { Writer } from './writer.js';

/** Writes the one canonical form of a document. A problem tells the element by its path. */
export function encode(root: Element, options: WbxmlOptions): Result<Uint8Array> {
  const writer = new Writer();
  const open: Cursor[] = [{ siblings: [root], next: 0 }];
  const failure = writeDocument(open, writer, options);
  const bytes = writer.close();
  return failure === null ? ok(bytes) : err({ ...failure, path: path(open) });
}

/** Elements beside each other, and which of them is next. */
interface Cursor {
  readonly siblings: readonly Element[];
  next: number;
}

/** Open elements are kept on a list, not on the call stack: no depth, and no cycle, can exhaust it. */
function writeDocument(open: Cursor[], writer: Writer, options: WbxmlOptions): Problem | null {
  let cursor = open[0]!;
  let page = 0;
  let count = 0;
  writer.header();
  for (;;) {
    if (writer.length > options.bytes) return limited(`more than ${options.bytes} bytes`);
    if (cursor.next === cursor.siblings.length) {
      if (open.length === 1) return null;
      writer.byte(END);
      open.pop();
      cursor = open[open.length - 1]!;
      continue;
    }
    const { name, content } = cursor.siblings[cursor.next++]!;
    const tag = tags.get(name);
    if (tag === undefined) return problem('ERR_WBXML_NAME', `${name} is in no code page`);
    if (tag.legacy && !options.legacy) return problem('ERR_WBXML_NAME', `${name} is legacy, read but not written`);
    if (++count > options.elements) return limited(`more than ${options.elements} elements`);
    if (open.length > options.depth) return limited(`more than ${options.depth} elements deep`);
    if (tag.page !== page) {
      page = tag.page;
      writer.byte(SWITCH_PAGE);
      writer.byte(page);
    }
    writer.byte(content === null ? tag.token : tag.token | HAS_CONTENT);
    if (typeof content === 'string' || content instanceof Uint8Array) {
      const failure = writeValue(content, writer, options.text);
      if (failure !== null) return failure;
    } else if (content !== null) {
      cursor = { siblings: content, next: 0 };
      open.push(cursor);
    }
  }
}

/** One STR_I or OPAQUE, and the END of its element. */
function writeValue(value: string | Uint8Array, writer: Writer, limit: number): Problem | null {
  if (value.length > limit) return limited(`a value of more than ${limit} bytes`);
  if (typeof value === 'string') {
    writer.byte(STR_I);
    const start = writer.length;
    if (!writer.text(value)) return problem('ERR_WBXML_TEXT', 'text with a NUL or half a surrogate pair');
    if (writer.length - start > limit) return limited(`a value of more than ${limit} bytes`);
    writer.byte(0x00);
  } else {
    writer.byte(OPAQUE);
    writer.integer(value.length);
    writer.bytes(value);
  }
  writer.byte(END);
  return null;
}

function limited(message: string): Problem {
  return problem('ERR_WBXML_LIMIT', message);
}

/** The tags from the root to the element last taken up, without code pages. In a list just opened there is none yet. */
function path(open: readonly Cursor[]): string {
  const begun = open.filter(({ next }) => next > 0);
  return begun.map(({ siblings, next }) => tagOf(siblings[next - 1]!)).join('/');
}

function tagOf({ name }: Element): string {
  return name.slice(name.indexOf(':') + 1);
}
