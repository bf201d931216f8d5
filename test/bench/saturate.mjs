/** Requests over raw keep-alive sockets, one under way on each; the client costs as little as it can. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';

/**
 * How many requests were answered. Every answer has to be a 200 of the same length. The client never sleeps: waking its
 * processor would be charged to the server that writes, and most to the one that lets it fall asleep.
 */
export async function saturate({ port, request, milliseconds, connections }) {
  const until = process.hrtime.bigint() + BigInt(milliseconds) * 1_000_000n;
  let isLoaded = true;
  const stayAwake = () => isLoaded && setImmediate(stayAwake);
  stayAwake();
  const counts = await Promise.all(Array.from({ length: connections }, () => converse(port, request, until)));
  isLoaded = false;
  return counts.reduce((sum, count) => sum + count, 0);
}

function converse(port, request, until) {
  return new Promise((resolve, reject) => {
    let answered = 0;
    let expected = 0;
    let received = 0;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request));
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      if (expected === 0) expected = lengthOf(chunk);
      received += chunk.length;
      if (received < expected) return;
      assert.equal(received, expected);
      received = 0;
      answered++;
      if (process.hrtime.bigint() < until) socket.write(request);
      else {
        socket.end();
        resolve(answered);
      }
    });
  });
}

/** Head and body of an answer, from its first chunk. */
function lengthOf(chunk) {
  const head = chunk.toString('latin1').split('\r\n\r\n', 1)[0];
  assert.match(head, /^HTTP\/1\.1 200 /);
  const length = /content-length: (\d+)/i.exec(head);
  assert(length, head);
  return head.length + 4 + Number(length[1]);
}
