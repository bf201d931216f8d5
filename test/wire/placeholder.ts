/** Values that are not known when a chapter is written: bound where they are first seen, used from then on. */
import { PLACEHOLDER } from './notation.js';

/** What the placeholders met so far stand for, by name. */
export type Bindings = Map<string, string>;

/** A text with its placeholders replaced by what they stand for. Throws for one that stands for nothing yet. */
export function filled(text: string, bindings: Bindings): string {
  return text.replace(ALL, (placeholder) => {
    const value = knownFor(placeholder.slice(1, -1), bindings);
    if (value === undefined) throw new Error(`nothing is bound to ${placeholder}`);
    return value;
  });
}

/**
 * What was seen, as it was expected: where it fits, its new placeholders are bound, each to a number that no other
 * stands for, and the expected text comes back. Otherwise what was seen, with the placeholders that were known.
 */
export function told(seen: string, expected: string, bindings: Bindings): string {
  const found = newIn(seen, expected, bindings);
  for (const [name, value] of found ?? []) bindings.set(name, value);
  if (found) return expected;
  return [...bindings].reduce((text, [name, value]) => text.replaceAll(number(value), `{${name}}`), seen);
}

const ALL = new RegExp(PLACEHOLDER, 'g');
const FIRST_DIGIT = 'first digit of ';

/** `{first digit of permanent}` is a key that is surely wrong, and a number all the same. */
function knownFor(name: string, bindings: Bindings): string | undefined {
  if (!name.startsWith(FIRST_DIGIT)) return bindings.get(name);
  return bindings.get(name.slice(FIRST_DIGIT.length))?.slice(0, 1);
}

/** The new placeholders and what they stand for, or null where the text is another. */
function newIn(seen: string, expected: string, bindings: Bindings): ReadonlyMap<string, string> | null {
  const names: string[] = [];
  let pattern = '';
  let end = 0;
  for (const { 0: placeholder, index } of expected.matchAll(ALL)) {
    const name = placeholder.slice(1, -1);
    const known = knownFor(name, bindings);
    pattern += escaped(expected.slice(end, index));
    pattern += known ?? (names.includes(name) ? `\\k<_${names.indexOf(name)}>` : `(?<_${names.length}>\\d+)`);
    if (known === undefined && !names.includes(name)) names.push(name);
    end = index + placeholder.length;
  }
  const match = new RegExp(`^${pattern}${escaped(expected.slice(end))}$`).exec(seen);
  if (!match) return null;
  const values = names.map((_, at) => match.groups?.[`_${at}`] ?? '');
  const all = [...bindings.values(), ...values];
  return new Set(all).size === all.length ? new Map(names.map((name, at) => [name, values[at] ?? ''])) : null;
}

/** The number, and not as a part of a longer one. */
function number(digits: string): RegExp {
  return new RegExp(`(?<!\\d)${escaped(digits)}(?!\\d)`, 'g');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
