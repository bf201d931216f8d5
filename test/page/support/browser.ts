/** A real browser, if this machine has one, that can reach nothing but this machine. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';

const endpoint = inject('browser');

/** Whether there is a browser; without one the tests of the page say so and are left out. */
export const hasBrowser = endpoint !== null;

export interface Visitor {
  readonly context: BrowserContext;
  open(url: string): Promise<Page>;
  /** Fails if anything was asked of another machine, thrown, or written as an error. */
  expectPeace(): void;
  close(): Promise<void>;
}

/** One for all tests of a process: it ends with the browser. */
let connection: Promise<Browser> | null = null;

/** Somebody who was never here before. */
export async function visit(options: BrowserContextOptions = {}): Promise<Visitor> {
  connection ??= chromium.connect(endpoint ?? '');
  const browser = await connection;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(8000);
  const wrong: string[] = [];
  await context.route(
    ({ protocol, hostname }) => protocol !== 'data:' && hostname !== '127.0.0.1',
    async (route) => {
      wrong.push(`asked for ${route.request().url()}`);
      await route.abort();
    },
  );
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text());
  });
  context.on('weberror', (error) => wrong.push(String(error.error())));
  return {
    context,
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    expectPeace: () => expect(wrong).toEqual([]),
    close: () => context.close(),
  };
}
