/** The other end of `crowd.ts`, in a thread of its own. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** As many as wait in the queue of a listening socket without one being turned away. */
const AT_ONCE = 100;
const { port, count, greetings } = workerData;

for (let first = 0; first < count; first += AT_ONCE) {
  const sockets = Array.from({ length: Math.min(AT_ONCE, count - first) }, () => connect(port, '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const [at, socket] of sockets.entries()) socket.write(greetings[(first + at) % greetings.length], 'latin1');
}
parentPort?.postMessage('arrived');
