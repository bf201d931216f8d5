/**
 * The gate: an admitted FolderSync through `toNodeListener`, keep-alive on loopback, against a bare `node:http` server
 * that answers the same bytes. Both servers run in one process of their own and are asked in turn. What is compared is
 * how many requests a second of that process's time serves: elapsed time would measure the load generator and the
 * machine's other guests as much as the servers.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { saturate } from './saturate.mjs';

const ROUNDS = 61;
const ROUND_MS = 150;
const WARM_UP_MS = 6000;
const CONNECTIONS = 16;
const LIMIT = 0.7;

export async function results() {
  const servers = fork(new URL('./gate.process.mjs', import.meta.url));
  try {
    const [{ request, ...ports }] = await once(servers, 'message');
    const ask = (side, milliseconds) =>
      saturate({ port: ports[side], request: Buffer.from(request, 'latin1'), milliseconds, connections: CONNECTIONS });
    for (const side of ['ours', 'bare']) await ask(side, WARM_UP_MS);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const rates = {};
      for (const side of round % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours']) {
        const before = await microseconds(servers);
        const served = await ask(side, ROUND_MS);
        rates[side] = (served / ((await microseconds(servers)) - before)) * 1e6;
      }
      rounds.push(rates);
    }
    const [ours, bare] = ['ours', 'bare'].map((side) => fastQuartile(rounds.map((rates) => rates[side])));
    const ratio = ours / bare;
    const name = 'gate / bare node:http, requests a second of CPU';
    return [{ name, ratio, limit: LIMIT, bound: 'at least', ok: ratio >= LIMIT, detail: `${ours} / ${bare}` }];
  } finally {
    servers.kill();
  }
}

/** What is left when other guests of the machine get in the way of at most three rounds of four: they only slow down. */
function fastQuartile(rates) {
  return Math.round(rates.sort((a, b) => b - a)[Math.floor(rates.length / 4)]);
}

/** The time the servers' process has spent so far, in the kernel too. */
async function microseconds(servers) {
  servers.send('time');
  const [time] = await once(servers, 'message');
  return time;
}
