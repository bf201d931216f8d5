/** The pictures show what the sources say. Rewrite them with `npx vitest run test/pictures.test.ts -u`. */
import { readdirSync } from 'node:fs';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { describe, expect, test } from 'vitest';
import { stateNames } from '../machines/provisioning.step.js';
import { readPage } from './support/documentation.js';
import { walkMachine } from './support/pages/machine-walk.js';
import { picture } from './support/pages/picture.js';
import { drawnChapters } from './support/pictures/chapters.js';
import { machineGraph } from './support/pictures/graph.js';
import { layOut } from './support/pictures/layout.js';
import { machinePicture, themedMachinePicture } from './support/pictures/machine.js';
import { contains, extentOf, isInside, overlap, pointsOf, readPicture, type Shape } from './support/pictures/read.js';
import { sequencePicture } from './support/pictures/sequence.js';
import { contrast } from './support/pictures/style.js';
import { type ThemeName, themeNames } from './support/pictures/theme.js';

const BARE = 'src/page/machine.svg';

/** All of them as the sources have them now, by path. */
const current: Readonly<Record<string, string>> = {
  [BARE]: await machinePicture(),
  ...Object.fromEntries(await Promise.all(themeNames.flatMap(themedPictures))),
};
const images = Object.entries(current).filter(([path]) => path !== BARE);

describe('pictures are current', () => {
  test.each(Object.entries(current))('%s', async (path, svg) => {
    await expect(svg).toMatchFileSnapshot(`../${path}`);
  });

  test('and there are no others', () => {
    const found = readdirSync(new URL('../docs/images/', import.meta.url)).map((name) => `docs/images/${name}`);
    expect(found.filter((path) => path.endsWith('.svg') && !(path in current))).toEqual([]);
  });

  test('and are laid out the same by an engine that starts anew', async () => {
    const once = await layOut(machineGraph());
    Graphviz.unload();
    expect(await layOut(machineGraph())).toEqual(once);
  });

  test('and protocol.md shows those it speaks of', () => {
    const { text } = readPage('docs/protocol.md');
    for (const name of ['eight-steps', 'refusal-12-1', 'wipe'] as const) {
      expect(text).toContain(picture(name));
    }
  });
});

describe('the chart of the machine', () => {
  const { shapes } = readPicture(current[BARE] ?? '');
  const texts = shapes.filter(({ tag }) => tag === 'text');
  const boxes = shapes.filter((shape) => shape.tag === 'rect' && around(shape).startsWith('state '));

  test('holds each state once, with its name in it', () => {
    const groups = stateNames.map((name) => `state state-${name}`);
    expect(boxes.map(around)).toEqual(groups);
    const names = texts.filter((shape) => groups.includes(around(shape)));
    expect(names.map(({ words }) => words)).toEqual([...stateNames]);
    for (const [at, name] of names.entries())
      expect(boxes[at] && contains(extentOf(boxes[at]), extentOf(name))).toBe(true);
  });

  test('holds every fact that leads from one state to another, once', () => {
    const leading = [...walkMachine().edges.values()].filter(({ target }) => target !== null);
    const expected = leading.map(({ id, fact, target }) => `${id.replace('*', 'any').split('.')[0]} ${fact} ${target}`);
    const facts = texts.filter(({ name }) => name.startsWith('fact '));
    expect(facts.map(({ name }) => name)).toEqual(facts.map(({ words }) => `fact fact-${words}`));
    const found = facts.map((shape) => around(shape).replace(/^edge from-(\w+) to-(\w+)$/, `$1 ${shape.words} $2`));
    expect(found.sort()).toEqual([...new Set(expected)].sort());
  });

  test('holds every arrow once, with its head', () => {
    const heads = shapes.filter(({ name }) => name === 'head').map(around);
    const labels = texts.map(around).filter((name) => name.startsWith('edge '));
    expect(heads.sort()).toEqual([...new Set([...labels, 'initial'])].sort());
  });

  test('leaves its looks to the page', () => {
    expect(current[BARE]).not.toMatch(/#|\b(?:id|style|font-family)=|<style|rgb|url\(|!/);
    for (const { colours } of shapes) {
      expect(['none', 'currentColor']).toContain(colours.fill);
      expect(['none', 'currentColor']).toContain(colours.stroke);
    }
  });
});

describe.each(Object.entries(current))('%s', (_path, svg) => {
  const { problem, shapes, extent } = readPicture(svg);
  const texts = shapes.filter(({ tag }) => tag === 'text');
  const boxes = shapes.filter(({ tag, name }) => tag === 'rect' && name !== 'page');

  test('is XML, and everything is inside of it', () => {
    expect(problem).toBeNull();
    expect(texts.length).toBeGreaterThan(5);
    expect([...texts, ...boxes].filter((shape) => !contains(extent, extentOf(shape)))).toEqual([]);
  });

  test('has no line through a text, nor one that leads somewhere through a box', () => {
    const free = texts.filter((text) => !boxes.some((box) => contains(extentOf(box), extentOf(text))));
    // A lifeline passes behind what stands on it.
    const lines = shapes.filter(({ name }) => name === 'line' || name === 'lifeline');
    expect(lines.length).toBeGreaterThan(3);
    const met = (line: Shape) =>
      [...free, ...(line.name === 'line' ? boxes : [])].filter((shape) => crosses(line, shape));
    expect(lines.flatMap(met)).toEqual([]);
  });

  test('has no text upon another nor across the side of a box, and no box upon another', () => {
    const clashes = (one: Shape, other: Shape) => one !== other && overlap(extentOf(one), extentOf(other));
    expect(texts.filter((text) => texts.some((other) => clashes(text, other)))).toEqual([]);
    expect(boxes.filter((box) => boxes.some((other) => clashes(box, other)))).toEqual([]);
    const across = (text: Shape, box: Shape) => clashes(text, box) && !contains(extentOf(box), extentOf(text));
    expect(texts.filter((text) => boxes.some((box) => across(text, box)))).toEqual([]);
  });
});

test('a line through a box is found', () => {
  const [box] = readPicture(current[BARE] ?? '').shapes.filter(({ tag }) => tag === 'rect');
  const { left = 0, top = 0, bottom = 0 } = box ? extentOf(box) : {};
  for (const ahead of [`C${left},${top} ${left + 9},${bottom} ${left + 20},${bottom}`, `H${left + 9}`, `V${top}`]) {
    const line = (x: number, y: number) => ({ attributes: { d: `M${x},${y}${ahead}` } });
    const start = ahead.startsWith('V')
      ? line(left + 9, bottom)
      : line(left - 9, ahead.startsWith('H') ? top + 9 : top);
    expect(box && crosses({ ...box, ...start }, box)).toBe(true);
  }
});

describe.each(images)('%s is read without effort', (_path, svg) => {
  const { shapes } = readPicture(svg);
  const page = shapes.find(({ name }) => name === 'page');
  const boxes = shapes.filter(({ tag, name }) => tag === 'rect' && name !== 'page');
  const behind = (shape: Shape) => {
    const box = boxes.filter((each) => contains(extentOf(each), extentOf(shape))).at(-1);
    return [box, page].map((each) => each?.colours.fill ?? 'none').find((fill) => fill !== 'none') ?? '';
  };

  test('text stands out by 4.5 to 1', () => {
    const weak = shapes.filter((shape) => shape.tag === 'text' && contrast(shape.colours.fill, behind(shape)) < 4.5);
    expect(weak).toEqual([]);
  });

  test('lines and boxes stand out by 3 to 1', () => {
    const drawnLines = shapes.filter(({ tag, colours }) => ['path', 'rect'].includes(tag) && colours.stroke !== 'none');
    expect(drawnLines.length).toBeGreaterThan(3);
    expect(drawnLines.filter(({ colours }) => contrast(colours.stroke, page?.colours.fill ?? '') < 3)).toEqual([]);
  });

  test('says in words what it shows', () => {
    const [title, description] = ['title', 'desc'].map((name) => shapes.find(({ tag }) => tag === name)?.words ?? '');
    expect(title).not.toBe('');
    for (const { words } of shapes.filter(({ name }) => name === 'says' || name.startsWith('fact '))) {
      expect(description).toContain(words);
    }
  });
});

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

function themedPictures(theme: ThemeName): readonly Promise<readonly [path: string, svg: string]>[] {
  const path = (name: string) => `docs/images/${name}-${theme}.svg`;
  const sequences = drawnChapters.map(
    async ({ name, chapter, steps }) => [path(name), sequencePicture(chapter.title, await steps(), theme)] as const,
  );
  return [themedMachinePicture(theme).then((svg) => [path('machine'), svg] as const), ...sequences];
}

/** The class of the element around. */
function around({ classes }: Shape): string {
  return classes.at(-1) ?? '';
}

function crosses(line: Shape, shape: Shape): boolean {
  return pointsOf(line).some((point) => isInside(point, extentOf(shape)));
}
