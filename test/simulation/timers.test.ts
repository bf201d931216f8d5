import { expect, test } from 'vitest';
import { createTimers } from '../../src/simulation/timers.js';

const [mine, yours] = [{}, {}];

test('timers wait in the order in which they end, and time jumps to the end of the one that fires', async () => {
  const timers = createTimers();
  const ended: string[] = [];
  const sleep = (name: string, length: number, signal?: AbortSignal, owner = mine) =>
    void timers.sleep(length, signal, owner).then(() => ended.push(name));
  const called = new AbortController();
  sleep('long', 30);
  sleep('short', 10);
  sleep('as short', 10);
  sleep('called off', 20, called.signal);
  sleep('yours', 5, undefined, yours);
  sleep('called off before', 1, AbortSignal.abort());
  expect(timers.waiting.map(({ due }) => due)).toEqual([5, 10, 10, 20, 30]);
  timers.forget(yours);
  called.abort();
  for (let [next] = timers.waiting; next; [next] = timers.waiting) timers.fire(next);
  await Promise.resolve();
  expect(ended).toEqual(['called off before', 'called off', 'short', 'as short', 'long']);
  expect(timers.now).toBe(30);
});

test('a timer that is overdue takes no time back', () => {
  const timers = createTimers();
  void timers.sleep(10, undefined, mine);
  timers.advance(50);
  timers.fire(timers.waiting[0]!);
  expect(timers.now).toBe(50);
});
