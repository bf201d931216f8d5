/** Notices a case that does not end. It runs in a thread of its own, because the thread that hangs notices nothing. */
import { writeSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

export interface Watchdog {
  watch(target: string, seed: number, number: number): void;
  /** Between two targets nothing is watched. */
  rest(): void;
  end(): void;
}

/** Ends the process when one case takes longer than ten seconds, a thousand times what the slowest takes. */
export function startWatchdog(): Watchdog {
  const shared = new SharedArrayBuffer(16);
  const progress = new Float64Array(shared);
  const worker = new Worker(new URL(import.meta.url), { workerData: shared });
  worker.unref();
  let about = '';
  return {
    watch(target, seed, number) {
      if (about !== target) {
        about = target;
        worker.postMessage(`--target ${target} --seed ${seed}`);
      }
      progress[0] = number + 1;
    },
    rest() {
      progress[0] = 0;
    },
    end: () => void worker.terminate(),
  };
}

if (!isMainThread && workerData instanceof SharedArrayBuffer) {
  const progress = new Float64Array(workerData);
  const { parentPort } = await import('node:worker_threads');
  let about = '';
  parentPort?.on('message', (text: string) => {
    about = text;
  });
  let last = 0;
  setInterval(() => {
    const now = progress[0] ?? 0;
    if (now > 0 && now === last) {
      writeSync(2, `HANGS   npm run fuzz -- ${about} --case ${now - 1}\n`);
      process.kill(process.pid);
    }
    last = now;
  }, 10_000);
}
