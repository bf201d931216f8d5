import type { Clock } from '../../../src/client/ports.js';

export interface VirtualClock extends Clock {
  /** How long each sleep was asked to take that came to its end. */
  readonly slept: readonly number[];
}

/** Time that passes only when nothing else can happen: the earliest sleeper wakes when the process is idle. */
export function virtualClock(start = 0): VirtualClock {
  let now = start;
  let isPumping = false;
  const slept: number[] = [];
  const sleepers = new Set<{ due: number; milliseconds: number; wake: () => void }>();

  function pump() {
    if (isPumping) return;
    isPumping = true;
    // Two turns: what is under way in promises settles in the first.
    setImmediate(() => setImmediate(wakeEarliest));
  }

  function wakeEarliest() {
    isPumping = false;
    const [earliest] = [...sleepers].sort((a, b) => a.due - b.due);
    if (!earliest) return;
    now = Math.max(now, earliest.due);
    slept.push(earliest.milliseconds);
    sleepers.delete(earliest);
    earliest.wake();
    if (sleepers.size > 0) pump();
  }

  return {
    slept,
    now: () => now,
    sleep(milliseconds, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { due: now + milliseconds, milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          resolve();
        });
        pump();
      });
    },
  };
}
