/** The page as such: how much it is, how soon it is there, who can read it, and how it looks. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../support/packed.js';
import { hasBrowser, type Visitor, visit } from './support/browser.js';
import { type PageServer, servePage } from './support/page-server.js';

const files = ['index.html', 'main.js', 'main.css'].map((name) => readFileSync(`${root}dist/page/${name}`));

test('the page is small', () => {
  const sizes = files.map((file) => gzipSync(file).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(150_000);
});

test('nothing in it is inline, mapped, or of this machine', () => {
  const [markup = '', script = ''] = files.map((file) => file.toString('utf8'));
  expect(markup).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  expect(markup).toContain('class="state state-Provisioned"');
  expect(markup).not.toMatch(/<svg[^>]*\sid=/);
  expect(script).not.toMatch(/sourceMappingURL|\/work\/|node_modules/);
});

/** A finished exchange with a lost message in it. */
const told = '#s=14.1.c.s4.d.s12';

describe.runIf(hasBrowser)('in a browser', () => {
  let server: PageServer;
  beforeAll(async () => {
    server = await servePage();
    await mkdir(`${root}docs/images`, { recursive: true });
  });
  afterAll(() => server.close());

  async function openAt(visitor: Visitor, hash: string): Promise<Page> {
    const page = await visitor.open(`${server.url}${hash}`);
    await page.locator('#client-chart .live').waitFor();
    return page;
  }

  test('the first chart is drawn in under a second', async () => {
    const visitor = await visit();
    const times: number[] = [];
    for (let visits = 0; visits < 3; visits++) {
      const page = await openAt(visitor, '');
      times.push(Number(await page.evaluate("performance.getEntriesByName('first chart')[0].startTime")));
      await page.close();
    }
    expect(Math.min(...times)).toBeLessThan(1000);
    expect(Math.min(...times)).toBeGreaterThan(0);
    visitor.expectPeace();
    await visitor.close();
  });

  test.each([
    ['light', 1280, told],
    ['dark', 1280, ''],
    ['light', 360, ''],
    ['dark', 360, told],
  ] as const)('in %s, %i pixels wide, at "%s", axe finds no violation', async (colorScheme, width, hash) => {
    const visitor = await visit({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    const page = await openAt(visitor, hash);
    await page.evaluate("for (const row of document.querySelectorAll('#entries details')) row.open = true");
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
    const { violations } = (await page.evaluate('axe.run()')) as { violations: readonly Violation[] };
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate("axe.utils.getRule('color-contrast').enabled")).toBe(true);
    await visitor.close();
  });

  // A window of 1280 pixels at 200 % is one of 640.
  test.each([320, 360, 640])('%i pixels are wide enough for the page', async (width) => {
    const visitor = await visit({ viewport: { width, height: 700 } });
    const page = await openAt(visitor, told);
    await page.locator('.message summary').nth(3).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    visitor.expectPeace();
    await visitor.close();
  });

  test('a theme that was chosen is there again', async () => {
    const visitor = await visit({ colorScheme: 'light' });
    const page = await openAt(visitor, '');
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByLabel('Theme').selectOption('dark');
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await ground()).toBe(dark);
    await visitor.close();
  });

  test.each(['light', 'dark'] as const)('its picture in %s is in the documentation', async (colorScheme) => {
    const visitor = await visit({ colorScheme, viewport: { width: 1400, height: 940 } });
    const page = await openAt(visitor, told);
    await page.locator('.transition.client', { hasText: 'PermanentKeyIssued' }).locator('summary').click();
    const taken = await page.screenshot();
    const file = `${root}docs/images/page-${colorScheme}.png`;
    if (process.env.UPDATE_SCREENSHOTS !== undefined || !existsSync(file)) writeFileSync(file, taken);
    for (const picture of [taken, readFileSync(file)]) {
      expect(sizeOf(picture)).toEqual([1400, 940]);
      // One colour compresses to some five thousand bytes.
      expect(picture.length).toBeGreaterThan(60_000);
    }
    visitor.expectPeace();
    await visitor.close();
  });
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Of a PNG, as its first chunk says. */
function sizeOf(png: Buffer): readonly number[] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
