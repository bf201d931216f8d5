/** Counterexamples as entries: those that an exploration of a wrong engine finds, and what is none. */
import { describe, expect, test } from 'vitest';
import { boundsOf } from '../../src/explore/bounds.js';
import { replay } from '../../src/explore/chapter.js';
import { createComposed } from '../../src/explore/composed.js';
import { explore } from '../../src/explore/explore.js';
import { type InvariantName, invariants } from '../../src/explore/invariants.js';
import { type Parts, shippedParts } from '../../src/explore/parts.js';
import { fromChapters, MAX_CHAPTER_MOVES } from '../../src/timeline/from-chapter.js';
import { type Entry, rowsOf, sidesAfter } from '../../src/timeline/index.js';
import { marksIn } from '../../src/timeline/marks.js';
import { readEntry } from '../../src/timeline/read-entry.js';
import { smallest, wrongs } from '../explore/mutants.js';
import { unwrap } from '../support/device.js';

async function chapterOf(name: InvariantName): Promise<{ readonly chapter: string; readonly parts: Parts }> {
  const { bounds = {}, parts: wrong } = wrongs[name];
  const parts = { ...shippedParts, ...wrong };
  const search = explore(await createComposed(parts, boundsOf({ ...smallest, ...bounds })), { until: name });
  for (;;) {
    const turn = search.next();
    if (turn.done) return { chapter: turn.value.invariants.find((row) => row.name === name)?.chapter ?? '', parts };
  }
}

const bounds = '```bounds\nversion 14.1\ncommands 1\nservers 1\nfaults 1\nchanges 1\n```';
const page = (...moves: readonly string[]) =>
  ['## I0: aPage does not hold', bounds, ['```moves', ...moves, '```'].join('\n')].join('\n\n');

/** The eight messages of MS-OXPROTO 2.5.14.5. */
const eightSteps = [
  ...['begin 0', 'send 0', 'receive 0', 'answer 0'],
  ...['perform 0', 'receive 0', 'write 0', 'answer 0', 'perform 0'],
  ...['perform 0', 'receive 0', 'write 0', 'answer 0', 'perform 0', 'perform 0'],
  ...['send 0', 'receive 0', 'write 0', 'answer 0'],
];

const told = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => (entry.kind === 'Message' ? [`${entry.id} ${entry.direction} ${entry.summary}`] : []));

describe('the eight steps', () => {
  test('are eight messages, all delivered, and the facts of both sides', async () => {
    const entries = unwrap(await fromChapters(page(...eightSteps)));
    expect(told(entries)).toEqual([
      '1 request under key 0',
      '2 answer Status 142',
      '3 request initial',
      '4 answer policy under temporary key 1',
      '5 request acknowledgment of 1, status 1',
      '6 answer permanent key 2',
      '7 request under key 2',
      '8 answer 200',
    ]);
    const facts = (role: string) =>
      entries.flatMap((entry) => (entry.kind === 'Transition' && entry.role === role ? [entry.event.type] : []));
    const exchange = [
      'PolicyRequested',
      'PolicyOffered',
      'PolicyAcknowledged',
      'PermanentKeyIssued',
      'CommandAdmitted',
    ];
    expect(facts('client')).toEqual(['ReprovisionRequired', ...exchange]);
    expect(facts('server')).toEqual(exchange);
    const rows = rowsOf(entries).flatMap((row) => (row.kind === 'Message' ? [row.fate] : []));
    expect(rows).toEqual(Array.from({ length: 8 }, () => 'Delivered'));
    expect(marksIn(entries)).toEqual([]);
    const { client, server } = sidesAfter(entries);
    expect([client?.name, client?.context.policyKey]).toEqual(['Provisioned', '2']);
    expect([server?.name, server?.context.policyKey]).toEqual(['Provisioned', '2']);
  });

  test('answers are to the requests before them', async () => {
    const entries = unwrap(await fromChapters(page(...eightSteps)));
    const answers = entries.flatMap((entry) => (entry.kind === 'Message' ? [entry.answers] : []));
    expect(answers).toEqual([null, 1, null, 3, null, 5, null, 7]);
  });
});

test('a message that is lost, one that comes twice, a crash and a policy are told', async () => {
  const moves = ['policy 0', 'begin 0', 'send 0', 'loseRequest 0', 'silence 2'];
  const lost = unwrap(await fromChapters(page(...moves)));
  expect(lost.map((entry) => ('fate' in entry ? entry.fate : 'text' in entry ? entry.text : entry.kind))).toEqual([
    'No policy is set.',
    'Command 1 begins.',
    'Message',
    'Lost',
    'No answer comes.',
  ]);
  const twice = unwrap(await fromChapters(page('begin 0', 'send 0', 'repeatRequest 0', 'receive 0', 'receive 0')));
  expect(twice.flatMap((entry) => (entry.kind === 'Fate' ? [`${entry.message} ${entry.fate}`] : []))).toEqual([
    '1 Repeated',
    '1 Delivered',
    '1 Delivered',
  ]);
  const crashed = unwrap(await fromChapters(page('begin 0', 'send 0', 'crashDevice 0')));
  expect(crashed.at(-1)).toMatchObject({ kind: 'Note', by: 'client', state: { name: 'Unprovisioned' } });
});

describe.each<InvariantName>([
  'permanentKeyIsEarned',
  'wipeOutranks',
  'keysAreNew',
  'nodesAgree',
  'noPolicyIsSuccess',
  'onlyTheOrderedIsWiped',
  'memorySurvivesARestart',
])('what breaks %s', (name) => {
  test('ends with the promise that falls, and with the states that the chapter ends with', async () => {
    const { chapter, parts } = await chapterOf(name);
    const entries = unwrap(await fromChapters(chapter, parts));
    expect(marksIn(entries).map(({ text }) => text)).toContain(
      `${invariants[name].id} ${name}. ${invariants[name].promise}`,
    );
    expect(new Set(entries.map(({ session }) => session))).toEqual(new Set([name]));
    const { chart } = await replay(chapter, parts);
    const [last = ''] = chart.filter((line) => /^ *\[/.test(line)).slice(-1);
    const { client, server } = sidesAfter(entries);
    const shown = [client, server].map(
      (state) => `[${state?.name ?? 'Unprovisioned'} ${state?.context.policyKey ?? 0}]`,
    );
    expect(last.match(/\[\w+ \d+\]/g)).toEqual(shown);
  });

  test('is not broken by the engine that ships', async () => {
    const { chapter } = await chapterOf(name);
    const asShipped = unwrap(await fromChapters(chapter));
    expect(marksIn(asShipped).filter(({ by }) => by === null)).toEqual([]);
  });

  test('can be saved and read again', async () => {
    const { chapter, parts } = await chapterOf(name);
    for (const entry of unwrap(await fromChapters(chapter, parts))) {
      expect(readEntry(JSON.parse(JSON.stringify(entry)))).toEqual({ ok: true, value: entry });
    }
  });
});

test('a page of several chapters is as many sessions', async () => {
  const pages = `# Counterexamples\n\n${page('begin 0')}\n\n${page('begin 0', 'send 0')}\n`;
  const entries = unwrap(await fromChapters(pages));
  expect([...new Set(entries.map(({ session }) => session))]).toEqual(['1 aPage', '2 aPage']);
});

test('a move that can not be made ends the session with a note, after those that can', async () => {
  const made = unwrap(await fromChapters(page('begin 0')));
  const entries = unwrap(await fromChapters(page('begin 0', 'write 0', 'begin 0')));
  expect(entries.slice(0, -1)).toEqual(made);
  expect(entries.at(-1)).toMatchObject({ kind: 'Note', by: 'environment', session: 'aPage' });
  expect(entries.at(-1)).toHaveProperty('text', expect.stringMatching(/write 0, which this engine does not make/));
  expect(marksIn(entries)).toEqual([]);
});

test.each([
  ['a move that does not exist', `# Title\n\n${page('fly 0')}`, 'ERR_REPLAY_CHAPTER', 3, /no such move/],
  ['a bound out of range', page().replace('faults 1', 'faults 9'), 'ERR_REPLAY_CHAPTER', 1, /faults: expected 0 to 7/],
  ['no bounds', page('begin 0').replace('```bounds', '```'), 'ERR_REPLAY_CHAPTER', 1, /no block of bounds/],
  ['no moves', '# A page', 'ERR_REPLAY_CHAPTER', undefined, /No chapter/],
  [
    'too many moves',
    page(...Array.from({ length: MAX_CHAPTER_MOVES + 1 }, () => 'begin 0')),
    'ERR_REPLAY_SIZE',
    1,
    /moves/,
  ],
])('%s is refused', async (_what, text, code, line, message) => {
  const read = await fromChapters(text);
  expect(read).toMatchObject({ ok: false, error: { code, ...(line && { line }) } });
  if (!read.ok) expect(read.error.message).toMatch(message);
});
