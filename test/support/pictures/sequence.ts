/** A session as a sequence chart in SVG: two lifelines, what goes between them, and how both sides stand. */
import type { Role } from '../../../machines/index.js';
import { type Extent, themed, type Words } from './frame.js';
import type { MessageStep, NoteStep, ShownState, StatesStep, Step } from './steps.js';
import { element, textElement, widthOf } from './svg.js';
import { type Rule, type ThemeName, themes, toneOf } from './theme.js';

export function sequencePicture(title: string, steps: readonly Step[], theme: ThemeName): string {
  const drawn: string[] = [];
  let y = HEADER;
  for (const step of steps) {
    const [elements, height] = drawnStep(step, y);
    drawn.push(...elements);
    y += height;
  }
  const extent: Extent = { left: 0, top: 0, right: WIDTH, bottom: y };
  const words: Words = { title, description: steps.flatMap(sentences).join(' ') };
  return themed(extent, words, theme, rulesOf(theme), [...lifelines(y), ...drawn]);
}

type Drawn = readonly [elements: readonly string[], height: number];

function drawnStep(step: Step, y: number): Drawn {
  switch (step.kind) {
    case 'Message':
      return message(step, y);
    case 'States':
      return states(step, y);
    case 'Note':
      return note(step, y);
  }
}

function lifelines(bottom: number): readonly string[] {
  return roles.flatMap((role) => [
    text('side', sides[role].x, 14, SIZE + 2, sides[role].name),
    element('path', { class: 'lifeline', d: `M${sides[role].x},${HEADER - 4}V${bottom}` }),
  ]);
}

function message({ number, from, says, detail, isLost }: MessageStep, y: number): Drawn {
  const to = from === 'client' ? 'server' : 'client';
  const side = Math.sign(sides[to].x - sides[from].x);
  const start = sides[from].x;
  const end = isLost ? start + side * LOST_AFTER : sides[to].x - side;
  const [line, below] = [y + 24, y + 39];
  const elements = [
    text('number', start - side * 12, line + 4, SMALL, String(number)),
    text('says', MIDDLE, y + 16, SIZE, says),
    element('path', { class: 'line', d: `M${start},${line}H${end - (isLost ? 0 : side * HEAD)}` }),
    isLost ? cross(end, line) : head(end, line, side),
    ...(isLost ? [text('lost', MIDDLE, below, SMALL, detail === null ? 'lost' : `${detail}, lost`)] : []),
    ...(detail === null || isLost ? [] : [text('detail', MIDDLE, below, SMALL, detail)]),
  ];
  const name = `message from-${from}${isLost ? ' is-lost' : ''}`;
  return [[element('g', { class: name }, ...elements)], detail === null && !isLost ? 36 : 50];
}

function states({ states }: StatesStep, y: number): Drawn {
  const pills = roles.flatMap((role) =>
    states[role].map((state, at) => pill(state, sides[role].x, y + at * PILL.step)),
  );
  return [pills, Math.max(...roles.map((role) => states[role].length)) * PILL.step + 2];
}

function pill({ name, text: words }: ShownState, x: number, y: number): string {
  const rect = element('rect', {
    x: x - PILL.width / 2,
    y,
    width: PILL.width,
    height: PILL.height,
    rx: PILL.height / 2,
  });
  return element('g', { class: `state state-${name}` }, rect, text('name', x, y + 15.5, SIZE, words));
}

/** Beside its lifeline where it belongs to one side, as long as it stays inside of the picture. */
function note({ by, text: words }: NoteStep, y: number): Drawn {
  const width = widthOf(words, SIZE) + 20;
  const middle = by === 'client' || by === 'server' ? sides[by].x : MIDDLE;
  const x = Math.min(Math.max(middle, width / 2), WIDTH - width / 2);
  const rect = element('rect', { x: x - width / 2, y: y + 2, width, height: PILL.height, rx: 4 });
  return [[element('g', { class: 'note' }, rect, text('name', x, y + 17.5, SIZE, words))], PILL.step + 6];
}

function text(name: string, x: number, y: number, size: number, words: string): string {
  return textElement('text', { class: name, x, y, 'font-size': size, stroke: 'none' }, words);
}

function head(x: number, y: number, side: number): string {
  const d = `M${x},${y}l${-side * HEAD},-3.5v7Z`;
  return element('path', { class: 'head', d, fill: 'currentColor', stroke: 'none' });
}

function cross(x: number, y: number): string {
  return element('path', { class: 'cross', d: `M${x - 6},${y - 6}l12,12m0,-12l-12,12`, 'stroke-width': 2 });
}

function rulesOf(name: ThemeName): readonly Rule[] {
  const { page, quiet, lost, tones } = themes[name];
  return [
    ...Object.entries(toneOf).flatMap(([state, tone]): readonly Rule[] => [
      [`.state-${state} rect`, { fill: tones[tone].fill, stroke: tones[tone].line }],
      [`.state-${state} text`, { fill: tones[tone].text }],
    ]),
    ['.lifeline', { 'stroke-dasharray': '4 4', opacity: '0.6' }],
    ['.side', { 'font-weight': '600' }],
    ['.detail, .number', { fill: quiet }],
    ['.note rect', { fill: page }],
    ['.note text', { 'font-style': 'italic' }],
    ['.lost', { fill: lost }],
    ['.cross', { stroke: lost }],
  ];
}

/** What a reader who does not see the picture is told. */
function sentences(step: Step): readonly string[] {
  switch (step.kind) {
    case 'Message': {
      const details = [step.detail, step.isLost ? 'lost' : null].filter((detail) => detail !== null);
      return [`${step.number}. ${capital(sides[step.from].name)}: ${[step.says, ...details].join(', ')}.`];
    }
    case 'States':
      return roles.flatMap((role) => step.states[role].map((state) => `${capital(sides[role].name)} ${state.text}.`));
    case 'Note':
      return [`${capital(step.by === 'client' || step.by === 'server' ? `${sides[step.by].name} ` : '')}${step.text}.`];
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const sides: Readonly<Record<Role, { readonly name: string; readonly x: number }>> = {
  client: { name: 'device', x: 76 },
  server: { name: 'server', x: 376 },
};
const roles = ['client', 'server'] as const;
const WIDTH = 452;
const MIDDLE = WIDTH / 2;
const HEADER = 26;
const HEAD = 7;
const LOST_AFTER = 210;
const SIZE = 12;
const SMALL = 11;
const PILL = { width: 136, height: 22, step: 26 };
