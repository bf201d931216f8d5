import fc from 'fast-check';
import { codePages } from '../../../src/codec/wbxml/code-pages.js';
import type { Element } from '../../../src/protocol/element.js';
import { anyText } from '../../support/arbitraries/text.js';

/** Where a name of these tests lives, worked out from the rows alone. */
export interface Slot {
  readonly name: string;
  readonly page: number;
  readonly token: number;
}

export const currentTags: readonly Slot[] = rows((versions) => versions !== 'legacy');
export const legacyTags: readonly Slot[] = rows((versions) => versions === 'legacy');
export const unassignedTags: readonly Slot[] = codePages.flatMap(({ page, name, tags }) => {
  const assigned = new Set(tags.map(([token]) => token));
  const free = Array.from({ length: 0x3b }, (_, index) => 0x05 + index).filter((token) => !assigned.has(token));
  return free.map((token) => ({
    name: `${name}:0x${token.toString(16).toUpperCase().padStart(2, '0')}`,
    page,
    token,
  }));
});

const current = fc.constantFrom(...currentTags);
const unassigned = fc.constantFrom(...unassignedTags);
const name = fc.oneof({ weight: 4, arbitrary: current }, { weight: 1, arbitrary: unassigned }).map((slot) => slot.name);

/** Any text that UTF-8 and STR_I carry, often long enough to leave the short-text path. */
export const text: fc.Arbitrary<string> = fc
  .oneof(fc.string(), anyText(), fc.string({ unit: 'binary-ascii', minLength: 40, maxLength: 60 }))
  .map((characters) => characters.replaceAll('\0', ''));

/** Any tree that the default codec writes. */
export const tree: fc.Arbitrary<Element> = fc.letrec<{ element: Element; content: Element['content'] }>((tie) => ({
  element: fc.record({ name, content: tie('content') }, { noNullPrototype: true }),
  content: fc.oneof(
    { depthSize: 'medium', maxDepth: 8 },
    fc.constant(null),
    text,
    fc.uint8Array({ maxLength: 200 }),
    fc.array(tie('element'), { maxLength: 5 }),
  ),
})).element;

/** A tree and one of the many ways to spell it: page switches, split runs and long integers at will. */
export const spelling: fc.Arbitrary<{ tree: Element; bytes: Uint8Array }> = fc
  .tuple(tree, fc.infiniteStream(fc.boolean()))
  .map(([tree, choices]) => ({ tree, bytes: spell(tree, () => choices.next().value === true) }));

function rows(wanted: (versions: string) => boolean): readonly Slot[] {
  return codePages.flatMap(({ page, name, tags }) =>
    tags.filter((row) => wanted(row[2])).map(([token, tag]) => ({ name: `${name}:${tag}`, page, token })),
  );
}

const slots = new Map([...currentTags, ...legacyTags, ...unassignedTags].map((slot) => [slot.name, slot]));

function spell(root: Element, choose: () => boolean): Uint8Array {
  const bytes = [0x03, 0x01, 0x6a, 0x00];
  let page = 0;
  writeElement(root);
  return Uint8Array.from(bytes);

  function writeElement({ name, content }: Element): void {
    const slot = slots.get(name)!;
    while (choose()) switchTo(choose() ? slot.page : 25);
    if (page !== slot.page) switchTo(slot.page);
    bytes.push(content === null ? slot.token : slot.token | 0x40);
    if (content === null) return;
    if (typeof content === 'string') pieces(Array.from(content)).forEach(writeText);
    else if (content instanceof Uint8Array) pieces(Array.from(content)).forEach(writeOpaque);
    else content.forEach(writeElement);
    if (choose()) switchTo(page);
    bytes.push(0x01);
  }

  function switchTo(next: number): void {
    bytes.push(0x00, next);
    page = next;
  }

  function pieces<T>(whole: readonly T[]): readonly (readonly T[])[] {
    if (!choose()) return [whole];
    const middle = whole.length >> 1;
    return [whole.slice(0, middle), ...pieces(whole.slice(middle))];
  }

  function writeText(characters: readonly string[]): void {
    bytes.push(0x03, ...new TextEncoder().encode(characters.join('')), 0x00);
  }

  function writeOpaque(piece: readonly number[]): void {
    bytes.push(0xc3, ...(choose() ? [0x80] : []), 0x80 | (piece.length >> 7), piece.length & 0x7f, ...piece);
  }
}
