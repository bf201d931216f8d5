import { problem } from '../../protocol/problem.js';
import { err, ok, type Result } from '../../protocol/result.js';
import { codePages } from '../wbxml/code-pages.js';
import { tags } from '../wbxml/tags.js';
import type { XmlNode } from './strict.js';

/** Which code page a prefix stands for; `''` is the default namespace. */
export type Scope = ReadonlyMap<string, string>;

/** A WBXML name in its parts: `Provision:Policy` is the tag `Policy` of the page `Provision`. */
export interface Parts {
  readonly page: string;
  readonly tag: string;
}

export function partsOf(name: string): Result<Parts> {
  if (!tags.has(name)) return err(problem('ERR_WBXML_NAME', 'a name that is in no code page'));
  const [page, tag] = name.split(':') as [string, string];
  return ok({ page, tag });
}

/** The XML name of a tag. No XML name begins with a digit, so `0x3F`, a tag that its page does not assign, is `_0x3F`. */
export function xmlName(page: string, tag: string, prefixed: boolean): string {
  const local = tag.replace('0x', '_0x');
  return prefixed ? `${page.toLowerCase()}:${local}` : local;
}

/** What the root declares: the first page by default, every other by its name in lower case. */
export function declarations(pages: ReadonlySet<string>): [string, string][] {
  return [...pages].map((page, index) => [index === 0 ? 'xmlns' : `xmlns:${page.toLowerCase()}`, page]);
}

export function isDeclaration(attribute: string): boolean {
  return declaration.test(attribute);
}

/** The scope inside `node`: what it declares over what is declared around it (Namespaces in XML 1.0 section 6). */
export function scopeIn(node: XmlNode, outer: Scope): Result<Scope> {
  const declared = [...node.attributes].filter(([attribute]) => isDeclaration(attribute));
  if (declared.length === 0) return ok(outer);
  const scope = new Map(outer);
  for (const [attribute, namespace] of declared) {
    const page = namespace.replace(/:$/, '');
    if (!pageNames.has(page)) return err(problem('ERR_WBXML_PAGE', 'a namespace that is no code page'));
    scope.set(attribute.slice('xmlns:'.length), page);
  }
  return ok(scope);
}

/** The WBXML name of an XML name: its prefix must be declared, and its page must have the tag. */
export function wbxmlName(name: string, scope: Scope): Result<Parts> {
  const [, prefix = '', local = ''] = /^(?:([^:]+):)?([^:]+)$/.exec(name) ?? [];
  const page = scope.get(prefix);
  if (page === undefined) return err(problem('ERR_XML_SHAPE', 'a prefix, or a default namespace, not declared'));
  return partsOf(`${page}:${local.replace('_0x', '0x')}`);
}

const pageNames: ReadonlySet<string> = new Set(codePages.map(({ name }) => name));

/** `xml` and `xmlns` cannot be declared (Namespaces in XML 1.0 section 3). */
const declaration = /^xmlns(?::(?!xml(?:ns)?$)[^:]+)?$/;
