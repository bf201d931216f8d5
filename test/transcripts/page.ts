/** A page of this folder: what one transcript comes to, in tables that were written by hand. */
import { readFileSync } from 'node:fs';

/** One `##` of a page. */
export interface Section {
  readonly title: string;
  /** What the side in question is set to: the JSON block, if there is one. */
  readonly setting: unknown;
  readonly tables: readonly (readonly Row[])[];
}

/** The cells of a row under the names of their columns. */
export type Row = Readonly<Record<string, string>>;

export function sectionsOf(page: string): readonly Section[] {
  const text = readFileSync(new URL(page, import.meta.url), 'utf8');
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = ''] = section.split('\n', 1);
      const [, json = '{}'] = /^```json\n([\s\S]*?)^```$/m.exec(section) ?? [];
      return { title, setting: JSON.parse(json), tables: [...section.matchAll(TABLE)].map(([table]) => rowsOf(table)) };
    });
}

function rowsOf(table: string): readonly Row[] {
  const [names = [], , ...rows] = table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  return rows.map((cells) => {
    if (cells.length !== names.length) throw new Error(`${cells.length} cells under ${names.length}: ${cells}`);
    return Object.fromEntries(cells.map((cell, at) => [names[at] ?? '', cell]));
  });
}

const TABLE = /(?:^\|.*\|\n)+/gm;
