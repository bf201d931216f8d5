import { describe, expect, test } from 'vitest';
import { memoryStore, platformClock } from '../../src/client/ports.js';

describe('the clock of the platform', () => {
  test('wakes', async () => {
    const before = platformClock.now();
    await platformClock.sleep(0);
    expect(platformClock.now()).toBeGreaterThanOrEqual(before);
  });

  test('wakes at once when called off, before or while asleep', async () => {
    await platformClock.sleep(2 ** 40, AbortSignal.abort());
    const off = new AbortController();
    const asleep = platformClock.sleep(2 ** 40, off.signal);
    off.abort();
    await asleep;
  });
});

test('the store in memory gives back what was saved last', async () => {
  const store = memoryStore();
  expect(await store.load()).toBeNull();
  await store.save('a');
  await store.save('b');
  expect(await store.load()).toBe('b');
});
