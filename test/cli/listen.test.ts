import { once } from 'node:events';
import { get, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '../../src/cli/listen.js';

const local = { host: '127.0.0.1', port: 0 };

test('the URL is that of the port it really has', async () => {
  const { url, close } = await listen((_request, response) => void response.end('here'), local);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/Microsoft-Server-ActiveSync$/);
  expect(await (await fetch(url)).text()).toBe('here');
  await close(0);
});

test('closing answers what is under way, and takes nothing more', async () => {
  const arrived: ((response: ServerResponse) => void)[] = [];
  const first = new Promise<ServerResponse>((resolve) => arrived.push(resolve));
  const { url, close } = await listen((_request, response) => arrived[0]?.(response), local);
  const answer = new Promise<number | undefined>((resolve) => get(url, (response) => resolve(response.statusCode)));
  const response = await first;
  const closed = close(60_000);
  await expect(fetch(url)).rejects.toThrow();
  response.writeHead(204).end();
  expect(await answer).toBe(204);
  await closed;
});

test('a connection that never asks is given up after the grace', async () => {
  const { url, close } = await listen(() => {}, local);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  const ended = once(socket, 'close');
  socket.on('error', () => {});
  await close(20);
  await ended;
});

test('a port that is taken is the system’s error', async () => {
  const { url, close } = await listen(() => {}, local);
  await expect(listen(() => {}, { ...local, port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await close(0);
});
