/**
 * What may be promised and may be there at once. A promise costs more than all that a settled device's command needs, so
 * nothing is waited for that is there.
 */
import type { Awaitable } from './ports.js';

/** Goes on with a value: at once where it is there, later where it is promised. */
export function andThen<T, U>(given: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return isPromise(given) ? given.then(next) : next(given);
}

/** What a host's function gave, or `failed` where it threw or rejected: its errors are ours to answer, not to pass on. */
export function attempt<T>(call: () => Awaitable<T>): Awaitable<T | typeof failed> {
  try {
    const given = call();
    return isPromise(given) ? given.then(undefined, () => failed) : given;
  } catch {
    return failed;
  }
}

export const failed = Symbol('failed');

function isPromise<T>(given: Awaitable<T>): given is Promise<T> {
  return typeof given === 'object' && given !== null && typeof (given as { then?: unknown }).then === 'function';
}
