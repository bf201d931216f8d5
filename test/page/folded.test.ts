import { describe, expect, test } from 'vitest';
import { type ProvisioningEvent, start, step } from '../../machines/index.js';
import { lateArrivals } from '../../src/page/fates.js';
import { isIdle } from '../../src/page/folded.js';
import type { Entry, FateEntry, TransitionEntry } from '../../src/timeline/entry.js';
import { agreement } from './support/entries.js';

const entries = agreement();

describe('folded away', () => {
  const before = start('client');
  const event: ProvisioningEvent = { type: 'RetryDue', cycle: 1, attempt: 1 };
  const [after, effects] = step(before, event);
  const idle: TransitionEntry = {
    kind: 'Transition',
    at: 0,
    session: 'A1',
    role: 'client',
    before,
    event,
    after,
    effects,
  };

  test('is a fact that changed nothing and asked for nothing', () => {
    expect(effects).toEqual([]);
    expect(isIdle(idle)).toBe(true);
  });

  test('is nothing that changed something, asked for something, or is no fact', () => {
    expect(entries.filter(isIdle)).toEqual([]);
    expect(isIdle({ ...idle, effects: [{ type: 'StorePolicyKey', policyKey: '0' }] })).toBe(false);
    expect(isIdle({ ...idle, after: { ...after, context: { ...after.context, cycles: 1 } } })).toBe(false);
  });

  test('is nothing that violates', () => {
    const unfit = { type: 'PermanentKeyIssued', policyKey: '7' } as const;
    const [same, asked] = step(before, unfit);
    const violation: TransitionEntry = { ...idle, event: unfit, after: same, effects: asked };
    expect(same.name).toBe(before.name);
    expect(isIdle(violation)).toBe(false);
  });
});

describe('an arrival', () => {
  const fate = (name: FateEntry['fate']): Entry => ({ kind: 'Fate', at: 0, session: 'A1', message: 1, fate: name });
  const [message] = entries;
  const late = (...names: FateEntry['fate'][]) => [
    ...lateArrivals([...(message ? [message] : []), ...names.map(fate)]).values(),
  ];

  test('at once needs no row', () => {
    expect(late('Delivered')).toEqual([]);
    expect(late('Repeated', 'Delivered')).toEqual([]);
    expect(late('Delayed', 'Lost')).toEqual([]);
  });

  test('of a copy, or behind others, says when it happened', () => {
    expect(late('Repeated', 'Delivered', 'Delivered')).toEqual(['the copy arrives: FolderSync SyncKey 0']);
    expect(late('Delayed', 'Delivered')).toEqual(['arrives late: FolderSync SyncKey 0']);
  });
});
