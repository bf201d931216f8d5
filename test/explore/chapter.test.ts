/** A chapter by hand: what a page of a counterexample holds, and what becomes of one that can not be replayed. */
import { expect, test } from 'vitest';
import { replay } from '../../src/explore/chapter.js';
import { shippedParts } from '../../src/explore/parts.js';

const bounds = '```bounds\nversion 14.1\ncommands 1\nservers 1\nfaults 1\nchanges 0\n```';
const page = (moves: readonly string[]) => ['## A page', bounds, ['```moves', ...moves, '```'].join('\n')].join('\n\n');

/** The eight messages of MS-OXPROTO 2.5.14.5, read and written one by one. */
const eightSteps = [
  ...['begin 0', 'send 0', 'receive 0', 'answer 0'],
  ...['perform 0', 'receive 0', 'write 0', 'answer 0', 'perform 0'],
  ...['perform 0', 'receive 0', 'write 0', 'answer 0', 'perform 0', 'perform 0'],
  ...['send 0', 'receive 0', 'write 0', 'answer 0'],
];

test('the eight steps are a chapter', async () => {
  const { chart, broken } = await replay(page(eightSteps), shippedParts);
  const text = chart.map((line) => line.trim().replace(/\s+/g, ' '));
  const messages = text.filter((line) => line.includes('-->') || line.includes('<--'));
  expect(broken).toEqual([]);
  expect(messages.filter((line) => !line.endsWith('reads'))).toEqual([
    'command 1 --- FolderSync, key 0 -->',
    'takes the answer <-- 142 DeviceNotProvisioned',
    'Send --- Provision initial, key 0 -->',
    'takes the answer <-- policy under temporary key 1',
    'Send --- Provision acknowledgment of 1, status 1 -->',
    'takes the answer <-- permanent key 2',
    'command 1 --- FolderSync, key 2 -->',
    'takes the answer <-- 200',
  ]);
  expect(text).toContain('[Provisioned 2] [Provisioned 2]');
});

test.each([
  ['a move that can not be made', page(['begin 0', 'write 0']), /write 0: cannot happen here/],
  ['a move that does not exist', page(['fly 0']), /no such move/],
  ['no moves', `## A page\n\n${bounds}`, /no block of moves/],
  ['a bound out of range', page([]).replace('faults 1', 'faults 9'), /faults: expected 0 to 7/],
])('%s is refused', async (_what, text, message) => {
  await expect(replay(text, shippedParts)).rejects.toThrow(message);
});
