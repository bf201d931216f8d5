/** What a program tells of, as it happens or afterwards. */
import { afterAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/timeline/entry.js';
import { hasBrowser, type Visitor, visit } from './support/browser.js';
import { agreement } from './support/entries.js';
import { type PageServer, type Route, servePage } from './support/page-server.js';
import { rowsShown, sideShown } from './support/shown.js';

describe.runIf(hasBrowser)('entries of a program', () => {
  const open: { close(): Promise<void> }[] = [];
  afterAll(async () => {
    for (const each of open) await each.close();
  });

  async function visited(route: Route): Promise<readonly [PageServer, Visitor]> {
    const server = await servePage(route);
    const visitor = await visit();
    open.push(visitor, server);
    return [server, visitor];
  }

  function told(mode: 'watch' | 'replay', entries: readonly Entry[], ends = true): Route {
    return (path, headers, answer) => {
      if (path !== '/entries') return false;
      if (headers.authorization !== 'Bearer right') {
        answer.writeHead(401).end();
        return true;
      }
      answer.writeHead(200, { 'content-type': 'application/x-ndjson' });
      for (const line of [{ mode, title: 'one.jsonl' }, ...entries]) answer.write(`${JSON.stringify(line)}\n`);
      if (ends) answer.end('no JSON\n');
      return true;
    };
  }

  test('a recording is stepped through, back and forth', async () => {
    const [server, visitor] = await visited(told('replay', agreement()));
    const page = await visitor.open(`${server.url}#watch=right`);
    const place = page.getByRole('slider', { name: 'Place' });
    await place.waitFor();
    expect(await page.locator('#title').textContent()).toBe('one.jsonl');
    expect((await sideShown(page, 'client')).name).toBe('Provisioned');
    expect(await rowsShown(page)).toHaveLength(15);
    await place.fill('9');
    expect((await sideShown(page, 'client')).name).toBe('AwaitingPolicy');
    expect((await sideShown(page, 'server')).name).toBe('AwaitingPolicy');
    await page.getByRole('button', { name: 'Forward' }).click();
    expect((await sideShown(page, 'server')).name).toBe('Acknowledging');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    expect((await sideShown(page, 'server')).name).toBe('AwaitingPolicy');
    await place.fill('0');
    expect((await sideShown(page, 'client')).name).toBe('Not seen');
    visitor.expectPeace();
  });

  test('it plays from the beginning to the end', async () => {
    const [server, visitor] = await visited(told('replay', agreement()));
    const page = await visitor.open(`${server.url}#watch=right`);
    await page.getByRole('slider', { name: 'Speed' }).fill('5');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.locator('#past').waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await page.locator('#run output').textContent()).toBe('21 of 21');
    visitor.expectPeace();
  });

  test('of a server that is watched one device is shown at a time, and the past stays while more comes', async () => {
    const [first, second] = [agreement('Phone'), agreement('Tablet').slice(0, 9)];
    const early = agreement('nobody').slice(0, 2);
    let tell = (_entry: Entry) => {};
    const [server, visitor] = await visited((path, headers, answer) => {
      tell = (entry) => answer.write(`${JSON.stringify(entry)}\n`);
      return told('watch', [...early, ...first, ...second], false)(path, headers, answer);
    });
    const page = await visitor.open(`${server.url}#watch=right`);
    const session = page.getByLabel('Session');
    await session.waitFor();
    expect(await session.inputValue()).toBe('Phone');
    await session.selectOption('Tablet');
    expect((await sideShown(page, 'server')).name).toBe('AwaitingPolicy');
    await page.locator('.transition.client', { hasText: 'PolicyRequested' }).locator('summary').click();
    for (const entry of agreement('Tablet').slice(9)) tell(entry);
    await page.locator('#entries', { hasText: 'permanent key 101' }).waitFor();
    expect((await sideShown(page, 'server')).name).toBe('Not seen');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Back to now' }).isVisible()).toBe(false);
    expect((await sideShown(page, 'server')).name).toBe('Provisioned');
    visitor.expectPeace();
  });

  test('what is hostile in it is shown as text', async () => {
    const summary = '<img src=x onerror=alert(1)>';
    const entries = agreement().map((entry) => (entry.kind === 'Message' ? { ...entry, summary } : entry));
    const [server, visitor] = await visited(told('replay', entries));
    const page = await visitor.open(`${server.url}#watch=right`);
    await page.locator('#entries', { hasText: summary }).waitFor();
    expect(await page.locator('#entries img').count()).toBe(0);
    visitor.expectPeace();
  });

  test('a wrong token is said to be refused', async () => {
    const [server, visitor] = await visited(told('watch', []));
    const page = await visitor.open(`${server.url}#watch=wrong`);
    await page.getByRole('status').filter({ hasText: '401' }).waitFor();
  });
});
