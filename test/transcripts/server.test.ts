/**
 * Every recorded request, byte for byte, before our server: what it answers, why, and how the agreement then stands. It
 * mints the keys of the recording, so that a device which was given a key there is given the same one here.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ServerExchange, ServerOptions } from '../../src/server/index.js';
import { serverUnderTest } from '../support/server.js';
import { exchanges } from '../support/transcripts.js';
import { identityIn, orders, policyIn } from './administration.js';
import { type Row, type Section, sectionsOf } from './page.js';
import { answered, asked, keyGivenIn, type Recorded, recorded } from './wire.js';

const pages = readdirSync(new URL('./', import.meta.url)).filter((name) => name.endsWith('.md'));

test('every transcript has its page', () => {
  const files = [...new Set(exchanges.map(({ file }) => file))];
  expect(pages).toEqual(files.map((file) => file.replace('.jsonl', '.md')));
  expect(files.flatMap(recorded)).toHaveLength(91);
});

describe.each(pages)('%s', (page) => {
  const file = page.replace('.md', '.jsonl');
  const sections = sectionsOf(page).filter(({ title }) => title.startsWith('Our server'));

  test.each(sections.map((section) => [section.title, section] as const))('%s', async (_title, section) => {
    const [rows = [], ...others] = section.tables;
    expect(others).toEqual([]);
    expect(rows.map(({ seq }) => seq).filter(Boolean)).toEqual(recorded(file).map(({ seq }) => String(seq)));
    const replayed = await replay(file, section);
    expect(replayed.map(({ row }) => row)).toEqual(rows.map(({ recorded: _, ...row }) => row));
    for (const [at, { row, original }] of replayed.entries()) expectNoted(row, original, rows[at]?.recorded ?? '');
  });

  test('has a section for our server', () => {
    expect(sections).not.toEqual([]);
  });
});

interface Replayed {
  readonly row: Row;
  /** What was recorded, and how ours is to it; `null` for an order. */
  readonly original: { readonly words: string; readonly sameWords: boolean; readonly sameBytes: boolean } | null;
}

async function replay(file: string, { tables, setting }: Section): Promise<readonly Replayed[]> {
  const transcript = new Map(recorded(file).map((exchange) => [String(exchange.seq), exchange]));
  const policies = policyIn([...transcript.values()]);
  let current: Recorded | undefined;
  let spare = 0;
  let seen: ServerExchange | undefined;
  const { server } = serverUnderTest({
    authenticate: ({ basic }) => (basic && accounts[basic.user] === basic.password ? basic.user : null),
    policyFor: ({ deviceId }) => policies.get(deviceId.toUpperCase()) ?? null,
    // What the recorded host answered to the command.
    commands: () => current?.response ?? { status: 500 },
    mintKey: () => (current && keyGivenIn(current.response)) ?? String(++spare),
    observe: (exchange) => {
      seen = exchange;
    },
    ...(setting as Partial<ServerOptions>),
  });
  const replayed: Replayed[] = [];
  for (const { seq = '', request: order = '' } of tables[0] ?? []) {
    if (seq === '') {
      const carryOut = orders[order];
      if (!carryOut) throw new Error(`no such order: ${order}`);
      await carryOut(server, identityIn(transcript));
      replayed.push({ row: { seq, request: order, answer: '', said: '', agreement: '' }, original: null });
      continue;
    }
    current = transcript.get(seq);
    if (!current) throw new Error(`not recorded: ${seq}`);
    const { request, response } = current;
    const ours = await server.handle(request);
    const answer = answered(request, ours);
    const said = [...(seen?.events ?? []), ...(seen?.reason ? [seen.reason] : [])].join(', ');
    const { name, context } = seen?.state ?? {};
    const agreement = name && context ? `${name} ${context.policyKey}` : '';
    const words = answered(request, response);
    replayed.push({
      row: { seq, request: asked(request), answer, said, agreement },
      original: { words, sameWords: words === answer, sameBytes: isSame(ours.body, response.body) },
    });
  }
  return replayed;
}

/** The last column: `the same`, or what was recorded and why ours is another. */
function expectNoted({ seq }: Row, original: Replayed['original'], note: string): void {
  if (original === null) expect(note).not.toBe('');
  else if (!original.sameWords) expect(note, `${seq}`).toMatch(new RegExp(`^${original.words}: \\S.{9}`));
  else if (!original.sameBytes) expect(note, `${seq}`).toMatch(/^the same in other bytes: \S.{9}/);
  else expect(note, `${seq}`).toBe('the same');
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

const accounts: Readonly<Record<string, string>> = { 'user@example.test': 'secret', lab: 'labpass' };
