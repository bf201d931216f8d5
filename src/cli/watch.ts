import { everything, withoutSecrets } from '../timeline/index.js';
import { createRedactor } from '../timeline/redact.js';
import { watchUrl } from './inspect.js';
import { readPageFiles } from './page-files.js';
import { createJournal } from './page-journal.js';
import { type PageServer, servePage } from './page-server.js';
import { freshToken } from './page-token.js';
import type { Terminal } from './terminal.js';
import { unavailable } from './unavailable.js';
import { createTeller, type Privacy, type Teller } from './watch-teller.js';

/** A page that shows what is told while it happens. */
export interface Watch {
  readonly teller: Teller;
  /** Serves it on a port of the loopback, 0 for any that is free; null where it can not be had, which is told. */
  serve(port: number): Promise<WatchServer | null>;
}

export interface WatchServer extends Pick<PageServer, 'close'> {
  /** Says where the page is, with the token that it needs. */
  readonly line: string;
  /** Settles when the process is asked to stop, for what would end before anybody has read it. */
  linger(): Promise<void>;
}

/**
 * Without policy keys, policies and contents of bodies, unless they are to be revealed; never with credentials.
 *
 * @throws UsageError where the page is not built.
 */
export function createWatch(title: string, isRevealed: boolean, terminal: Terminal): Watch {
  const journal = createJournal();
  const files = readPageFiles();
  return {
    teller: createTeller(journal, isRevealed ? revealing : redacting()),
    async serve(port) {
      const token = freshToken();
      const shown = { mode: 'watch', title, journal } as const;
      const server = await servePage({ port, token, files, shown, isHub: false }).catch(
        unavailable('127.0.0.1', port, terminal),
      );
      if (server === null) return null;
      return {
        line: `inspector: ${watchUrl(server, token)}\n`,
        linger() {
          // Before the line: whoever reads it may ask to stop at once.
          const stopped = terminal.stopped();
          terminal.err('The inspector goes on until it is stopped (Ctrl-C).\n');
          return stopped;
        },
        close: server.close,
      };
    },
  };
}

const revealing: Privacy = { messages: everything, transition: (transition) => transition };

/** The same key is the same alias in messages and in facts. */
function redacting(): Privacy {
  const { policyKey, transition } = createRedactor();
  return { messages: withoutSecrets(policyKey), transition };
}
