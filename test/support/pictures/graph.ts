/**
 * The chart of the machine as a graph for the layout engine. Labels are nodes of their own, in the middle of their
 * arrows: so the engine keeps them apart from everything else.
 */
import { stateNames } from '../../../machines/provisioning.step.js';
import { type Arrow, arrows, initialState } from '../pages/chart.js';
import { widthOf } from './svg.js';

/** What is laid out: boxes by name, and lines between them. */
export interface Graph {
  readonly boxes: readonly Box[];
  /** The names of those boxes that stand in the middle of a line. */
  readonly labels: readonly string[];
  readonly lines: readonly Line[];
  /** Names of boxes, from left to right, one list for each row from the top on. */
  readonly rows: readonly (readonly string[])[];
}

export interface Box {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Kept free on its left and on its right. */
  readonly room?: number;
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly head: boolean;
  /** How much it matters that it is short and straight. */
  readonly weight: number;
  /** Where on its left side a box is left or entered, where two would meet otherwise. */
  readonly leaves?: Third;
  readonly enters?: Third;
}

type Third = 'upper' | 'middle' | 'lower';

/** An arrow with its place in the picture. */
export interface PlacedArrow extends Arrow {
  /** Its class in the picture, and the name of its label. */
  readonly name: string;
  /** Where it is drawn to begin. */
  readonly tail: string;
  readonly lines: readonly string[];
  /** Whether it needs a box that stands for any state; else a state stands for all. */
  readonly anyBox: boolean;
}

export const FONT = { state: 14, fact: 12 } as const;
export const LINE_HEIGHT = 14.5;
export const START = 'start';
export const ANY_STATE = 'any state';

export function placedArrows(): readonly PlacedArrow[] {
  return arrows().map((arrow) => {
    const name = `${arrow.from ?? 'any'}-${arrow.to}`;
    // The initial state has no arrow of its own: the one of any state that leads on is drawn from there.
    const stands = arrow.from === null && arrow.facts.includes(FIRST_FACT);
    const tail = arrow.from ?? (stands ? initialState : `any-${arrow.to}-box`);
    const lines = stands ? [...arrow.facts, `from ${ANY_STATE}`] : arrow.facts;
    return { ...arrow, name, tail, lines, anyBox: arrow.from === null && !stands };
  });
}

export function machineGraph(): Graph {
  const placed = placedArrows();
  const states = stateNames.map((name) => ({ name, width: 140, height: 36 }));
  const labels = placed.map(({ name, to, lines }) => ({
    name,
    width: Math.max(...lines.map((line) => widthOf(line, FONT.fact))),
    height: lines.length * LINE_HEIGHT + 4,
    room: rowOf(name) === rowOf(to) ? 12 : 0,
  }));
  const anyBoxes = placed.filter(({ anyBox }) => anyBox).map(({ tail }) => ({ name: tail, width: 64, height: 24 }));
  return {
    labels: labels.map(({ name }) => name),
    boxes: [...states, ...labels, ...anyBoxes, { name: START, width: 10, height: 10, room: 7 }],
    lines: [
      { from: START, to: initialState, head: true, weight: 1 },
      ...placed.flatMap(({ name, tail, to, anyBox }) => {
        const weight = anyBox || rowOf(to) - rowOf(tail) === 2 ? 20 : 1;
        return [
          { from: tail, to: name, head: false, weight, ...thirds[name]?.[0] },
          { from: name, to, head: true, weight, ...thirds[name]?.[1] },
        ];
      }),
    ],
    rows,
  };
}

function rowOf(name: string): number {
  const found = rows.findIndex((row) => row.includes(name));
  if (found === -1) throw new Error(`${name} has no row in the chart`);
  return found;
}

const FIRST_FACT = 'PolicyRequested';

/** Of both lines of an arrow. */
const thirds: Readonly<Record<string, readonly [Pick<Line, 'leaves'>, Pick<Line, 'enters'>]>> = {
  'AwaitingPolicy-NeedsReprovision': [{ leaves: 'upper' }, { enters: 'lower' }],
  'NeedsReprovision-AwaitingPolicy': [{ leaves: 'upper' }, { enters: 'middle' }],
  'AwaitingPolicy-Provisioned': [{ leaves: 'lower' }, {}],
};

/** States in every other row, the labels of their arrows between them. */
const rows = [
  [START, 'Unprovisioned', 'any-Unprovisioned', 'any-Unprovisioned-box'],
  ['any-AwaitingPolicy', 'Acknowledging-Unprovisioned'],
  ['AwaitingPolicy'],
  ['AwaitingPolicy-Provisioned', 'AwaitingPolicy-Acknowledging'],
  ['Acknowledging'],
  ['AwaitingPolicy-NeedsReprovision', 'Acknowledging-Provisioned', 'Acknowledging-NeedsReprovision'],
  ['Provisioned'],
  ['NeedsReprovision-AwaitingPolicy', 'Provisioned-NeedsReprovision', 'any-NeedsReprovision-box'],
  ['NeedsReprovision', 'any-NeedsReprovision'],
];
