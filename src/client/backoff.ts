/** How the wait between tries grows, in milliseconds. */
export interface Backoff {
  /** The longest wait before the second try; it doubles from try to try. */
  readonly base: number;
  /** The longest wait before any try. */
  readonly cap: number;
}

/**
 * The wait before another try, in milliseconds: what the server asked for, or a random part of the exponential limit
 * where that is longer (full jitter), so that devices that failed together do not return together.
 *
 * @param attempt failed tries so far, from 1.
 * @param random from 0 to 1.
 */
export function delayBefore(
  attempt: number,
  { base, cap }: Backoff,
  random: number,
  serverAsks: number | null,
): number {
  const limit = Math.min(cap, base * 2 ** Math.max(attempt - 1, 0));
  return Math.max(serverAsks ?? 0, Math.round(limit * random));
}
