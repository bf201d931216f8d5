import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { start, step } from '../../machines/index.js';
import {
  type Entry,
  type FateEntry,
  type MessageEntry,
  type NoteEntry,
  requestEntry,
  rowsOf,
  type TransitionEntry,
  transitionEntry,
} from '../../src/timeline/index.js';
import { play, played } from '../simulation/support/sessions.js';

describe('the rows of a session', () => {
  test('hold every message, note and transition once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(played, async (session) => {
        const { entries, waiting } = await play(session);
        const rows = rowsOf(entries);
        const own = rows.flatMap((row) => (row.kind === 'Transition' ? [] : row.index));
        expect(own).toEqual(entries.flatMap(({ kind }, index) => (kind === 'Message' || kind === 'Note' ? index : [])));
        const transitions = rows.flatMap((row) => row.transitions);
        expect(new Set(transitions)).toEqual(new Set(entries.filter(({ kind }) => kind === 'Transition')));
        expect(transitions).toHaveLength(new Set(transitions).size);
        const open = rows.flatMap((row) => (row.kind === 'Message' && row.fate === null ? row.message.id : []));
        expect(new Set(open)).toEqual(new Set(waiting.flatMap(({ message }) => message ?? [])));
      }),
      { numRuns: 80 },
    );
  });

  test('give the other side what an arrival led to there', async () => {
    await fc.assert(
      fc.asyncProperty(played, async (session) => {
        for (const row of rowsOf((await play(session)).entries)) {
          if (row.kind !== 'Message' || row.message.direction !== 'request') continue;
          // A request leads to facts of the server; of its sender only to what goes on without an answer.
          for (const { role, event } of row.transitions) {
            if (role !== row.to) expect(event.type).toBe('WipeCompleted');
            else expect(row.fate).toBe('Delivered');
          }
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe('a row', () => {
  test('says where a message goes, and what became of it when', () => {
    const entries = [
      message(1),
      fate(1, 'Repeated', 2),
      message(2),
      fate(1, 'Delayed', 3),
      fate(2, 'Lost', 4),
      fate(1, 'Delivered', 5),
    ];
    expect(rowsOf(entries)).toMatchObject([
      {
        kind: 'Message',
        index: 0,
        from: 'client',
        to: 'server',
        fate: 'Delivered',
        settledAt: 5,
        isDelayed: true,
        isRepeated: true,
      },
      { kind: 'Message', index: 2, fate: 'Lost', settledAt: 4, isDelayed: false, isRepeated: false },
    ]);
  });

  test('of an answer goes the other way, and has met nothing while nothing is told', () => {
    const answer: MessageEntry = { ...message(1), direction: 'answer', answers: 1 };
    expect(rowsOf([answer])).toMatchObject([{ from: 'server', to: 'client', fate: null, settledAt: null }]);
  });

  test('holds the transitions that came behind it', () => {
    const [first, second, third, fourth, fifth] = [1, 2, 3, 4, 5].map(taken);
    const entries = [
      first!,
      message(1),
      second!,
      message(2),
      fate(1, 'Delivered', 3),
      third!,
      note(),
      fourth!,
      fate(2, 'Lost', 4),
      fifth!,
    ];
    expect(rowsOf(entries).map(({ kind, transitions }) => [kind, ...transitions.map(({ at }) => at)])).toEqual([
      ['Transition', 1],
      ['Message', 2, 3],
      ['Message'],
      ['Note', 4, 5],
    ]);
  });

  test('is not made of the fate of a message that nobody saw', () => {
    expect(rowsOf([fate(9, 'Lost', 1)])).toEqual([]);
  });
});

const session = 'one';

function message(id: number): MessageEntry {
  const request = { method: 'OPTIONS', url: '/', headers: {}, body: new Uint8Array() };
  return requestEntry({ at: 1, session, id, request });
}

function fate(id: number, what: FateEntry['fate'], at: number): Entry {
  return { kind: 'Fate', at, session, message: id, fate: what };
}

function note(): NoteEntry {
  return { kind: 'Note', at: 1, session, by: 'link', text: 'something' };
}

function taken(at: number): TransitionEntry {
  const before = start('client');
  const event = { type: 'PolicyRequested' } as const;
  const [after, effects] = step(before, event);
  return transitionEntry({ at, session }, { before, event, after, effects });
}
