/** What the page shows, as a person reads it. */
import type { Locator, Page } from 'playwright-core';

/** The state by name, and the one lit in the chart. */
export async function sideShown(page: Page, role: 'client' | 'server') {
  const [name, lit, memory] = await Promise.all([
    page.locator(`#${role}-state`).textContent(),
    page.locator(`#${role}-chart .live .name`).allTextContents(),
    memoryShown(page, role),
  ]);
  return { name, lit, memory };
}

/** The memory of a side, by its labels. */
export async function memoryShown(page: Page, role: 'client' | 'server'): Promise<Readonly<Record<string, string>>> {
  const [labels, values] = await Promise.all([
    page.locator(`#${role} dl.context dt`).allTextContents(),
    page.locator(`#${role} dl.context dd`).allTextContents(),
  ]);
  return Object.fromEntries(labels.map((label, index) => [label, (values[index] ?? '').replace(' (changed)', '')]));
}

export function move(page: Page, name: string): Locator {
  return page.locator(`[data-move="${name}"]`);
}

/** Makes a move, and waits until the address says that it was made. */
export async function make(page: Page, name: string): Promise<void> {
  const before = new URL(page.url()).hash;
  await move(page, name).click();
  await page.waitForURL(({ hash }) => hash !== before);
}

/** Takes steps until nothing waits. */
export async function settle(page: Page): Promise<void> {
  const step = move(page, 'step');
  for (let steps = 0; steps < 60; steps++) {
    if ((await step.getAttribute('aria-disabled')) === 'true') return;
    await make(page, 'step');
  }
  throw new TypeError('it does not come to rest');
}

/** The rows of the exchange, in words. */
export async function rowsShown(page: Page): Promise<readonly string[]> {
  const texts = await page.locator('#entries > li').allTextContents();
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}
