/**
 * `npm run mutants`: every mutant of the machine, and who kills it. `--json` prints one object; `--explore` puts
 * exploration to all of them and not only to those that rows and laws let pass. Exit code 1 if one survives that
 * `equivalent.ts` does not explain, or if an entry there explains nothing.
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { shipped } from '../support/engine.js';
import { equivalent } from './equivalent.js';
import { judge, type Verdict } from './judge.js';
import { machineMutants } from './machine-mutants.js';
import { isClean, printed, reportOf } from './report.js';

if (isMainThread) await main();
else parentPort?.postMessage(await shareOf(workerData as Share));

/** Every so many-th mutant, so that no share has all the slow ones. */
interface Share {
  readonly first: number;
  readonly of: number;
  readonly exploresAll: boolean;
}

async function main(): Promise<void> {
  const began = performance.now();
  const exploresAll = process.argv.includes('--explore');
  const of = Math.min(4, availableParallelism());
  const shares = await Promise.all(Array.from({ length: of }, (_, first) => elsewhere({ first, of, exploresAll })));
  const report = reportOf(shares.flat(), equivalent, (performance.now() - began) / 1000);
  console.log(process.argv.includes('--json') ? JSON.stringify(report) : printed(report));
  process.exitCode = isClean(report) ? 0 : 1;
}

async function shareOf({ first, of, exploresAll }: Share): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const [index, mutant] of machineMutants(shipped.parts).entries()) {
    if (index % of === first) verdicts.push(await judge(mutant, exploresAll));
  }
  return verdicts;
}

function elsewhere(share: Share): Promise<readonly Verdict[]> {
  return new Promise((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData: share }).once('message', resolve).once('error', reject);
  });
}
