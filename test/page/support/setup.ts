/**
 * Before the tests of the page: it is built where it is not, and one browser is started for all of them, if this machine
 * has one.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type BrowserServer, chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { root } from '../../support/packed.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser listens; null where there is none. */
    readonly browser: string | null;
  }
}

const path = process.env.CHROMIUM ?? '/usr/bin/chromium';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(`${root}dist/page/main.js`)) execFileSync(process.execPath, [`${root}src/page/build.mjs`]);
  const server = existsSync(path) ? await launch() : null;
  if (!server)
    process.stderr.write(`The page is not tried in a browser: no ${path}; set CHROMIUM to the path of one.\n`);
  project.provide('browser', server?.wsEndpoint() ?? null);
  return async () => server?.close();
}

/** With a profile of its own, which goes when it does. */
function launch(): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath: path, headless: true, args: flags, host: '127.0.0.1' });
}
