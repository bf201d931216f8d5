/** Every move has a control that does it, and none that does it when it cannot be done. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MoveName, moveNames, moves } from '../../src/simulation/index.js';
import { hasBrowser, type Visitor, visit } from './support/browser.js';
import { type PageServer, servePage } from './support/page-server.js';
import { make, move } from './support/shown.js';

/** Ways through all moves: what an address has done already, and what is then done by hand. */
const ways: readonly (readonly [done: string, moves: readonly MoveName[]])[] = [
  ['', ['managedElsewhere', 'applyPartly', 'refuse', 'accept', 'refuseWipes', 'confirmWipes', 'changePolicy']],
  ['', ['removePolicy', 'passTime', 'forgetKey', 'crashDevice', 'crashServer', 'command', 'drop']],
  ['.c', ['delay', 'duplicate', 'step']],
  ['.c.s20', ['wipeAccount', 'cancelWipe', 'wipeDevice']],
  ['.c.s20.o1.c.s20', ['readmit']],
];

describe.runIf(hasBrowser)('the controls', () => {
  let server: PageServer;
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    server = await servePage();
    visitor = await visit();
    page = await visitor.open(server.url);
  });
  afterAll(async () => {
    visitor.expectPeace();
    await visitor.close();
    await server.close();
  });

  async function at(done: string): Promise<void> {
    await page.goto('about:blank');
    await page.goto(`${server.url}#s=16.1${done}`);
    await page.locator('#next', { hasText: /./ }).waitFor();
  }

  test('are there for every move', () => {
    expect(ways.flatMap(([, names]) => names).sort()).toEqual([...moveNames].sort());
  });

  test.each(ways)('after %s make %s, one after another', async (done, names) => {
    await at(done);
    for (const name of names) {
      await make(page, name);
      expect(new URL(page.url()).hash).toMatch(new RegExp(`\\.${moves[name].code}$`));
      if (moves[name].code.startsWith('a')) expect(await move(page, name).isChecked()).toBe(true);
    }
  });

  test('one that cannot be made is said to be disabled, and does nothing', async () => {
    await at('');
    for (const name of ['step', 'drop', 'cancelWipe', 'readmit']) {
      expect(await move(page, name).getAttribute('aria-disabled')).toBe('true');
      await move(page, name).click({ force: true });
    }
    await move(page, 'command').click();
    await page.waitForURL(({ hash }) => hash !== '#s=16.1');
    expect(new URL(page.url()).hash).toBe('#s=16.1.c');
  });
});
