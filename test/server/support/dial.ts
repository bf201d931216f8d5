/** A raw connection on loopback: what is written is what is sent, and what comes back is text. */
import { connect, type Socket } from 'node:net';

export interface Dialled {
  readonly socket: Socket;
  write(text: string): void;
  /** All that came so far, once it matches; fails when the connection ends without a match. */
  until(pattern: RegExp): Promise<string>;
  /** All that came, once the connection is over. */
  readonly closed: Promise<string>;
}

export function dial(port: number): Dialled {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  let received = '';
  let isOver = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  socket.on('data', (text: string) => {
    received += text;
    tell();
  });
  // A server may end a connection whose body it does not want while that is still being sent.
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => {
    socket.on('close', () => {
      isOver = true;
      tell();
      resolve(received);
    });
  });
  return {
    socket,
    closed,
    write: (text) => void socket.write(text, 'latin1'),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(received)) resolve(received);
          else if (isOver) reject(new Error(`the connection ended after ${JSON.stringify(received)}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
  };
}
