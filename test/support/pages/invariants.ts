/** `docs/invariants.md`: what is promised, and the laws, tests, chapters and attacks that hold it. */
import { type Hold, holds, invariants } from '../invariants.js';
import { code, page, table } from './markdown.js';

export function invariantsPage(): string {
  const all = holds();
  return page(
    'Invariants',
    INTRODUCTION,
    table(
      ['id', 'promise', 'kept by', ...kinds.map((kind) => plurals[kind])],
      Object.entries(invariants).map(([id, { promise, keptBy }]) => [
        id,
        promise,
        keptBy,
        ...kinds.map((kind) => String(all.filter((hold) => hold.id === id && hold.kind === kind).length || '')),
      ]),
    ),
    ...Object.keys(invariants).flatMap((id) => [`## ${id}`, heldBy(all.filter((hold) => hold.id === id))]),
  );
}

const INTRODUCTION = `What the engine promises, whatever the peer does. Each was found broken somewhere in the field. Comments and tests name
them by number: a *law* holds for whatever fast-check draws, those of the machine have mutants beside them; a *test* shows one thing; a *chapter* is played
over the wire; an *attack* is a chapter in which a hostile peer tries, over real HTTP, what broke the promise in the field.`;

const kinds = ['Law', 'Test', 'Chapter', 'Attack'] as const;
const plurals = { Law: 'laws', Test: 'tests', Chapter: 'chapters', Attack: 'attacks' } as const;

function heldBy(all: readonly Hold[]): string {
  const rows = kinds.flatMap((kind) => {
    const titles = new Map<string, Set<string>>();
    for (const { file, title } of all.filter((hold) => hold.kind === kind)) {
      titles.set(file, (titles.get(file) ?? new Set()).add(title));
    }
    return [...titles].map(([file, its]) => [kind.toLowerCase(), code(`test/${file}`), [...its].join('\n')]);
  });
  return table(['', 'in', 'says'], rows);
}
