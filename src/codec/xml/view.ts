import type { Element } from '../../protocol/element.js';
import { type Problem, problem } from '../../protocol/problem.js';
import { type Coder, err, ok, type Result } from '../../protocol/result.js';
import { defaultOptions } from '../wbxml/limits.js';
import { CONTENT, contentOf, shown } from './content.js';
import { declarations, isDeclaration, partsOf, type Scope, scopeIn, wbxmlName, xmlName } from './namespaces.js';
import { buildXml, parseXml, type XmlLimits, type XmlNode } from './strict.js';

/**
 * A WBXML document to read, and to write by hand: XML as in the examples of MS-ASPROV, indented by two spaces. The
 * page of the root is the default namespace, every other has its name in lower case as prefix:
 * `<Provision xmlns="Provision" xmlns:settings="Settings">`. Other declarations are read as well, on any element, and
 * `Settings:` is `Settings`. Nothing is lost: `decode(encode(x))` is `x` for every document that `wbxml` decodes.
 *
 * | content | shown as |
 * |---|---|
 * | `null` | `<Policy/>` |
 * | `[]` | `<Policy content="elements"/>` |
 * | `''` | `<Policy content="text"/>` |
 * | text | `<Data>&lt;wap-provisioningdoc&gt;</Data>`; white space counts |
 * | text that XML cannot hold | `<Data content="text-base64">AQ==</Data>`, its UTF-8 in base64 |
 * | bytes | `<Data content="opaque">AQ==</Data>`, in base64 |
 * | a tag that its page does not assign | `<_0x3F/>` for `Provision:0x3F` |
 *
 * `encode` answers `ERR_WBXML_NAME`, `ERR_WBXML_TEXT` or `ERR_XML_SIZE`. `decode` answers `ERR_XML_SIZE`, `ERR_XML_DOCTYPE` or
 * `ERR_XML_SYNTAX` with the offset in the XML; with the path of the element, `ERR_WBXML_PAGE` or `ERR_WBXML_NAME` for a
 * name, `ERR_WBXML_MIXED`, `ERR_WBXML_TEXT` or `ERR_BASE64` for content, and `ERR_XML_SHAPE` for what else is no such view.
 */
export const xmlView: Coder<Element, string> = {
  encode(root) {
    const pages = new Set<string>();
    const node = nodeOf(root, { pages, left: limits.elements }, []);
    if (!node.ok) return node;
    const attributes = new Map([...declarations(pages), ...node.value.attributes]);
    return buildXml({ ...node.value, attributes }, 'indented', limits);
  },
  decode(input) {
    const node = parseXml(input, limits);
    return node.ok ? elementOf(node.value, new Map(), []) : node;
  },
};

/** The tags from the root down. */
type Path = readonly string[];

/** What a walk over a document gathers: the pages in order of appearance, and how many elements may still come. */
interface Walk {
  readonly pages: Set<string>;
  left: number;
}

function nodeOf({ name, content }: Element, walk: Walk, outer: Path): Result<XmlNode> {
  const parts = partsOf(name);
  if (!parts.ok) return located(parts.error, outer);
  const { page, tag } = parts.value;
  const path = [...outer, tag];
  if (walk.left-- === 0) return located(problem('ERR_XML_SIZE', `more than ${limits.elements} elements`), path);
  if (path.length > limits.depth)
    return located(problem('ERR_XML_SIZE', `more than ${limits.depth} elements deep`), path);
  const [rootPage] = walk.pages.add(page);
  const body = shown(content, (child) => nodeOf(child, walk, path));
  return body.ok ? ok({ name: xmlName(page, tag, page !== rootPage), ...body.value }) : located(body.error, path);
}

function elementOf(node: XmlNode, outerScope: Scope, outer: Path): Result<Element> {
  const scope = scopeIn(node, outerScope);
  if (!scope.ok) return located(scope.error, outer);
  const parts = wbxmlName(node.name, scope.value);
  if (!parts.ok) return located(parts.error, outer);
  const path = [...outer, parts.value.tag];
  const foreign = [...node.attributes.keys()].some((attribute) => attribute !== CONTENT && !isDeclaration(attribute));
  if (foreign) return located(problem('ERR_XML_SHAPE', `an attribute other than ${CONTENT}`), path);
  const content = contentOf(node, (child) => elementOf(child, scope.value, path));
  if (!content.ok) return located(content.error, path);
  return ok({ name: `${parts.value.page}:${parts.value.tag}`, content: content.value });
}

/** The problem with where it is, unless it comes from further in. */
function located(found: Problem, path: Path): Result<never> {
  return err(found.path !== undefined || path.length === 0 ? found : { ...found, path: path.join('/') });
}

/** Room for whatever `wbxml` decodes: a byte of text takes 5 characters at most, an element's tags and indentation 200. */
const limits: XmlLimits = {
  characters: 5 * defaultOptions.bytes + 200 * defaultOptions.elements,
  depth: defaultOptions.depth,
  elements: defaultOptions.elements,
  attributes: 32,
};
