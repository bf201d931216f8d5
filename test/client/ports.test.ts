import { afterEach, describe, expect, test, vi } from 'vitest';
import { memoryStore, platformClock, platformTransport } from '../../src/client/ports.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the clock of the platform', () => {
  test('tells the time of the platform', () => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    expect(platformClock.now()).toBe(1_700_000_000_000);
  });

  test('wakes when the time is over, and not before', async () => {
    vi.useFakeTimers();
    let isAwake = false;
    const asleep = Promise.resolve(platformClock.sleep(1000)).then(() => {
      isAwake = true;
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(isAwake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isAwake).toBe(true);
    await asleep;
  });

  test('wakes at once when called off, before or while asleep, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    await platformClock.sleep(2 ** 40, AbortSignal.abort());
    const off = new AbortController();
    const asleep = platformClock.sleep(2 ** 40, off.signal);
    expect(vi.getTimerCount()).toBe(1);
    off.abort();
    await asleep;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('asks for no longer time than a timer can take: it would fire at once', () => {
    const asked: unknown[] = [];
    vi.stubGlobal('setTimeout', (_wake: () => void, milliseconds: number) => void asked.push(milliseconds));
    void platformClock.sleep(2 ** 31 - 1);
    void platformClock.sleep(2 ** 31);
    void platformClock.sleep(2 ** 40);
    expect(asked).toEqual([2147483647, 2147483647, 2147483647]);
  });
});

test('the transport of the platform is fetch', async () => {
  const asked: unknown[] = [];
  const answer = new Response(null, { status: 204 });
  vi.stubGlobal('fetch', async (...request: unknown[]) => {
    asked.push(request);
    return answer;
  });
  const init = { method: 'POST', headers: {}, body: null, signal: AbortSignal.abort(), redirect: 'manual' } as const;
  expect(await platformTransport('https://mail.example.com/', init)).toBe(answer);
  expect(asked).toEqual([['https://mail.example.com/', init]]);
});

test('the store in memory gives back what was saved last', async () => {
  const store = memoryStore();
  expect(await store.load()).toBeNull();
  await store.save('a');
  await store.save('b');
  expect(await store.load()).toBe('b');
});
