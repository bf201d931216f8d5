/** Time, which passes only when it is told to. */

/** A wait of somebody. */
export interface Timer {
  /** When it ends, in milliseconds since the beginning. */
  readonly due: number;
  /** How long it is, in milliseconds. */
  readonly length: number;
  readonly owner: object;
}

export interface Timers {
  readonly now: number;
  /** Those that wait, the earliest first; of two at once, the one that began first. */
  readonly waiting: readonly Timer[];
  /** Settles when the timer fires, or at once when the signal is aborted; never when its owner is gone. */
  sleep(milliseconds: number, signal: AbortSignal | undefined, owner: object): Promise<void>;
  /** Jumps to the end of a wait. */
  fire(timer: Timer): void;
  advance(milliseconds: number): void;
  /** Forgets what an owner waits for. */
  forget(owner: object): void;
}

export function createTimers(): Timers {
  let now = 0;
  let running: readonly (Timer & { readonly end: () => void })[] = [];

  function end(timer: Timer) {
    const ended = running.find((each) => each === timer);
    running = running.filter((each) => each !== timer);
    ended?.end();
  }

  return {
    get now() {
      return now;
    },
    get waiting() {
      return [...running].sort((one, other) => one.due - other.due);
    },
    sleep(length, signal, owner) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = { due: now + length, length, owner, end: resolve };
        running = [...running, timer];
        signal?.addEventListener('abort', () => end(timer), { once: true });
      });
    },
    fire(timer) {
      now = Math.max(now, timer.due);
      end(timer);
    },
    advance(milliseconds) {
      now += milliseconds;
    },
    forget(owner) {
      running = running.filter((timer) => timer.owner !== owner);
    },
  };
}
