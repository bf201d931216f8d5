import { expect, test } from 'vitest';
import { ask, ForeignState, failureOf, HostFailure } from '../../src/client/host-failure.js';

const cause = new Error('disk full');

test('what a port answers is its answer; what it throws names the port, and keeps the cause', async () => {
  expect(await ask('clock', () => 7)).toBe(7);
  const failures = [
    ask('store.save', () => Promise.reject(cause)),
    ask('store.save', () => {
      throw cause;
    }),
  ];
  for (const failure of failures) {
    await expect(failure).rejects.toThrow(new HostFailure('store.save', cause));
    await expect(failure).rejects.toMatchObject({ message: 'store.save failed', port: 'store.save', cause });
  }
});

test('the state of another is told by the part that differs', () => {
  const foreign = new ForeignState('device.id');
  expect([foreign.name, foreign.message]).toEqual([
    'ForeignState',
    'The stored state was made with another device.id.',
  ]);
});

test('both are failures of the host; anything else is a fault of this library', () => {
  expect(failureOf(new HostFailure('wipe', cause))).toEqual({ kind: 'HostFailed', port: 'wipe', cause });
  expect(failureOf(new ForeignState('user'))).toEqual({ kind: 'ForeignState', field: 'user' });
  expect(failureOf(cause)).toBeNull();
});
