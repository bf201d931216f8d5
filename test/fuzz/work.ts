/**
 * Counts the work of a decoder instead of timing it: the engine's block coverage says how often each block of our
 * sources and of fast-xml-parser ran. It counts only what is compiled after it is switched on, so it has a thread of its
 * own. What runs inside a regular expression or a built-in is not counted.
 */
import { Session } from 'node:inspector';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Random } from './random.js';

export interface WorkReport {
  readonly inputs: number;
  /** The longest of them, in bytes or characters. */
  readonly longest: number;
  /** The most steps that one took, as a part of those it may take. */
  readonly worst: number;
  readonly fault: string | null;
}

/** Counts for a number of pumped inputs. */
export async function countWork(target: string, seed: number, inputs: number): Promise<WorkReport> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { target, seed, inputs } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function counted(name: string, seed: number, inputs: number): Promise<WorkReport> {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const { targets } = await import('./targets.js');
  const pumped = targets[name]?.().pumped;
  if (!pumped) throw new RangeError(`no work to count: ${name}`);
  let [longest, worst] = [0, 0];
  for (let number = 0; number < inputs; number++) {
    const { length, allowed, decode, show } = pumped(new Random(seed, number));
    stepsTaken(session);
    decode();
    const steps = stepsTaken(session);
    longest = Math.max(longest, length);
    worst = Math.max(worst, steps / allowed);
    if (steps <= allowed) continue;
    const fault = `work is linear: ${steps} steps for ${length}, case ${number}: ${show().slice(0, 400)}`;
    return { inputs: number + 1, longest, worst, fault };
  }
  return { inputs, longest, worst, fault: null };
}

/** How often blocks ran since it was asked last. */
function stepsTaken(session: Session): number {
  let steps = 0;
  session.post('Profiler.takePreciseCoverage', (failed, coverage) => {
    if (failed) throw failed;
    for (const { url, functions } of coverage.result) {
      if (!COUNTED.test(url)) continue;
      for (const { ranges } of functions) for (const { count } of ranges) steps += count;
    }
  });
  return steps;
}

const COUNTED = /\/src\/(?:protocol|codec|http|policy)\/|\/fast-xml-parser\//;

if (!isMainThread && workerData?.target) {
  const { target, seed, inputs } = workerData;
  parentPort?.postMessage(await counted(target, seed, inputs));
}
