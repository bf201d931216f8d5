/** The chart of the machine as SVG. */
import { stateNames } from '../../../machines/provisioning.step.js';
import { arrows, initialState } from '../pages/chart.js';
import { bare, themed } from './frame.js';
import { ANY_STATE, FONT, LINE_HEIGHT, machineGraph, type PlacedArrow, placedArrows, START } from './graph.js';
import { type Curve, type Layout, layOut, type PlacedBox, type Point } from './layout.js';
import { element, round, textElement } from './svg.js';
import { type Rule, type ThemeName, themes, toneOf } from './theme.js';

/** In one colour. */
export async function machinePicture(): Promise<string> {
  const layout = await layOut(machineGraph());
  return bare(layout, drawn(layout));
}

export async function themedMachinePicture(name: ThemeName): Promise<string> {
  const layout = await layOut(machineGraph());
  const states = stateNames.flatMap((state): readonly Rule[] => {
    const { fill, line, text } = themes[name].tones[toneOf[state]];
    return [
      [`.state-${state} rect`, { fill, stroke: line }],
      [`.state-${state} text`, { fill: text }],
    ];
  });
  const quiet: Rule = ['text.any', { fill: themes[name].quiet, 'font-style': 'italic' }];
  return themed(layout, { title: 'The machine', description: inWords() }, name, [...states, quiet], drawn(layout));
}

function drawn(layout: Layout): readonly string[] {
  return [
    ...placedArrows().map((arrow) => arrowElement(layout, arrow)),
    initial(layout),
    ...stateNames.map((name) => state(boxOf(layout, name))),
  ];
}

function inWords(): string {
  const sentences = arrows().map(({ from, to, facts }) => `From ${from ?? ANY_STATE} to ${to} by ${facts.join(', ')}.`);
  return [`Begins in ${initialState}.`, ...sentences].join(' ');
}

function arrowElement(layout: Layout, arrow: PlacedArrow): string {
  const { name, from, to, facts, lines, anyBox, tail } = arrow;
  const label = boxOf(layout, name);
  const top = label.y - ((lines.length - 1) * LINE_HEIGHT) / 2;
  return element(
    'g',
    { class: `edge from-${from ?? 'any'} to-${to}` },
    ...layout.curves.filter((curve) => curve.from === name || curve.to === name).flatMap(curveElements),
    ...(anyBox ? [anyElement(boxOf(layout, tail))] : []),
    ...lines.map((line, at) =>
      text(facts.includes(line) ? `fact fact-${line}` : 'any', label.x, top + at * LINE_HEIGHT, FONT.fact, line),
    ),
  );
}

function initial(layout: Layout): string {
  const { x, y, width } = boxOf(layout, START);
  return element(
    'g',
    { class: 'initial' },
    element('circle', { cx: x, cy: y, r: width / 2, fill: 'currentColor', stroke: 'none' }),
    ...layout.curves.filter(({ from }) => from === START).flatMap(curveElements),
  );
}

function state(box: PlacedBox): string {
  const { name, x, y } = box;
  return element('g', { class: `state state-${name}` }, rectangle(box, 10), text('name', x, y, FONT.state, name));
}

function anyElement(box: PlacedBox): string {
  const dashed = rectangle(box, 12, { 'stroke-dasharray': '3 3' });
  return element('g', { class: 'any' }, dashed, text('any', box.x, box.y, FONT.fact, ANY_STATE));
}

function rectangle(
  { x, y, width, height }: PlacedBox,
  rx: number,
  more: Readonly<Record<string, string>> = {},
): string {
  return element('rect', { x: x - width / 2, y: y - height / 2, width, height, rx, ...more });
}

/** Around its middle; most of a letter's body lies 0.35 em above the line it stands on. */
function text(name: string, x: number, y: number, size: number, words: string): string {
  return textElement(
    'text',
    { class: name, x, y: y + 0.35 * size, 'font-size': size, fill: 'currentColor', stroke: 'none' },
    words,
  );
}

function curveElements({ points, tip }: Curve): readonly string[] {
  const [first, ...rest] = points;
  if (!first) return [];
  const line = element('path', { class: 'line', d: `M${pair(first)}C${rest.map(pair).join(' ')}` });
  const last = rest.at(-1);
  return tip && last ? [line, headElement(last, tip)] : [line];
}

function headElement([x, y]: Point, [tipX, tipY]: Point): string {
  const [dx, dy] = [(tipX - x) * 0.42, (tipY - y) * 0.42];
  const points: readonly Point[] = [
    [tipX, tipY],
    [x - dy, y + dx],
    [x + dy, y - dx],
  ];
  return element('path', { class: 'head', d: `M${points.map(pair).join('L')}Z`, fill: 'currentColor', stroke: 'none' });
}

function pair([x, y]: Point): string {
  return `${round(x)},${round(y)}`;
}

function boxOf({ boxes }: Layout, name: string): PlacedBox {
  const box = boxes.get(name);
  if (!box) throw new Error(`${name} has no place in the chart`);
  return box;
}
