/** `npm run fuzz`: parses the arguments, runs one target after the other, prints what was found. */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Failure, Fuzzer } from './cases.js';
import { targets } from './targets.js';
import { startWatchdog } from './watchdog.js';
import { countWork, type WorkReport } from './work.js';

interface Report {
  readonly target: string;
  readonly seed: number;
  readonly cases: number;
  readonly seconds: number;
  readonly casesPerSecond: number;
  /** What the heap grew by and kept, in MiB. */
  readonly heapGrowth: number;
  readonly work: WorkReport | null;
  readonly failure: Failure | null;
}

const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    case: { type: 'string' },
    cases: { type: 'string' },
    /** How many inputs to count the work of. */
    inputs: { type: 'string', default: '300' },
    json: { type: 'boolean', default: false },
  },
});
const names = values.target ? values.target.split(',') : Object.keys(targets);
const watchdog = startWatchdog();
const reports: Report[] = [];
for (const name of names) {
  const make = targets[name];
  if (!make) throw new RangeError(`no such target: ${name}; there are ${Object.keys(targets).join(', ')}`);
  const report = await run(make());
  reports.push(report);
  if (!values.json) console.log(lines(report).join('\n'));
}
watchdog.end();
if (values.json) console.log(JSON.stringify({ results: reports }));
process.exitCode = reports.some(({ failure, work }) => failure || work?.fault) ? 1 : 0;

async function run(target: Fuzzer): Promise<Report> {
  const seed = Number(values.seed);
  const heapBefore = heapInUse();
  const began = performance.now();
  const end = began + Number(values.seconds) * 1000;
  const single = values.case === undefined ? null : { from: Number(values.case), cases: 1 };
  const limit = values.cases === undefined ? {} : { cases: Number(values.cases) };
  const { cases, failure } = await target.run(seed, {
    ...(single ?? limit),
    isOver: () => values.cases === undefined && single === null && performance.now() >= end,
    began: (number) => watchdog.watch(target.name, seed, number),
  });
  const seconds = (performance.now() - began) / 1000;
  watchdog.rest();
  const work =
    target.pumped && failure === null && single === null
      ? await countWork(target.name, seed, Number(values.inputs))
      : null;
  return {
    target: target.name,
    seed,
    cases,
    seconds: Number(seconds.toFixed(1)),
    casesPerSecond: Math.round(cases / seconds),
    heapGrowth: Number(((heapInUse() - heapBefore) / 2 ** 20).toFixed(1)),
    work,
    failure,
  };
}

function lines({ target, seed, cases, seconds, casesPerSecond, heapGrowth, work, failure }: Report): string[] {
  const verdict = failure || work?.fault ? 'BROKEN' : 'ok';
  const ran = `${cases} cases in ${seconds} s (${casesPerSecond} a second), heap grew by ${heapGrowth} MiB`;
  const counted = work
    ? `; work: ${work.inputs} inputs up to ${work.longest} long, at most ${Math.round(work.worst * 100)} % of the steps allowed`
    : '';
  return [
    `${verdict.padEnd(8)}${target.padEnd(8)}seed ${seed}: ${ran}${counted}`,
    ...(work?.fault ? [`  ${work.fault}`] : []),
    ...(failure
      ? [
          `  ${failure.fault}`,
          `  input      ${failure.input}`,
          `  minimized  ${failure.minimized}`,
          `  ${failure.replay}`,
        ]
      : []),
  ];
}

/** Bytes that are still reachable. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
