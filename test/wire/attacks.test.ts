/** Each invariant is attacked: on the wire, in the way it was broken in the field, and comes out of it unbroken. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/protocol/command.js';
import { holds, invariants } from '../support/invariants.js';
import { assault, formsOf, ordinary } from './attacks/assault.js';
import { chaptersOf as clientChapters } from './client/chapter.js';
import { play } from './client/play.js';
import { chaptersOf } from './page.js';

const onServer = pagesIn('server').flatMap((page) =>
  chaptersOf(page).flatMap((chapter) =>
    chapter.versions.flatMap((version) =>
      formsOf(ordinary(chapter), version).map((form) => [chapter.title, version, form, chapter] as const),
    ),
  ),
);
const onClient = pagesIn('client').flatMap((page) =>
  clientChapters(page).map((chapter) => [chapter.title, chapter] as const),
);

describe('on our server', () => {
  test.each(onServer)('%s, %s, %s', async (_title, version, form, chapter) => {
    expect(await assault(chapter, version, form)).toEqual(chapter.linesIn(version));
  });
});

describe('on our client', () => {
  test.each(onClient)('%s', async (_title, chapter) => {
    expect(await play(chapter)).toEqual(chapter.wire.map(({ text }) => text));
  });
});

test('every invariant is attacked, and every attack is on an invariant', () => {
  const attacked = [...onServer, ...onClient].map(([title]) => /^(I\d+): \S/.exec(title)?.[1] ?? title);
  expect([...new Set(attacked)].sort(byNumber)).toEqual(Object.keys(invariants));
});

test('nobody names an invariant that does not exist', () => {
  expect(holds().filter(({ id }) => !Object.hasOwn(invariants, id))).toEqual([]);
});

test('every command that is gated is tried without a key', () => {
  const gated = Object.entries(commands).flatMap(([name, { gated: isGated }]) => (isGated ? [name] : []));
  const tried = onServer
    .filter(([title]) => title.startsWith('I12: '))
    .flatMap(([, version, , chapter]) => chapter.linesIn(version))
    .map((line) => /^> POST (\w+)/.exec(line)?.[1]);
  expect(gated.filter((name) => !tried.includes(name))).toEqual([]);
});

function pagesIn(side: 'server' | 'client'): readonly string[] {
  const folder = new URL(`./attacks/${side}/`, import.meta.url);
  return readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
}

function byNumber(one: string, other: string): number {
  return Number(one.slice(1)) - Number(other.slice(1));
}
