import { base64, encodeBase64 } from '../../protocol/base64.js';
import type { Element } from '../../protocol/element.js';
import { problem } from '../../protocol/problem.js';
import { err, ok, type Result } from '../../protocol/result.js';
import { isWbxmlText } from '../../protocol/wbxml-text.js';
import { foreignCharacter, isBlank } from './characters.js';
import type { XmlNode } from './strict.js';

/**
 * The attribute that says what an element holds where that cannot be seen. No tag of ActiveSync has attributes, so it
 * is in nobody's way.
 */
export const CONTENT = 'content';

type Content = Element['content'];
type Body = Pick<XmlNode, 'attributes' | 'children' | 'text'>;

/** Content as it is shown; the attribute is only there where it is needed. */
export function shown(content: Content, child: (element: Element) => Result<XmlNode>): Result<Body> {
  if (content === null) return body(null, '');
  if (typeof content === 'string') return shownText(content);
  if (content instanceof Uint8Array) return body('opaque', encodeBase64(content));
  const children = all(content, child);
  return children.ok ? body(content.length === 0 ? 'elements' : null, '', children.value) : children;
}

/** What a node shows. Its children are the content if there are any; otherwise its text is, white space included. */
export function contentOf(node: XmlNode, child: (node: XmlNode) => Result<Element>): Result<Content> {
  const { attributes, children, text } = node;
  const kind = attributes.get(CONTENT) ?? (children.length > 0 ? 'elements' : text === '' ? null : 'text');
  if (kind === 'elements' ? !isBlank(text) : children.length > 0) {
    return err(problem('ERR_WBXML_MIXED', 'text and elements in one element'));
  }
  if (kind === null) return ok(null);
  if (kind === 'elements') return all(children, child);
  return kinds.get(kind)?.(text) ?? err(problem('ERR_XML_SHAPE', `an unknown value of ${CONTENT}`));
}

/** How the text of an element without children is read, by the value of the attribute. */
const kinds: ReadonlyMap<string, (text: string) => Result<Content>> = new Map([
  ['text', (text: string): Result<Content> => ok(text)],
  ['text-base64', readText],
  ['opaque', readBytes],
]);

function shownText(text: string): Result<Body> {
  if (!isWbxmlText(text)) return err(problem('ERR_WBXML_TEXT', 'text that holds a NUL or half a surrogate pair'));
  if (foreignCharacter(text) < 0) return body(text === '' ? 'text' : null, text);
  return body('text-base64', encodeBase64(new TextEncoder().encode(text)));
}

function readText(encoded: string): Result<string> {
  const bytes = readBytes(encoded);
  if (!bytes.ok) return bytes;
  try {
    const text = decoder.decode(bytes.value);
    return isWbxmlText(text) ? ok(text) : err(problem('ERR_WBXML_TEXT', 'text that holds a NUL'));
  } catch {
    return err(problem('ERR_WBXML_TEXT', 'text that is not UTF-8'));
  }
}

function readBytes(encoded: string): Result<Uint8Array> {
  const bytes = base64.decode(encoded);
  return bytes.ok ? bytes : err(problem('ERR_BASE64', 'expected base64 without white space'));
}

function body(kind: string | null, text: string, children: readonly XmlNode[] = []): Result<Body> {
  return ok({ attributes: new Map(kind === null ? [] : [[CONTENT, kind]]), children, text });
}

/** The results of all, or the first that is none. */
function all<From, To>(items: readonly From[], convert: (item: From) => Result<To>): Result<To[]> {
  const converted: To[] = [];
  for (const item of items) {
    const result = convert(item);
    if (!result.ok) return result;
    converted.push(result.value);
  }
  return ok(converted);
}

/** A byte order mark is a character like any other here. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
