/** A graph laid out by Graphviz: the places of its boxes and the curves of its lines, in units of the picture. */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { Extent } from './frame.js';
import type { Box, Graph, Line } from './graph.js';

export interface Layout extends Extent {
  readonly boxes: ReadonlyMap<string, PlacedBox>;
  readonly curves: readonly Curve[];
}

export interface PlacedBox extends Box {
  readonly x: number;
  readonly y: number;
}

export interface Curve extends Line {
  /** A point and, for each cubic after it, two controls and a point. */
  readonly points: readonly Point[];
  /** Where the head ends; null without one. */
  readonly tip: Point | null;
}

export type Point = readonly [x: number, y: number];

export async function layOut(graph: Graph): Promise<Layout> {
  const engine = await Graphviz.load();
  const { bb, objects, edges } = JSON.parse(engine.layout(dotOf(graph), 'json', 'dot')) as Drawn;
  const [, , , height = 0] = bb.split(',').map(Number);
  const place = (text: string): Point => {
    const [x = 0, y = 0] = text.split(',').map(Number);
    return [x, height - y];
  };
  const placed = graph.boxes.map((box) => {
    const [x, y] = place(objects.find(({ name }) => name === box.name)?.pos ?? '');
    return [box.name, { ...box, x, y }] as const;
  });
  const boxes = new Map(placed);
  const curves = graph.lines.map((line, at) => {
    if (isFlat(graph, line)) return straight(line, boxes);
    const words = edges.find(({ comment }) => comment === String(at))?.pos.split(' ') ?? [];
    const tip = words.find((word) => /^[es],/.test(word));
    const points = words.filter((word) => word !== tip).map(place);
    const isUp = goesUp(graph, line);
    return { ...line, points: isUp ? points.reverse() : points, tip: tip ? place(tip.slice(2)) : null };
  });
  const sides = placed.flatMap(([, { x, width }]) => [x - width / 2, x + width / 2]);
  const across = [...sides, ...curves.flatMap(({ points }) => points.map(([x]) => x))];
  return { left: Math.min(...across), top: 0, right: Math.max(...across), bottom: height, boxes, curves };
}

/** Between two boxes beside each other. */
function straight(line: Line, boxes: ReadonlyMap<string, PlacedBox>): Curve {
  const [from, to] = [boxes.get(line.from), boxes.get(line.to)];
  if (!from || !to) throw new Error(`${line.from} or ${line.to} has no place`);
  const side = Math.sign(to.x - from.x);
  const start: Point = [from.x + (side * from.width) / 2, from.y];
  const tip: Point = [to.x - (side * to.width) / 2, to.y];
  const end: Point = line.head ? [tip[0] - side * HEAD, tip[1]] : tip;
  return { ...line, points: [start, start, end, end], tip: line.head ? tip : null };
}

interface Drawn {
  readonly bb: string;
  readonly objects: readonly { readonly name: string; readonly pos: string }[];
  readonly edges: readonly { readonly comment?: string; readonly pos: string }[];
}

function dotOf(graph: Graph): string {
  return [
    'digraph {',
    'nodesep=0.11; ranksep=0.21; splines=true;',
    'node [shape=box, fixedsize=true, label=""]; edge [arrowsize=0.7];',
    ...graph.boxes.map(boxIn),
    ...graph.rows.map((row) => `{ rank=same; ${row.map((name) => `"${name}"`).join('; ')} }`),
    ...graph.rows.map((row) =>
      row
        .slice(1)
        .map((name, at) => `"${row[at]}" -> "${name}" [style=invis];`)
        .join(' '),
    ),
    ...graph.lines.map((line, at) => (isFlat(graph, line) ? '' : edgeOf(graph, line, at))),
    '}',
  ].join('\n');
}

/** With three places on its side to be reached at, clear of its round corners. */
function boxIn({ name, width, height, room = 0 }: Box): string {
  const cells = ['', 'upper', 'middle', 'lower', ''].map(
    (port) => `<tr><td ${port && `port="${port}"`} width="${width}" height="${height / 5}" fixedsize="true"></td></tr>`,
  );
  const label = `<<table border="0" cellborder="0" cellspacing="0" cellpadding="0">${cells.join('')}</table>>`;
  return `"${name}" [width=${(width + 2 * room) / INCH}, height=${height / INCH}, label=${label}];`;
}

/** Every edge goes down or to the right, so that the engine keeps our rows; the head is where it belongs. */
function edgeOf(graph: Graph, line: Line, at: number): string {
  const [upper, lower] = goesUp(graph, line) ? [line.to, line.from] : [line.from, line.to];
  const dir = line.head ? (upper === line.from ? 'forward' : 'back') : 'none';
  const ends = `${endOf(graph, line, upper, lower)} -> ${endOf(graph, line, lower, upper)}`;
  return `${ends} [dir=${dir}, weight=${line.weight}, comment="${at}"];`;
}

/** Labels are entered and left in the middle of a side; states anywhere. */
function endOf(graph: Graph, line: Line, name: string, other: string): string {
  const third = name === line.from ? line.leaves : line.enters;
  if (third) return `"${name}":${third}:w`;
  if (!graph.labels.includes(name)) return `"${name}"`;
  return `"${name}":${rowIn(graph, name) < rowIn(graph, other) ? 's' : 'n'}`;
}

function goesUp(graph: Graph, { from, to }: Line): boolean {
  return rowIn(graph, from) > rowIn(graph, to);
}

function rowIn({ rows }: Graph, name: string): number {
  return rows.findIndex((row) => row.includes(name));
}

function isFlat(graph: Graph, { from, to }: Line): boolean {
  return rowIn(graph, from) === rowIn(graph, to);
}

/** The length of an arrow's head, as `arrowsize` makes it. */
const HEAD = 7;
const INCH = 72;
