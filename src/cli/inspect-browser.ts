import { spawn } from 'node:child_process';
import type { Terminal } from './terminal.js';

/** Opens a URL in the browser that the platform prefers; that it could not is told, and no failure. */
export function openBrowser(url: string, terminal: Pick<Terminal, 'env' | 'err'>): void {
  const [command, ...before] = openers[process.platform] ?? defaultOpener;
  const complain = (why: string) => terminal.err(`can not open a browser with ${command}: ${why}\n`);
  const opener = spawn(command, [...before, url], { env: terminal.env, stdio: 'ignore', detached: true });
  opener.on('error', (error: NodeJS.ErrnoException) => complain(error.code === 'ENOENT' ? 'not found' : error.message));
  opener.on('exit', (code) => {
    if (code !== null && code !== 0) complain(`it ended with ${code}`);
  });
  opener.unref();
}

type Opener = readonly [command: string, ...before: readonly string[]];

const defaultOpener: Opener = ['xdg-open'];

/** `start` takes its first argument in quotes for a title. */
const openers: { readonly [platform: string]: Opener | undefined } = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
};
