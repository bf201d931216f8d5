import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStatus } from '../../src/page/status.js';

/** A line, and what of it was spoken. */
function line() {
  const spoken: string[] = [];
  let shown = '';
  const node = {
    ariaLive: null as string | null,
    get textContent() {
      return shown;
    },
    set textContent(text: string) {
      shown = text;
      if (node.ariaLive !== 'off') spoken.push(text);
    },
  };
  return { node, spoken };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what is said is spoken at once, and what follows at once as its last', () => {
  const { node, spoken } = line();
  const status = createStatus(node);
  for (const text of ['one', 'two', 'three']) {
    status.say(text);
    expect(node.textContent).toBe(text);
  }
  expect(spoken).toEqual(['one']);
  vi.runAllTimers();
  expect(spoken).toEqual(['one', 'three']);
  status.say('four');
  expect(spoken).toEqual(['one', 'three', 'four']);
});

test('what runs is shown, and spoken when it comes to rest', () => {
  const { node, spoken } = line();
  const status = createStatus(node);
  status.hold(true);
  for (const text of ['one', 'two', 'three']) {
    status.say(text);
    vi.advanceTimersByTime(10_000);
    expect(node.textContent).toBe(text);
  }
  expect(spoken).toEqual([]);
  status.hold(false);
  expect(spoken).toEqual(['three']);
  vi.runAllTimers();
  expect(spoken).toEqual(['three']);
});
