import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHistory, type Passed } from '../../src/cli/page-history.js';

const message = (length: number): Passed => ({ data: new Uint8Array(length), isBinary: false });

/** Who says how much. */
const said = fc.array(fc.record({ producer: fc.nat(3), length: fc.nat(40) }), { maxLength: 60 });
const bounds = { messages: 12, bytes: 200, beginnings: 2 };

function kept(sayings: readonly { readonly producer: number; readonly length: number }[]) {
  const history = createHistory(bounds);
  const producers = [{}, {}, {}, {}];
  const messages = sayings.map(({ producer, length }) => {
    const passed = message(length);
    history.keep(producers[producer] ?? {}, passed);
    return { ...passed, producer };
  });
  return { history, messages };
}

describe('whatever is said', () => {
  test('no more is kept than there is room for, and nothing less than the bounds ask for', () => {
    fc.assert(
      fc.property(said, (sayings) => {
        const { history, messages } = kept(sayings);
        const size = history.messages.reduce((sum, { data }) => sum + data.length, 0);
        expect(history.messages.length).toBeLessThanOrEqual(12);
        expect(size).toBeLessThanOrEqual(200);
        const all = messages.reduce((sum, { data }) => sum + data.length, 0);
        if (messages.length <= 12 && all <= 200) expect(history.messages).toHaveLength(messages.length);
      }),
    );
  });

  test('the order is that of saying', () => {
    fc.assert(
      fc.property(said, (sayings) => {
        const { history, messages } = kept(sayings);
        const at = history.messages.map(({ data }) => messages.findIndex((passed) => passed.data === data));
        expect(at).toEqual([...at].sort((one, other) => one - other));
        expect(at).not.toContain(-1);
      }),
    );
  });
});

test('what falls out is the oldest that is not the beginning of a producer', () => {
  const history = createHistory({ messages: 4, bytes: 1000, beginnings: 1 });
  const [one, other] = [{}, {}];
  const text = (content: string) => ({ data: new TextEncoder().encode(content), isBinary: false });
  for (const [producer, content] of [
    [one, 'actor 1'],
    [one, 'a'],
    [other, 'actor 2'],
    [one, 'b'],
    [other, 'c'],
    [other, 'd'],
  ] as const)
    history.keep(producer, text(content));
  expect(history.messages.map(({ data }) => new TextDecoder().decode(data))).toEqual(['actor 1', 'actor 2', 'c', 'd']);
});

test('where there are beginnings only, the oldest of them', () => {
  const history = createHistory({ messages: 2, bytes: 1000, beginnings: 1 });
  const messages = [message(1), message(2), message(3)];
  for (const passed of messages) history.keep({}, passed);
  expect(history.messages.map(({ data }) => data.length)).toEqual([2, 3]);
});
