import type { Entry } from '../timeline/entry.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { openBrowser } from './inspect-browser.js';
import { readPageFiles } from './page-files.js';
import { hubPaths } from './page-hub.js';
import { createJournal } from './page-journal.js';
import { type PageServer, type PageServerOptions, servePage } from './page-server.js';
import { freshToken } from './page-token.js';
import type { Terminal } from './terminal.js';
import { unavailable } from './unavailable.js';

export interface InspectOptions {
  /** 0 is any that is free. */
  readonly port: number;
  readonly open?: true;
}

/** The live page, with a hub for programs that speak Stately's protocol: its URL on the first line, until it is stopped. */
export async function inspect({ port, open }: InspectOptions, terminal: Terminal): Promise<ExitCode> {
  const token = freshToken();
  const server = await served({ port, token, isHub: true, shown: null }, terminal);
  if (server === null) return exitCodes.Unreachable;
  const { origin } = server;
  const stopped = terminal.stopped();
  terminal.out(
    `${origin}/\nStately's protocol, to look at: ${origin}/#receive=${token}\n` +
      `Stately's protocol, to send to: ${origin.replace('http:', 'ws:')}${hubPaths.producer}?token=${token}\n`,
  );
  if (open) openBrowser(`${origin}/`, terminal);
  await stopped;
  await server.close();
  return exitCodes.Done;
}

/** What happened, in the page, to be stepped through back and forth, until the process is asked to stop. */
export async function showEntries(entries: Iterable<Entry>, title: string, terminal: Terminal): Promise<ExitCode> {
  const token = freshToken();
  const all = [...entries];
  const journal = createJournal({ entries: all.length, characters: Number.POSITIVE_INFINITY });
  journal.append(...all);
  journal.end();
  const server = await served({ port: 0, token, isHub: false, shown: { mode: 'replay', title, journal } }, terminal);
  if (server === null) return exitCodes.Unreachable;
  const stopped = terminal.stopped();
  terminal.out(`inspector: ${watchUrl(server, token)}\n`);
  await stopped;
  await server.close();
  return exitCodes.Done;
}

/** Where a page shows what is watched or replayed. */
export function watchUrl({ origin }: PageServer, token: string): string {
  return `${origin}/#watch=${token}`;
}

/** The page as it is built; null where the port can not be had, which is told. */
function served(options: Omit<PageServerOptions, 'files'>, terminal: Terminal): Promise<PageServer | null> {
  return servePage({ ...options, files: readPageFiles() }).catch(unavailable('127.0.0.1', options.port, terminal));
}
