/**
 * Every recorded answer before our client, in the place where it was recorded: what it states by itself, what our client
 * had asked, what came of the call, and the state and the key afterwards.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { factIn } from './fact.js';
import { type Row, sectionsOf } from './page.js';
import { createRehearsal } from './rehearsal.js';
import { recorded } from './wire.js';

const pages = readdirSync(new URL('./', import.meta.url)).filter((name) => name.endsWith('.md'));

describe.each(pages)('%s', (page) => {
  const exchanges = recorded(page.replace('.md', '.jsonl'));
  const sections = sectionsOf(page).filter(({ title }) => title === 'Our client');
  const [calls = [], messages = []] = sections.flatMap(({ tables }) => tables);

  test('has one section for our client, of two tables with every exchange in it', () => {
    expect(sections.map(({ tables }) => tables.length)).toEqual([2]);
    expect(messages.map(({ seq }) => Number(seq))).toEqual(exchanges.map(({ seq }) => seq));
    expect(calls.flatMap(answersIn).sort((a, b) => a - b)).toEqual(exchanges.map(({ seq }) => seq));
  });

  test.each(exchanges.map((exchange, at) => [exchange.seq, exchange, messages[at]] as const))(
    '%i by itself states its fact',
    (_seq, exchange, row) => {
      expect(factIn(exchange)).toBe(row?.fact);
    },
  );

  test('answers our client, call by call', async () => {
    const rehearsal = createRehearsal(exchanges);
    for (const row of calls) {
      const came = await rehearsal.call({ client: row.client ?? '', call: row.call ?? '', answers: answersIn(row) });
      expect({ answers: row.answers, ...came }).toEqual({
        answers: row.answers,
        outcome: row.outcome,
        state: row.state,
        unused: [],
      });
    }
    expect(rehearsal.seen().map(({ seq }) => seq)).toEqual(exchanges.map(({ seq }) => String(seq)));
    expect(rehearsal.seen()).toEqual(messages.map(({ fact: _, ...row }) => row));
  });
});

function answersIn({ answers = '' }: Row): readonly number[] {
  return answers.split(' ').map(Number);
}
