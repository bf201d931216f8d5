import { describe, expect, test } from 'vitest';
import { type ProvisioningEvent, type Role, start, step } from '../../machines/index.js';
import { type Entry, transitionEntry } from '../../src/timeline/index.js';
import { brokenNote, factText, leftNote, marksIn } from '../../src/timeline/marks.js';

const place = { at: 0, session: 'one' } as const;
const other = { at: 0, session: 'two' } as const;
const unearned: ProvisioningEvent = { type: 'PermanentKeyIssued', policyKey: '7' };

function misfit(role: Role, event: ProvisioningEvent = unearned, where: typeof place | typeof other = place): Entry {
  const before = start<Role>(role);
  const [after, effects] = step(before, event);
  return transitionEntry(where, { before, event, after, effects });
}
const note: Entry = { kind: 'Note', ...place, by: 'client', text: 'Something else.' };

describe('marks are', () => {
  test('notes that say so, with whose they are', () => {
    expect(marksIn([note, leftNote(place, 'client', 'a'), brokenNote(other, 'b')])).toEqual([
      { index: 1, session: 'one', by: 'client', text: 'a' },
      { index: 2, session: 'two', by: null, text: 'b' },
    ]);
  });

  test('what a machine calls a violation, of whoever authored the fact', () => {
    const text = 'PermanentKeyIssued 7 does not fit Unprovisioned';
    expect(marksIn([misfit('client')])).toEqual([{ index: 0, session: 'one', by: 'server', text }]);
    expect(marksIn([misfit('server')])).toEqual([{ index: 0, session: 'one', by: 'server', text }]);
    const acknowledged = misfit('client', { type: 'PolicyAcknowledged', policyKey: '7', status: 1 });
    expect(marksIn([acknowledged])).toMatchObject([{ by: 'client' }]);
  });

  test('one where both sides say it of the same fact, two of two facts', () => {
    expect(marksIn([misfit('server'), misfit('client')])).toHaveLength(1);
    expect(marksIn([misfit('server'), misfit('client'), note])).toHaveLength(1);
    expect(
      marksIn([
        misfit('client'),
        misfit('client', { type: 'PolicyOffered', policyKey: '7', policy: {}, revision: null }),
      ]),
    ).toHaveLength(2);
  });

  test('one where a note of the session says it in words, and another where it does not', () => {
    const words = leftNote(place, 'server', 'in words');
    expect(marksIn([misfit('server'), misfit('client'), words])).toMatchObject([{ index: 2, text: 'in words' }]);
    expect(marksIn([misfit('server', unearned, other), words])).toHaveLength(2);
    expect(marksIn([misfit('server'), note, words])).toHaveLength(2);
  });
});

test('a fact is told with what it names, and without the policy', () => {
  const texts = [
    factText({ type: 'PolicyRequested' }),
    factText({ type: 'PolicyAcknowledged', policyKey: '7', status: 2 }),
    factText({ type: 'PolicyOffered', policyKey: '7', policy: { DevicePasswordEnabled: true }, revision: 'r' }),
    factText({ type: 'ReprovisionRequired', policyKey: '0', reason: 'PolicyRefresh' }),
    factText({ type: 'PolicyDetermined', revision: 'r', mayWait: true }),
  ];
  expect(texts).toEqual([
    'PolicyRequested',
    'PolicyAcknowledged 7, status 2',
    'PolicyOffered 7',
    'ReprovisionRequired 0, PolicyRefresh',
    'PolicyDetermined mayWait',
  ]);
});
