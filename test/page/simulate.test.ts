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
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press('Tab');
      names.push(await page.evaluate('(document.activeElement.textContent || document.activeElement.id).slice(0, 12)'));
    }
    expect(names[0]).toBe('Skip to the ');
    expect(names.slice(2, 5)).toEqual(['Steps', 'Runr', '']);
    expect(names.slice(8)).toEqual(['Play the eig', 'Commandc', 'Forget the k', 'Crash the de']);
  });

  test('the status line says the last event', async () => {
    const page = await visitor.open(server.url);
    await move(page, 'changePolicy').click();
    await page.getByRole('status').filter({ hasText: 'sets policy 2' }).waitFor();
  });
});
