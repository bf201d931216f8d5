import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/**
 * Runs a command to its end, or ends it after `limit` milliseconds; whatever it started ends with it. Resolves to
 * `{ code, stdout, stderr }`, the code null for one that was ended.
 */
export async function run(command, parameters, { limit, env = {}, cwd } = {}) {
  const child = launch(command, parameters, env, cwd);
  const timer = setTimeout(child.end, limit);
  const code = await child.closed;
  clearTimeout(timer);
  return { code, stdout: child.text.stdout, stderr: child.text.stderr };
}

/**
 * Starts a command that stays, and waits until it prints what `ready` matches. Resolves to `{ said, output, stop }`: the
 * match, what it printed so far, and how to end it, which resolves to its exit code. Rejects when it ends before, or
 * after `limit` milliseconds.
 */
export async function start(command, parameters, { ready, limit, env = {} }) {
  const child = launch(command, parameters, env);
  const stop = () => {
    child.end();
    return child.closed;
  };
  const output = () => child.text.stdout + child.text.stderr;
  const said = await new Promise((resolve) => {
    const timer = setTimeout(resolve, limit, null);
    const settle = (match) => {
      clearTimeout(timer);
      resolve(match);
    };
    child.onOutput(() => {
      const match = output().match(ready);
      if (match !== null) settle(match);
    });
    child.closed.then(() => settle(null));
  });
  if (said !== null) return { said, output, stop };
  await stop();
  throw new Error(`${command} did not start: ${output().slice(-2000)}`);
}

/** Ends everything that still runs; nothing can be started from then on. */
export async function stopAll() {
  isOver = true;
  await Promise.all([...running].map((child) => [child.end(), child.closed][1]));
}

/** A port of the loopback interface that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

let isOver = false;
const running = new Set();
const grace = 20_000;

/** Each in a process group of its own, so that what it starts can be ended with it. */
function launch(command, parameters, env, cwd) {
  if (isOver) throw new Error('interrupted');
  const process_ = spawn(command, parameters, {
    cwd,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  const listeners = [];
  for (const name of ['stdout', 'stderr']) {
    process_[name].setEncoding('utf8').on('data', (chunk) => {
      text[name] += chunk;
      for (const listener of listeners) listener();
    });
  }
  let killer;
  const child = {
    text,
    onOutput: (listener) => listeners.push(listener),
    closed: new Promise((resolve) => {
      const settle = (code) => {
        clearTimeout(killer);
        running.delete(child);
        resolve(code);
      };
      process_.once('error', (error) => {
        text.stderr += error.message;
        settle(null);
      });
      process_.once('exit', () => signal(process_.pid, 'SIGKILL'));
      process_.once('close', settle);
    }),
    end() {
      signal(process_.pid, 'SIGTERM');
      killer ??= setTimeout(signal, grace, process_.pid, 'SIGKILL');
    },
  };
  running.add(child);
  return child;
}

function signal(pid, name) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone already.
  }
}
