import type { Element } from '../protocol/element.js';
import type { ListKind, PolicyKind } from '../protocol/policy-elements.js';
import { type Problem, problem } from '../protocol/problem.js';
import { err, ok, type Result } from '../protocol/result.js';
import { childrenOf, container, leaf, textOf } from './content.js';

export type PolicyValue = boolean | number | null | readonly string[];

/** The value of one policy element; `path` is that of its parent. */
export function readValue(kind: PolicyKind, element: Element, path: string): Result<PolicyValue> {
  const here = `${path}/${localName(element)}`;
  if (kind.type === 'list') return readList(kind, element, here);
  const text = textOf(element)?.trim();
  if (text === undefined) return err(shape('Expected text.', here));
  if (text === '') return ok(null);
  const value = kind.type === 'boolean' ? flags.get(text) : integer(text);
  if (value !== undefined) return ok(value);
  const expected = kind.type === 'boolean' ? 'Expected 0 or 1.' : 'Expected an integer.';
  return err(problem('ERR_POLICY_VALUE', expected, { path: here }));
}

export function writeValue(kind: PolicyKind, name: string, value: PolicyValue): Element {
  if (value === null) return { name, content: null };
  if (typeof value === 'boolean') return leaf(name, value ? '1' : '0');
  if (typeof value === 'number') return leaf(name, String(value));
  const item = kind.type === 'list' ? `Provision:${kind.item.name}` : name;
  return container(
    name,
    value.map((text) => leaf(item, text)),
  );
}

function readList(kind: ListKind, element: Element, path: string): Result<readonly string[]> {
  const children = childrenOf(element);
  if (!children) return err(shape('Expected elements.', path));
  const items: string[] = [];
  for (const child of children) {
    const text = child.name === `Provision:${kind.item.name}` ? textOf(child) : undefined;
    if (text === undefined) return err(shape(`Expected ${kind.item.name} with text.`, `${path}/${localName(child)}`));
    items.push(text);
  }
  return ok(items);
}

/** Exactly, or not at all: an integer too long to be kept is none. Minus zero is zero. */
function integer(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text) + 0;
  return Number.isSafeInteger(value) ? value : undefined;
}

function shape(message: string, path: string): Problem {
  return problem('ERR_POLICY_SHAPE', message, { path });
}

function localName({ name }: Element): string {
  return name.slice(name.indexOf(':') + 1);
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ['0', false],
  ['1', true],
]);
