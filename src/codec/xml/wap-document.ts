import { problem } from '../../protocol/problem.js';
import { err, ok, type Result } from '../../protocol/result.js';
import type { XmlNode } from './strict.js';

/** One parm of a document, with where it stands: the types of its characteristics, in lower case, joined by `/`. */
export interface WapParm {
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

export const WAP_ROOT = 'wap-provisioningdoc';

export function wapDocument(characteristics: readonly XmlNode[]): XmlNode {
  return node(WAP_ROOT, {}, characteristics);
}

export function characteristic(type: string, children: readonly XmlNode[]): XmlNode {
  return node('characteristic', { type }, children);
}

export function parm(name: string, value: number): XmlNode {
  return node('parm', { name, value: String(value) });
}

/** The type of a characteristic, in lower case: types are compared so. `undefined` for anything else. */
export function typeOf({ name, attributes }: XmlNode): string | undefined {
  return name === 'characteristic' ? attributes.get('type')?.toLowerCase() : undefined;
}

/** All parms inside `outer`, whatever they are. Characteristics that repeat a type are one, so only the path counts. */
export function parmsIn(outer: XmlNode, path: readonly string[] = []): WapParm[] {
  return outer.children.flatMap((child) => {
    const type = typeOf(child);
    if (type !== undefined) return parmsIn(child, [...path, type]);
    const name = child.attributes.get('name');
    const value = child.attributes.get('value');
    return child.name === 'parm' && name && value ? [{ path: path.join('/'), name, value }] : [];
  });
}

/** The values of those parms that `known` names as `path/name`. A parm without a value is not there. */
export function valuesOf(parms: readonly WapParm[], known: ReadonlySet<string>): Result<ReadonlyMap<string, number>> {
  const values = new Map<string, number>();
  for (const { path, name, value } of parms.filter((each) => known.has(`${each.path}/${each.name}`))) {
    const number = integer(value);
    const where = { path: `${path}/${name}` };
    if (number === null) return err(problem('ERR_POLICY_VALUE', 'expected a 32-bit integer', where));
    if ((values.get(name) ?? number) !== number)
      return err(problem('ERR_POLICY_SHAPE', 'a parm with two values', where));
    values.set(name, number);
  }
  return ok(values);
}

function node(name: string, attributes: Readonly<Record<string, string>>, children: readonly XmlNode[] = []): XmlNode {
  return { name, attributes: new Map(Object.entries(attributes)), children, text: '' };
}

/** A registry value: 32 bits, with a sign or without. */
function integer(text: string): number | null {
  if (!/^-?\d{1,10}$/.test(text)) return null;
  const number = Number(text);
  return number >= -0x8000_0000 && number <= 0xffff_ffff ? number : null;
}
