/** What a file is taken for, and that nothing in it makes reading throw. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPermalink, type Read, readReplay, replayBounds } from '../../src/cli/replay-read.js';
import { MAX_MOVES } from '../../src/simulation/index.js';
import { unwrap } from '../support/device.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const transcript = (name: string) =>
  readFileSync(new URL(`../fixtures/transcripts/${name}.jsonl`, import.meta.url), 'utf8');
const read = (text: string) => readReplay(bytesOf(text));

const note = JSON.stringify({ kind: 'Note', at: 0, session: 'one', by: 'link', text: 'a' });
const facts = { role: 'client', facts: [{ type: 'PolicyRequested' }] };
const chapter = '## I0: aPage does not hold\n\n```bounds\nversion 14.1\n```\n\n```moves\nbegin 0\n```\n';

describe('by its content a file is', () => {
  test.each<[string, Read['kind'], string]>([
    ['exchanges of a client', 'recording', transcript('aosp-full')],
    ['exchanges of a server', 'recording', transcript('horde-happy')],
    ['exchanges behind a line feed', 'recording', `\n${transcript('aosp-full')}`],
    ['facts on one line', 'facts', JSON.stringify(facts)],
    ['facts on many', 'facts', JSON.stringify(facts, null, 2)],
    ['two lists', 'facts', JSON.stringify([facts, { ...facts, role: 'server' }])],
    ['entries', 'timeline', `${note}\n${note}\n`],
    ['entries as a page is sent them', 'timeline', `{"mode":"watch","title":"t"}\n${note}\n`],
    ['a chapter', 'chapter', chapter],
    ['a permalink', 'permalink', '14.1.c.s3\n'],
    ['a URL with one', 'permalink', 'http://127.0.0.1:7449/#s=16.1.c.s3'],
  ])('%s: a %s', async (_what, kind, text) => {
    expect(unwrap(await read(text)).kind).toBe(kind);
  });

  test('a permalink is what it does: the messages of its moves', async () => {
    const { entries } = unwrap(await read('14.1.c.s2'));
    expect(entries.flatMap((entry) => (entry.kind === 'Message' ? [entry.summary] : []))).toEqual([
      'under key 0',
      'Status 142',
      'initial',
    ]);
  });
});

describe('refused, with code and place, is', () => {
  test.each<[string, string, object]>([
    ['nothing', ' \n', { code: 'ERR_REPLAY_KIND' }],
    ['a text', 'Dear reader,', { code: 'ERR_REPLAY_KIND', line: 1 }],
    ['JSON of something else', '{"a":1}', { code: 'ERR_REPLAY_KIND', line: 1 }],
    [
      'a line that is no exchange',
      `${transcript('aosp-full')}{}\n`,
      { code: 'ERR_REPLAY_RECORDING', line: 10, path: 'req' },
    ],
    ['a line that is no entry', `${note}\n\n{"kind":"Fate"}`, { code: 'ERR_REPLAY_TIMELINE', line: 3, path: 'at' }],
    ['an exchange among entries', `${note}\n${transcript('aosp-full')}`, { code: 'ERR_REPLAY_TIMELINE', line: 2 }],
    [
      'a fact that is none',
      JSON.stringify({ ...facts, facts: [{ type: 'x' }] }),
      { code: 'ERR_REPLAY_FACTS', path: 'facts[0].type' },
    ],
    [
      'a chapter with a move that there is not',
      chapter.replace('begin 0', 'fly 0'),
      { code: 'ERR_REPLAY_CHAPTER', line: 1 },
    ],
    ['a permalink with another code', '14.1.c.q', { code: 'ERR_REPLAY_PERMALINK', path: 'character 7' }],
    ['a permalink without end', `14.1.c${MAX_MOVES + 1}`, { code: 'ERR_REPLAY_PERMALINK' }],
    ['a line too long', `${note}\n"${'x'.repeat(replayBounds.line)}"`, { code: 'ERR_REPLAY_SIZE', line: 2 }],
    ['too many lines', `${note}${'\n'.repeat(replayBounds.lines)}`, { code: 'ERR_REPLAY_SIZE' }],
  ])('%s', async (_what, text, error) => {
    expect(await read(text)).toMatchObject({ ok: false, error });
  });

  test('more bytes than may be', async () => {
    const error = { code: 'ERR_REPLAY_SIZE' };
    expect(await readReplay(new Uint8Array(replayBounds.bytes + 1))).toMatchObject({ ok: false, error });
  });
});

test('a spoiled file is read or refused, and never thrown at', async () => {
  const files = ['aosp-full', 'aosp-wipe', 'tb5-v142-161'].map(transcript);
  const sources = fc.constantFrom(...files, `${note}\n${note}`, chapter, JSON.stringify(facts), '14.1.c.s8.d.o1.s9');
  const spoiled = fc
    .tuple(
      sources,
      fc.array(
        fc.tuple(fc.nat(), fc.nat(20), fc.oneof(fc.string(), fc.constantFrom('"', '}', '\n', '{}', '0', 'null'))),
      ),
    )
    .map(([text, cuts]) =>
      cuts.reduce((current, [at, length, by]) => {
        const from = at % (current.length + 1);
        return current.slice(0, from) + by + current.slice(from + length);
      }, text),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 5, arbitrary: spoiled }, { weight: 1, arbitrary: fc.string() }),
      async (text) => {
        const came = await read(text);
        if (came.ok) expect(JSON.parse(JSON.stringify(came.value.entries))).toEqual(came.value.entries);
        else expect(came.error.code).toMatch(/^ERR_REPLAY_/);
      },
    ),
    { numRuns: 200 },
  );
});

test.each(['14.1', '14.1.c.s8', '2.5.c', 'https://a.test/x?y#s=16.1.c'])('%s looks like a permalink', (text) => {
  expect(isPermalink(text)).toBe(true);
});

test.each(['', 'file.jsonl', '14', '14.1 c', '14.1.C', '{"a":1}', `14.1.${'c.'.repeat(50_000)}`])(
  '%s does not',
  (text) => {
    expect(isPermalink(text)).toBe(false);
  },
);
