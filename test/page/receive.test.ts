/** The page as a receiver of Stately's protocol, spoken to by their own package. */
import { createWebSocketInspector } from '@statelyai/inspect';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createActor } from 'xstate';
import { defaultLimits, provisioningMachine } from '../../machines/index.js';
import { root } from '../support/packed.js';
import { hasBrowser, type Visitor, visit } from './support/browser.js';
import { type PageServer, servePage } from './support/page-server.js';
import { rowsShown, sideShown } from './support/shown.js';

describe.runIf(hasBrowser)('the receiver', () => {
  let server: PageServer;
  let visitor: Visitor;
  let script: string;
  const pages = new Set<WebSocket>();
  const said: string[] = [];
  beforeAll(async () => {
    script = await parentScript();
    server = await servePage((path, _headers, answer) => {
      if (path === '/parent') answer.setHeader('content-type', 'text/html').end(PARENT);
      else if (path === '/parent.js') answer.setHeader('content-type', 'text/javascript').end(script);
      else return false;
      return true;
    });
    const hub = new WebSocketServer({ server: server.server });
    hub.on('connection', (socket, request) => {
      if (request.url === '/stately/receive?token=right') {
        pages.add(socket);
        for (const message of said) socket.send(message);
      } else {
        socket.on('message', (data) => {
          said.push(String(data));
          for (const page of pages) page.send(String(data));
        });
      }
    });
    visitor = await visit();
  });
  afterAll(async () => {
    visitor.expectPeace();
    await visitor.close();
    await server.close();
  });

  test('in a frame, it shows a machine that its parent runs, and names other actors', async () => {
    const page = await visitor.open(`${server.url}parent`);
    const frame = page.frameLocator('iframe');
    await frame.locator('#client-state', { hasText: 'AwaitingPolicy' }).waitFor();
    expect(await frame.locator('#client-chart .live .name').allTextContents()).toEqual(['AwaitingPolicy']);
    expect(await frame.locator('#client-chart .lit .said').textContent()).toBe('PolicyRequested');
    await frame.locator('#others', { hasText: 'traffic' }).waitFor();
    expect(await frame.locator('#server-state').textContent()).toBe('Not seen');
    // What the protocol does not say, the machine does.
    expect(await frame.locator('#client .effects').textContent()).toContain('InitialRequest');
  });

  test('by WebSocket, it shows both sides of machines that run elsewhere', async () => {
    const inspector = createWebSocketInspector({ url: server.url.replace('http', 'ws') });
    const actors = (['client', 'server'] as const).map((role) =>
      createActor(provisioningMachine, {
        input: { role, limits: defaultLimits[role] },
        inspect: inspector.inspect,
      }).start(),
    );
    const page = await visitor.open(`${server.url}#receive=right`);
    for (const actor of actors) actor.send({ type: 'PolicyRequested' });
    for (const actor of actors) actor.send({ type: 'PolicyNotDefined' });
    for (const role of ['client', 'server'] as const) {
      await page.locator(`#${role}-state`, { hasText: 'Provisioned' }).waitFor();
      expect((await sideShown(page, role)).memory['Policy key']).toBe('0 (none)');
    }
    expect(await rowsShown(page)).toHaveLength(6);
    expect(await page.locator('#session-choice').isVisible()).toBe(false);
    inspector.stop();
  });
});

const PARENT = '<!doctype html><title>Parent</title><iframe></iframe><script type="module" src="parent.js"></script>';

/** A page of somebody who uses the machine and Stately's package, and has our page in a frame. */
async function parentScript(): Promise<string> {
  const contents = `
    import { createBrowserInspector } from '@statelyai/inspect';
    import { createActor, createMachine } from 'xstate';
    import { defaultLimits, provisioningMachine } from './machines/index.ts';
    const iframe = document.querySelector('iframe');
    const { inspect } = createBrowserInspector({ iframe, url: '/#receive' });
    createActor(createMachine({ id: 'traffic', initial: 'red', states: { red: {} } }), { inspect }).start();
    const input = { role: 'client', limits: defaultLimits.client };
    const actor = createActor(provisioningMachine, { input, inspect }).start();
    actor.send({ type: 'PolicyRequested' });
  `;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'js' },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
