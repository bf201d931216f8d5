import { describe, expect, test } from 'vitest';
import { start } from '../../machines/index.js';
import { contextChanges, contextRows } from '../../src/page/context-rows.js';
import { entryText } from '../../src/page/entry-text.js';
import { fatesOf, underWay } from '../../src/page/fates.js';
import { areOne, entriesOf, sessionsOf } from '../../src/page/sessions.js';
import { sideAt } from '../../src/page/side-at.js';
import type { Entry, FateEntry, NoteEntry } from '../../src/timeline/entry.js';
import { agreement } from './support/entries.js';

const entries = agreement();

describe('a side', () => {
  test('stands as its last fact left it', () => {
    const { state, last } = sideAt(entries, 'client', null);
    expect(state?.name).toBe('Provisioned');
    expect(last?.event.type).toBe('PermanentKeyIssued');
    expect(sideAt(entries.slice(0, 9), 'client', null).state?.name).toBe('AwaitingPolicy');
  });

  test('stands as it began before that, and is unknown where nobody says how', () => {
    expect(sideAt([], 'server', start('server')).state?.name).toBe('Unprovisioned');
    expect(sideAt(entries.slice(0, 6), 'server', null)).toEqual({ role: 'server', state: null, last: null });
  });

  test('that crashed stands as the note of it says, and no fact led there', () => {
    const crash: NoteEntry = {
      kind: 'Note',
      at: 1,
      session: 'A1',
      by: 'client',
      text: 'crashes',
      state: start('client'),
    };
    expect(sideAt([...entries, crash], 'client', null)).toEqual({ role: 'client', state: start('client'), last: null });
    expect(sideAt([...entries, crash], 'server', null).state?.name).toBe('Provisioned');
  });

  test('remembers in words what changed and what did not', () => {
    const [before, after] = [9, 10].map((count) => sideAt(entries.slice(0, count), 'server', null).state);
    if (!before || !after) throw new TypeError('the server took no fact');
    expect(contextRows(after).find(({ field }) => field === 'policyKey')?.text).toBe('100 (temporary)');
    expect(contextChanges(before, after)).toEqual([
      { field: 'policyKey', label: 'Policy key', before: '0 (none)', after: '100 (temporary)' },
      { field: 'pending', label: 'Pending', before: 'none', after: 'Policy r1, not acknowledged' },
    ]);
    expect(contextChanges(after, after)).toEqual([]);
  });
});

describe('a message', () => {
  const fate = (name: FateEntry['fate']): Entry => ({ kind: 'Fate', at: 0, session: 'A1', message: 1, fate: name });

  test.each([
    [['Delivered'], 'Delivered', 'delivered'],
    [['Lost'], 'Lost', 'lost'],
    [['Delayed', 'Delivered'], 'Delivered', 'delayed, delivered'],
    [['Repeated'], 'UnderWay', 'repeated'],
    [['Repeated', 'Lost', 'Delivered'], 'Delivered', 'repeated, lost, delivered'],
  ] as const)('that was %j ends %s', (fates, end, text) => {
    expect(fatesOf(fates.map(fate)).get(1)).toMatchObject({ end, text });
  });

  test('of which nothing is said is under way', () => {
    expect(fatesOf(entries.slice(0, 1)).get(1) ?? underWay).toBe(underWay);
  });
});

describe('sessions', () => {
  const apart = entries.map((entry) => (entry.kind === 'Transition' ? { ...entry, session: entry.role } : entry));

  test('are named in the order in which they appear', () => {
    const sessions = sessionsOf([...agreement('B'), ...agreement('A')]);
    expect(sessions.map(({ name, roles }) => [name, ...roles])).toEqual([
      ['B', 'client', 'server'],
      ['A', 'client', 'server'],
    ]);
    expect(entriesOf([...agreement('B'), ...entries], 'A1')).toEqual(entries);
  });

  test('are one unless a side is in two of them', () => {
    expect(areOne(sessionsOf(entries))).toBe(true);
    expect(areOne(sessionsOf(apart.filter(({ kind }) => kind === 'Transition')))).toBe(true);
    expect(areOne(sessionsOf([...entries, ...agreement('B')]))).toBe(false);
    expect(areOne(sessionsOf([...agreement('A').slice(0, 2), ...agreement('B').slice(0, 2)]))).toBe(false);
  });
});

test('every entry is a sentence', () => {
  const note: NoteEntry = { kind: 'Note', at: 0, session: 'A1', by: 'environment', text: 'a day passes' };
  expect([...entries.slice(3, 7), note].map(entryText)).toEqual([
    'Message 2 was delivered.',
    'The device takes ReprovisionRequired and is now NeedsReprovision.',
    'The device takes PolicyRequested and is now AwaitingPolicy.',
    'Device to server: Provision, initial request, key 0.',
    'a day passes',
  ]);
});
