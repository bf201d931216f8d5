import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { problem } from '../../protocol/problem.js';
import { err, ok, type Result } from '../../protocol/result.js';
import { escapeAttribute, escapeText, normalizeAttribute, resolveReferences } from './characters.js';
import { namePattern } from './tokens.js';
import { faultOf, prologLength, type XmlLimits } from './well-formed.js';

export type { XmlLimits } from './well-formed.js';

/** An element of a well-formed document. Comments are gone, references resolved, nothing is trimmed or made a number. */
export interface XmlNode {
  /** As written, prefix included. */
  readonly name: string;
  /** By name as written, in document order; `xmlns` declarations are attributes like any other. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** All character data of the element itself, CDATA sections included, joined; white space between children too. */
  readonly text: string;
}

/**
 * Reads an XML 1.0 document.
 *
 * @returns `ERR_XML_SIZE`, `ERR_XML_DOCTYPE` or `ERR_XML_SYNTAX`, with the offset; `ERR_XML_SHAPE` for a processing
 * instruction, and for the three element names that the parser keeps for itself.
 */
export function parseXml(text: string, limits: XmlLimits): Result<XmlNode> {
  const fault = faultOf(text, limits);
  if (fault) return err(fault);
  try {
    const items: readonly Item[] = parser.parse(text.slice(prologLength(text)));
    return ok(nodesIn(items)[0]!);
  } catch {
    return err(problem('ERR_XML_SHAPE', 'an element named __proto__, constructor or prototype'));
  }
}

/**
 * Writes an XML document without declaration, on one line or indented by two spaces. What it writes, `parseXml` reads.
 *
 * @returns `ERR_XML_SYNTAX` for a name or a character that XML does not know, `ERR_XML_SHAPE` for text beside
 * children, which no layout could keep, `ERR_XML_SIZE`.
 */
export function buildXml(root: XmlNode, layout: keyof typeof builders, limits: XmlLimits): Result<string> {
  const item = itemOf(root, limits.depth);
  if (!item.ok) return item;
  const text = builders[layout].build([item.value]).trimStart();
  const fault = faultOf(text, limits);
  return fault ? err(fault) : ok(text);
}

/** What fast-xml-parser holds: `{ name: [...], ':@': { '@_attribute': '' } }`, `{ '#text': '' }`, `{ '#cdata': [{ '#text': '' }] }`. */
interface Item {
  readonly [key: string]: string | readonly Item[] | Readonly<Record<string, string>> | undefined;
}

function nodesIn(items: readonly Item[]): XmlNode[] {
  return items.flatMap((item) => {
    const name = Object.keys(item)[0]!;
    return CHARACTER_DATA.has(name) ? [] : [nodeOf(name, item)];
  });
}

function nodeOf(name: string, item: Item): XmlNode {
  const items = item[name] as readonly Item[];
  const attributes = Object.entries(item[':@'] ?? {}).map(
    ([key, value]) => [key.slice('@_'.length), resolveReferences(normalizeAttribute(value))] as const,
  );
  return { name, attributes: new Map(attributes), children: nodesIn(items), text: items.map(textOf).join('') };
}

function textOf(item: Item): string {
  const cdata = item['#cdata'] as readonly [{ readonly '#text': string }] | undefined;
  return cdata ? cdata[0]['#text'] : resolveReferences((item['#text'] as string | undefined) ?? '');
}

function itemOf(node: XmlNode, depth: number): Result<Item> {
  const { name, attributes, children, text } = node;
  const misnamed = [name, ...attributes.keys()].some((each) => !namePattern.test(each));
  if (misnamed) return err(problem('ERR_XML_SYNTAX', 'a name that is none in XML'));
  if (text !== '' && children.length > 0) return err(problem('ERR_XML_SHAPE', 'text beside children'));
  if (depth === 0) return err(problem('ERR_XML_SIZE', 'elements too deep inside each other'));
  const items: Item[] = [{ '#text': escapeText(text) }];
  for (const child of children) {
    const item = itemOf(child, depth - 1);
    if (!item.ok) return item;
    items.push(item.value);
  }
  const entries = [...attributes].map(([key, value]) => [`@_${key}`, escapeAttribute(value)] as const);
  return ok({ [name]: items, ':@': Object.fromEntries(entries) });
}

const CHARACTER_DATA: ReadonlySet<string> = new Set(['#text', '#cdata']);

/** Values stay the text they are, and are not resolved here, so that nothing the parser does to them can differ. */
const shared = { preserveOrder: true, ignoreAttributes: false, processEntities: false } as const;

const parser = new XMLParser({
  ...shared,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  cdataPropName: '#cdata',
  jPath: false,
  maxNestedTags: Number.MAX_SAFE_INTEGER,
  onDangerousProperty: (name) => name,
});

const plain = {
  ...shared,
  suppressEmptyNode: true,
  maxNestedTags: Number.MAX_SAFE_INTEGER,
} as const;

const builders = {
  compact: new XMLBuilder(plain),
  indented: new XMLBuilder({ ...plain, format: true, indentBy: '  ' }),
};
