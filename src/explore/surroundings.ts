/** What neither side does: policies, orders, time. */
import type { Desk } from './desk.js';
import { moveOf } from './moves.js';
import { orderedFlag, places } from './row.js';
import { orderNames, orders } from './server-side.js';
import type { Tables } from './tables.js';

/** More deadlines than these never stand in a record at once. */
const DEADLINES = 3;

export function createSurroundings({ bounds, server }: Tables, outdate: (next: Int32Array) => void) {
  return {
    moves(desk: Desk): void {
      if (!desk.mayChange) return;
      const { row, next } = desk;
      for (let policy = 0; policy <= bounds.revisions; policy++) {
        if (policy === row[places.policy]) continue;
        desk.begin();
        next[places.policy] = policy;
        desk.change(moveOf('policy', policy));
      }
      for (const [index, name] of orderNames.entries()) {
        const record = server.order(row[places.record]!, index);
        if (record === row[places.record]) continue;
        desk.begin();
        next[places.record] = record;
        outdate(next);
        const scope = orders[name];
        if (scope !== null) next[places.flags]! |= orderedFlag(scope);
        desk.change(moveOf('order', index));
      }
      // Time passes between decisions.
      if (row[places.node1] !== 0 || row[places.node2] !== 0) return;
      for (let deadline = 0; deadline < DEADLINES; deadline++) {
        const record = server.due(row[places.record]!, deadline);
        if (record === 0) continue;
        desk.begin();
        next[places.record] = record;
        desk.change(moveOf('due', deadline));
      }
    },
  };
}
