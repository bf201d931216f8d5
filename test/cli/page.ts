import { type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { type PageFiles, pageFile } from '../../src/cli/page-files.js';
import { createJournal, type Journal } from '../../src/cli/page-journal.js';
import { type PageServer, type PageServerOptions, servePage } from '../../src/cli/page-server.js';
import type { Entry, NoteEntry } from '../../src/timeline/index.js';

export const token = 'a-token-of-43-characters-as-fresh-ones-are_';

export const files: PageFiles = new Map([
  ['/', pageFile('text/html; charset=utf-8', new TextEncoder().encode('<!doctype html><title>page</title>'))],
  ['/main.js', pageFile('text/javascript; charset=utf-8', new TextEncoder().encode('void 0;'))],
]);

export interface StartedPage extends PageServer {
  readonly port: string;
  readonly journal: Journal;
}

/** A page's server on a free port for the length of a test, which watches a journal and is a hub. */
export async function startPage(
  options: Partial<PageServerOptions> & { readonly journal?: Journal } = {},
): Promise<StartedPage> {
  const { journal = createJournal(), ...more } = options;
  const shown = { mode: 'watch', title: 'a server', journal } as const;
  const server = await servePage({ port: 0, token, files, shown, isHub: true, ...more });
  onTestFinished(() => server.close());
  return { ...server, port: new URL(server.origin).port, journal };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Sends what `fetch` would not: any path as it stands, any Host, any method. */
export function ask(
  { port, host = '127.0.0.1' }: Pick<StartedPage, 'port'> & { readonly host?: string },
  path: string,
  options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, agent: false, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}

export const bearer = { Authorization: `Bearer ${token}` } as const;

/** A stream of lines of JSON, read as far as it is asked for. */
export interface LineReader {
  /** The next lines, once there are that many; fewer where the stream ends. */
  take(count: number): Promise<readonly unknown[]>;
  stop(): Promise<void>;
}

export async function readLines(url: string, headers: Readonly<Record<string, string>> = bearer): Promise<LineReader> {
  const calledOff = new AbortController();
  const response = await fetch(url, { headers, signal: calledOff.signal });
  if (response.status !== 200 || response.body === null) throw new Error(`HTTP ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const lines: string[] = [];
  return {
    async take(count) {
      while (lines.length < count) {
        const { done, value } = await reader.read();
        if (done) break;
        const parts = (rest + value).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts.filter(Boolean));
      }
      return lines.splice(0, count).map((line) => JSON.parse(line));
    },
    async stop() {
      await reader.cancel();
      calledOff.abort();
    },
  };
}

export function note(text: string, at = 0): NoteEntry {
  return { kind: 'Note', at, session: 'lab/d1', by: 'environment', text };
}

/** The next lines, which are entries. */
export async function entriesIn(lines: LineReader, count: number): Promise<readonly Entry[]> {
  return (await lines.take(count)) as readonly Entry[];
}

/** What happened, in short: `-> Provision`, `<- Provision 200`, `Delivered`, `Acknowledging OfferExpired Provisioned`. */
export function told(entries: readonly Entry[]): readonly string[] {
  return entries.map((entry) => {
    if (entry.kind === 'Fate') return entry.fate;
    if (entry.kind === 'Transition') return `${entry.before.name} ${entry.event.type} ${entry.after.name}`;
    if (entry.kind === 'Note') return entry.text;
    return entry.direction === 'request' ? `-> ${entry.command}` : `<- ${entry.command} ${entry.httpStatus}`;
  });
}

/** Where a line says that the page is, and what opens its entries. */
export function pageIn(line = ''): { readonly origin: string; readonly bearer: { readonly Authorization: string } } {
  const [, origin, found] = /^inspector: (http:\/\/127\.0\.0\.1:\d+)\/#watch=([\w-]{43})$/.exec(line) ?? [];
  if (!origin) throw new Error(`no page in: ${line}`);
  return { origin, bearer: { Authorization: `Bearer ${found}` } };
}
