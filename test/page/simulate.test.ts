/** The simulation, in a real browser and by clicking. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, type Visitor, visit } from './support/browser.js';
import { type PageServer, servePage } from './support/page-server.js';
import { make, memoryShown, move, rowsShown, settle, sideShown } from './support/shown.js';

describe.runIf(hasBrowser)('the simulation', () => {
  let server: PageServer;
  let visitor: Visitor;
  beforeAll(async () => {
    server = await servePage();
    visitor = await visit();
  });
  afterAll(async () => {
    visitor.expectPeace();
    await visitor.close();
    await server.close();
  });

  async function provisioned(hash = '#s=14.1.c.s20'): Promise<Page> {
    const page = await visitor.open(`${server.url}${hash}`);
    await page.locator('#client-state', { hasText: /^Provisioned$/ }).waitFor();
    return page;
  }

  test('a full exchange by clicking ends with both sides provisioned under the same key', async () => {
    const page = await visitor.open(server.url);
    await make(page, 'command');
    await settle(page);
    const [client, peer] = await Promise.all([sideShown(page, 'client'), sideShown(page, 'server')]);
    expect(client).toMatchObject({ name: 'Provisioned', lit: ['Provisioned'] });
    expect(peer).toMatchObject({ name: 'Provisioned', lit: ['Provisioned'] });
    expect(client.memory['Policy key']).toMatch(/^\d+ \(permanent\)$/);
    expect(client.memory['Policy key']).toBe(peer.memory['Policy key']);
    const rows = await rowsShown(page);
    expect(rows.filter((row) => row.startsWith('Device to server: Provision'))).toHaveLength(2);
    expect(rows.filter((row) => row.includes('DeviceNotProvisioned'))).toHaveLength(1);
  });

  test('the eight steps play by themselves, and the exchange has the focus', async () => {
    const page = await visitor.open(server.url);
    await page.getByRole('slider', { name: 'Speed' }).fill('5');
    await page.getByRole('button', { name: 'Play the eight steps' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('exchange');
    await page.locator('#server-state', { hasText: /^Provisioned$/ }).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    expect(await page.locator('#next').textContent()).toBe('Nothing waits.');
    expect(await page.locator('#empty').isVisible()).toBe(false);
    expect(await page.locator('#legend dl').isVisible()).toBe(false);
    expect(await page.locator('#status').textContent()).toContain('FolderSync is answered');
  });

  test('what runs is shown and not spoken, until it comes to rest', async () => {
    const page = await visitor.context.newPage();
    await page.clock.install();
    await page.goto(server.url);
    await page.evaluate(`globalThis.spoken = [];
      new MutationObserver(() => {
        const status = document.querySelector('#status');
        if (status.ariaLive !== 'off') spoken.push(status.textContent);
      }).observe(document.querySelector('#status'), { childList: true });`);
    const spoken = async () => (await page.evaluate('spoken')) as readonly string[];
    await page.getByRole('button', { name: 'Play the eight steps' }).click();
    await page.clock.runFor(20_000);
    const [last, ...early] = [...(await spoken())].reverse();
    expect(last).toContain('FolderSync is answered');
    expect(early.length).toBeLessThanOrEqual(1);
  });

  test('nothing runs where nothing waits, and it is said what does', async () => {
    const page = await visitor.open(server.url);
    const run = page.getByRole('button', { name: 'Run', exact: true });
    expect(await run.getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('r');
    await page.getByRole('status').filter({ hasText: 'Nothing waits' }).waitFor();
    await make(page, 'command');
    expect(await run.getAttribute('aria-disabled')).toBe('false');
  });

  test('a first visit is told what the signs mean, and nobody is told twice', async () => {
    const page = await visitor.open(server.url);
    expect(await page.locator('#legend dd').count()).toBeGreaterThan(8);
    expect(await page.locator('#legend dl').isVisible()).toBe(true);
    await make(page, 'command');
    await page.locator('#legend dl').waitFor({ state: 'hidden' });
    await page.getByText('How to read it').click();
    await make(page, 'step');
    expect(await page.locator('#legend dl').isVisible()).toBe(true);
  });

  test('facts that changed nothing are folded away until they are asked for', async () => {
    const page = await provisioned();
    const facts = page.locator('.transition .fact', { hasText: 'PolicyDetermined' });
    expect(await facts.count()).toBe(0);
    const folded = (await rowsShown(page)).length;
    await page.getByLabel('Show facts that changed nothing (5)').check();
    expect(await facts.count()).toBe(4);
    expect(await rowsShown(page)).toHaveLength(folded + 5);
    await page.getByLabel('Show facts that changed nothing').uncheck();
    expect(await rowsShown(page)).toHaveLength(folded);
  });

  test('the tabulator stops once at the exchange, and arrows go from row to row', async () => {
    const page = await provisioned();
    const focused = () =>
      page.evaluate("document.activeElement.closest('li')?.textContent ?? document.activeElement.id");
    await page.locator('#entries').focus();
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('CommandAdmitted');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toContain('Status 1');
    await page.keyboard.press('Home');
    expect(await focused()).toContain('under key 0');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.locator('details[open] pre.xml').textContent()).toContain('<Status>142</Status>');
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.type')).toBe('checkbox');
  });

  test('what let others pass says when it arrives', async () => {
    const page = await visitor.open(`${server.url}#s=14.1.c.u.l.s6`);
    await page.locator('#entries', { hasText: 'arrives late: FolderSync under key 0' }).waitFor();
    expect(await page.locator('.note.link', { hasText: 'arrives late' }).count()).toBe(1);
  });

  test('the link that is copied holds what was done', async () => {
    const page = await visitor.open(`${server.url}#s=14.1.c`);
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await make(page, 'step');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('status').filter({ hasText: 'The link is copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${server.url}#s=14.1.c.s`);
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('status').filter({ hasText: 'the address line holds it' }).waitFor();
  });

  test('the address holds what was done, and another page shows the same', async () => {
    const page = await visitor.open(server.url);
    for (const name of ['command', 'step', 'step', 'drop', 'changePolicy']) await make(page, name);
    await page.locator('#entries', { hasText: 'sets policy 2' }).waitFor();
    const again = await visitor.open(page.url());
    await again.locator('#entries', { hasText: 'sets policy 2' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#s=14.1.c.s2.d.p');
    expect(await rowsShown(again)).toEqual(await rowsShown(page));
    expect(await sideShown(again, 'client')).toEqual(await sideShown(page, 'client'));
    expect(await again.locator('#next').textContent()).toBe(await page.locator('#next').textContent());
  });

  test('an address that holds no session says so, and begins anew', async () => {
    const page = await visitor.open(`${server.url}#s=14.1.nothing`);
    await page.locator('#status', { hasText: 'The link holds no session' }).waitFor();
    expect((await sideShown(page, 'client')).name).toBe('Unprovisioned');
  });

  test('another protocol version starts anew under it, and so does a reset', async () => {
    const page = await provisioned();
    await page.getByLabel('Protocol').selectOption('12.1');
    await page.locator('#client-state', { hasText: 'Unprovisioned' }).waitFor();
    expect(await rowsShown(page)).toEqual([]);
    expect(new URL(page.url()).hash).toBe('#s=12.1');
    await make(page, 'command');
    await settle(page);
    expect((await sideShown(page, 'server')).name).toBe('Provisioned');
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('#server-state', { hasText: 'Unprovisioned' }).waitFor();
    expect(await page.getByLabel('Protocol').inputValue()).toBe('12.1');
  });

  test('a message opens to its XML, and to its bytes when asked', async () => {
    const page = await provisioned();
    const row = page.locator('.message', { hasText: 'policy under temporary key 100' });
    await row.locator('summary').first().click();
    expect(await row.locator('pre.xml').textContent()).toContain('<PolicyKey>100</PolicyKey>');
    expect(await row.locator('pre.bytes').count()).toBe(0);
    await row.getByText(/^Bytes/).click();
    expect(await row.locator('pre.bytes').textContent()).toMatch(/^0000 {2}03 01 6a 00 /);
  });

  test('a refusal says its name, its meaning and whose move it is', async () => {
    const page = await provisioned();
    const row = page.locator('.message', { hasText: 'DeviceNotProvisioned' });
    await row.locator('summary').first().click();
    const facts = await row.locator('dl.facts').textContent();
    expect(facts).toMatch(/RefusedDeviceNotProvisionedMeaning.+Whose move it isclient/);
  });

  test('an earlier entry shows both sides as of then, until one goes back to now', async () => {
    const page = await provisioned();
    await page.locator('.transition.server', { hasText: 'PolicyOffered' }).locator('summary').click();
    expect((await sideShown(page, 'server')).name).toBe('Acknowledging');
    expect((await sideShown(page, 'client')).name).toBe('AwaitingPolicy');
    expect((await memoryShown(page, 'server'))['Policy key']).toBe('100 (temporary)');
    expect(await page.locator('#server-chart .lit .said').textContent()).toBe('PolicyOffered');
    expect(await page.locator('#server mark').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Back to now' }).click();
    expect((await sideShown(page, 'server')).name).toBe('Provisioned');
    expect(await page.getByRole('button', { name: 'Back to now' }).isVisible()).toBe(false);
  });

  test('keys do what the list of keys says, unless they are turned off', async () => {
    const page = await visitor.open(server.url);
    await page.keyboard.press('c');
    await page.keyboard.press('s');
    await page.locator('#entries .message').first().waitFor();
    const before = (await rowsShown(page)).length;
    await page.getByText('Keyboard').click();
    await page.getByLabel('Single keys act').uncheck();
    await page.keyboard.press('s');
    await page.getByLabel('Single keys act').check();
    expect(await rowsShown(page)).toHaveLength(before);
    expect(await page.locator('dl.keys dt').allTextContents()).toEqual(expect.arrayContaining(['c', 's', 'd', 'r']));
  });

  test('everything is reached by keyboard, in the order in which it is read', async () => {
    const page = await visitor.open(server.url);
    const names: unknown[] = [];
    for (let stop = 0; stop < 17; stop++) {
      await page.keyboard.press('Tab');
      names.push(await page.evaluate('(document.activeElement.textContent || document.activeElement.id).slice(0, 12)'));
    }
    expect(names[0]).toBe('Skip to the ');
    expect(names.slice(3, 5)).toEqual(['Reset', 'Copy link']);
    expect(names.slice(5, 8)).toEqual(['Commandc', 'Steps', 'Runr']);
    expect(names.slice(9, 14)).toEqual(['Play the eig', 'Dropd', 'Duplicateu', 'Delayl', 'How to read ']);
    expect(names.slice(14, 16)).toEqual(['Forget the k', 'Crash the de']);
  });

  test('the status line says the last event', async () => {
    const page = await visitor.open(server.url);
    await move(page, 'changePolicy').click();
    await page.getByRole('status').filter({ hasText: 'sets policy 2' }).waitFor();
  });
});
