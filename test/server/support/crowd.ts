import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Connections that stay open: each says its greeting, in turn, and then no more. */
export interface Crowd {
  /** Those that came: fewer than asked for where the process may not open so many files. */
  readonly size: number;
  /** All of them at once, without a word. */
  leave(): Promise<void>;
}

/** From another thread, so that what they take of memory themselves is not measured here. */
export async function crowd(port: number, count: number, greetings: readonly string[]): Promise<Crowd> {
  const limit = openFiles();
  const size = Math.min(count, Math.max(FEWEST, Math.floor((limit - RESERVE) / 2)));
  if (size < count) console.warn(`${size} connections instead of ${count}: ulimit -n is ${limit}`);
  const worker = new Worker(new URL('./crowd.mjs', import.meta.url), { workerData: { port, count: size, greetings } });
  await once(worker, 'message');
  return { size, leave: async () => void (await worker.terminate()) };
}

/** Files that others in the process may have open. */
const RESERVE = 500;
const FEWEST = 100;

/** How many files the process may have open; each connection is two, one at either end. */
function openFiles(): number {
  const { stdout } = spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' });
  return Number.parseInt(stdout ?? '', 10) || Number.POSITIVE_INFINITY;
}
