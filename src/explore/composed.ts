/** Client, server, link and surroundings together: every move from every state. */
import type { Bounds } from './bounds.js';
import { createDesk, type Visit } from './desk.js';
import { createDevice } from './device.js';
import { brokenBits } from './invariants.js';
import { createLink } from './link.js';
import { remembered } from './memo.js';
import { createNodes } from './nodes.js';
import type { Parts } from './parts.js';
import { createOrdering, flagsOf, places, scopesIn, wipedIn } from './row.js';
import { createSurroundings } from './surroundings.js';
import { createTables } from './tables.js';
import { createValues } from './values.js';

export type Composed = Awaited<ReturnType<typeof createComposed>>;

export async function createComposed(parts: Parts, bounds: Bounds) {
  const tables = await createTables(parts, bounds);
  const { client, server, requests, answers } = tables;
  const { memories, exchanges, commands } = client;
  const { records } = server;
  const link = createLink(tables);
  const nodes = createNodes(tables, link);
  const device = createDevice(tables, link);
  const surroundings = createSurroundings(tables, nodes.outdate);
  const ordering = createOrdering({ records, requests, answers, memories, exchanges, commands }, bounds);
  const { width, answersFrom } = link;

  const brokenCalls = remembered((exchange, awaited, waiting) =>
    brokenBits('calls', { isUnderWay: exchange !== 0, isAwaiting: device.isAwaiting(exchange), awaited, waiting }),
  );
  const moments = createValues<readonly [record: number, memory: number]>('moment');
  const momentOf = remembered((record, memory) => moments.of([record, memory]));
  const brokenSides = remembered((moment, durable, wiped) => {
    const [record, memory] = moments.at(moment);
    return brokenBits('sides', {
      record: records.at(record),
      memory: memories.at(memory),
      durable: memories.at(durable),
      wiped: scopesIn(wiped),
    });
  });
  const brokenKey = remembered((answer, moment) => {
    const found = answers.at(answer);
    if (found.to !== 'exchange' || found.kind !== 'Provision') return 0;
    if (found.response.kind !== 'PermanentKeyResponse') return 0;
    const [record, memory] = moments.at(moment);
    const { policyKey } = found.response;
    return brokenBits('key', { policyKey, record: records.at(record), memory: memories.at(memory) });
  });

  /** The promises that a state breaks, whatever led to it. */
  function brokenIn(row: Int32Array): number {
    const record = row[places.record]!;
    const memory = row[places.memory]!;
    const moment = momentOf(record, memory);
    let broken = server.broken(record) | client.broken(memory, 0);
    broken |= brokenSides(moment, row[places.durable]!, wipedIn(row[places.flags]!));
    for (let at = answersFrom; at < width; at++) {
      if (row[at] !== 0) broken |= brokenKey(row[at]!, moment);
    }
    return broken | brokenCalls(row[places.exchange]!, link.awaitedIn(row), device.waitingIn(row));
  }

  let isRaw = false;
  const desk = createDesk(width, (next) => {
    if (!isRaw) ordering.canonical(next);
    return brokenIn(next);
  });

  const agreed = remembered((record, memory, policy) => {
    const { state, wiped } = records.at(record);
    const { state: own } = memories.at(memory);
    const key = own.context.policyKey;
    if (wiped !== null) return own.name === 'Unprovisioned';
    if (parts.needsProvisioning(own) || !server.admits(record, key, policy)) return false;
    return (
      policy === 0 || (state.name === 'Provisioned' && own.name === 'Provisioned' && state.context.policyKey === key)
    );
  });
  const isAgreed = (row: Int32Array) => agreed(row[places.record]!, row[places.memory]!, row[places.policy]!);

  /** Nothing is under way: on the device, on the link, on the server. */
  function isQuiet(row: Int32Array): boolean {
    if (row[places.exchange] !== 0 || row[places.command1] !== 0 || row[places.command2] !== 0) return false;
    for (let at = places.node1; at < width; at++) if (row[at] !== 0) return false;
    return true;
  }

  const start = new Int32Array(width);
  start[places.record] = server.unknown;
  start[places.policy] = 1;
  start[places.flags] = flagsOf({
    faults: bounds.faults,
    changes: bounds.changes,
    isUnfinished: 1,
    ordered: 0,
    wiped: 0,
  });
  start[places.memory] = client.first;
  start[places.durable] = client.first;

  return {
    ...tables,
    width,
    start,
    ordering,
    isQuiet,
    /** Both sides hold the same: a key, that there is no policy, or that the device is wiped. */
    isAgreed,
    /** All moves from a state. `keepsNames` leaves the keys their names: a new one is `FRESH_KEY`. */
    expand(row: Int32Array, visit: Visit, keepsNames = false): void {
      isRaw = keepsNames;
      desk.turnTo(row, visit);
      device.moves(desk, isQuiet(row) && !isAgreed(row));
      nodes.moves(desk);
      link.moves(desk);
      surroundings.moves(desk);
    },
  };
}
