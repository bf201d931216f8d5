import picocolors from 'picocolors';
import type { Terminal } from './terminal.js';

/** How text looks: colours and line drawing on a terminal, plain ASCII everywhere else. */
export interface Look {
  readonly colors: ReturnType<typeof picocolors.createColors>;
  readonly glyphs: Readonly<Record<Glyph, string>>;
  /** The width to keep to, 72 to 100 characters. */
  readonly width: number;
}

type Glyph = 'toServer' | 'toClient' | 'becomes' | 'rule' | 'heavyRule' | 'bar' | 'more' | 'done' | 'refused';

export function lookOf({ isFancy, columns }: Pick<Terminal, 'isFancy' | 'columns'>): Look {
  return {
    colors: picocolors.createColors(isFancy),
    glyphs: isFancy ? drawn : ascii,
    width: Math.min(Math.max(columns, 72), 100),
  };
}

const drawn = {
  toServer: '──▶',
  toClient: '◀──',
  becomes: '→',
  rule: '─',
  heavyRule: '━',
  bar: '│',
  more: '…',
  done: '✔',
  refused: '✘',
} as const satisfies Record<Glyph, string>;

const ascii = {
  toServer: '-->',
  toClient: '<--',
  becomes: '->',
  rule: '-',
  heavyRule: '=',
  bar: '|',
  more: '..',
  done: 'OK',
  refused: 'NO',
} as const satisfies Record<Glyph, string>;
