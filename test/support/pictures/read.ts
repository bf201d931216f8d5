/** A picture read back: what lies where in it, and in which colours. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Extent } from './frame.js';
import type { Point } from './layout.js';
import { type Colours, coloursOf, rulesIn } from './style.js';

export interface ReadPicture {
  readonly problem: string | null;
  readonly shapes: readonly Shape[];
  readonly extent: Extent;
}

/** An element without elements in it. */
export interface Shape {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly words: string;
  /** Its class. */
  readonly name: string;
  /** Those of the elements around it, from the outermost on. */
  readonly classes: readonly string[];
  readonly colours: Colours;
}

export function readPicture(svg: string): ReadPicture {
  const valid = XMLValidator.validate(svg);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
  });
  const [root] = nodesIn(parser.parse(svg));
  const all = root ? walk(root, []) : [];
  const rules = rulesIn(all.find(({ tag }) => tag === 'style')?.words ?? '');
  const [x = 0, y = 0, width = 0, height = 0] = (root?.attributes.viewBox ?? '').split(' ').map(Number);
  return {
    problem: valid === true ? null : valid.err.msg,
    shapes: all.map((shape) => ({ ...shape, colours: coloursOf(shape.path, rules) })),
    extent: { left: x, top: y, right: x + width, bottom: y + height },
  };
}

/** What a text or a rectangle takes; of a text the letters, wider than most fonts have them. */
export function extentOf({ tag, attributes, words }: Shape): Extent {
  const number = (name: string) => Number(attributes[name] ?? 0);
  if (tag === 'text') {
    const size = number('font-size');
    const half = (words.length * size * 0.58) / 2;
    return {
      left: number('x') - half,
      right: number('x') + half,
      top: number('y') - 0.75 * size,
      bottom: number('y') + 0.2 * size,
    };
  }
  const [left, top] = [number('x'), number('y')];
  return { left, top, right: left + number('width'), bottom: top + number('height') };
}

export function overlap(one: Extent, other: Extent): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

export function contains(outer: Extent, inner: Extent): boolean {
  return (
    outer.left <= inner.left && inner.right <= outer.right && outer.top <= inner.top && inner.bottom <= outer.bottom
  );
}

/** By more than a line is wide. */
export function isInside([x, y]: Point, { left, right, top, bottom }: Extent): boolean {
  return x > left + 1.5 && x < right - 1.5 && y > top + 1.5 && y < bottom - 1.5;
}

/** Points along a line, close enough to meet whatever it crosses: one move, then a run of cubics, or straight ahead. */
export function pointsOf({ attributes: { d = '' } }: Shape): readonly Point[] {
  const numbers = (text: string) => text.split(/[ ,]/).map(Number);
  const [, start = '', command = '', rest = ''] = /^M([\d. ,-]+)([CHV])([\d. ,-]+)$/.exec(d) ?? [];
  const [x = 0, y = 0] = numbers(start);
  const ahead = numbers(rest);
  const [first = 0] = ahead;
  if (command === 'H') return along([x, y], [x, y], [first, y], [first, y]);
  if (command === 'V') return along([x, y], [x, y], [x, first], [x, first]);
  const points = ahead.flatMap((each, at) => (at % 2 === 0 ? [[each, ahead[at + 1] ?? 0] as Point] : []));
  return [[x, y] as Point, ...points].flatMap((from, at, all) => {
    const [one, other, to] = all.slice(at + 1);
    return at % 3 === 0 && one && other && to ? along(from, one, other, to) : [];
  });
}

function along(a: Point, b: Point, c: Point, d: Point): readonly Point[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const t = step / STEPS;
    const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const at = (axis: 0 | 1) =>
      [a, b, c, d].reduce((sum, point, index) => sum + point[axis] * (weights[index] ?? 0), 0);
    return [at(0), at(1)];
  });
}

const STEPS = 120;

interface Node {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly words: string;
  readonly children: readonly Node[];
}

interface Walked extends Omit<Shape, 'colours'> {
  readonly path: readonly Node[];
}

function walk(node: Node, around: readonly Node[]): readonly Walked[] {
  const path = [...around, node];
  if (node.children.length > 0) return node.children.flatMap((child) => walk(child, path));
  const { tag, attributes, words } = node;
  const classes = around.map((each) => each.attributes.class ?? '');
  return [{ tag, attributes, words, path, name: attributes.class ?? '', classes }];
}

/** As fast-xml-parser gives elements in order: one key is the tag, `:@` the attributes, `#text` a text. */
function nodesIn(parsed: readonly Readonly<Record<string, unknown>>[]): readonly Node[] {
  return parsed.flatMap((entry) => {
    const tag = Object.keys(entry).find((key) => key !== ':@' && key !== '#text');
    if (tag === undefined) return [];
    const inner = entry[tag] as readonly Readonly<Record<string, unknown>>[];
    const words = inner.map((child) => String(child['#text'] ?? '')).join('');
    return [{ tag, attributes: (entry[':@'] ?? {}) as Node['attributes'], words, children: nodesIn(inner) }];
  });
}
