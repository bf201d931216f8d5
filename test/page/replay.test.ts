/** What a program tells of, as it happens or afterwards. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/timeline/entry.js';
import { leftNote } from '../../src/timeline/marks.js';
import { hasBrowser, type Visitor, visit } from './support/browser.js';
import { agreement } from './support/entries.js';
import { type PageServer, type Route, servePage } from './support/page-server.js';
import { rowsShown, sideShown } from './support/shown.js';

describe.runIf(hasBrowser)('entries of a program', () => {
  let server: PageServer;
  let visitor: Visitor;
  const programs = new Map<string, Program>();
  beforeAll(async () => {
    server = await servePage(answerOf(programs));
    visitor = await visit();
  });
  afterAll(async () => {
    visitor.expectPeace();
    await visitor.close();
    await server.close();
  });

  async function opened(program: Program): Promise<Page> {
    const token = `right${programs.size}`;
    programs.set(token, program);
    return visitor.open(`${server.url}#watch=${token}`);
  }

  test('a recording is stepped through, back and forth', async () => {
    const page = await opened({ mode: 'replay', entries: agreement() });
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
  });

  test('it plays from the beginning to the end', async () => {
    const page = await opened({ mode: 'replay', entries: agreement() });
    await page.getByRole('slider', { name: 'Speed' }).fill('5');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.locator('#past').waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await page.locator('#run output').textContent()).toBe('21 of 21');
  });

  test('of a server that is watched one device is shown at a time, and the past stays while more comes', async () => {
    const [first, second] = [agreement('Phone'), agreement('Tablet').slice(0, 9)];
    const early = agreement('nobody').slice(0, 2);
    const program: Program = { mode: 'watch', entries: [...early, ...first, ...second] };
    const page = await opened(program);
    const session = page.getByLabel('Session');
    await session.waitFor();
    expect(await session.inputValue()).toBe('Phone');
    await session.selectOption('Tablet');
    expect((await sideShown(page, 'server')).name).toBe('AwaitingPolicy');
    await page.locator('.transition.client', { hasText: 'PolicyRequested' }).locator('summary').click();
    for (const entry of agreement('Tablet').slice(9)) program.tell?.(entry);
    await page.locator('#entries', { hasText: 'permanent key 101' }).waitFor();
    expect((await sideShown(page, 'server')).name).toBe('Not seen');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Back to now' }).isVisible()).toBe(false);
    expect((await sideShown(page, 'server')).name).toBe('Provisioned');
  });

  test('what is hostile in it is shown as text', async () => {
    const summary = '<img src=x onerror=alert(1)>';
    const entries = agreement().map((entry) => (entry.kind === 'Message' ? { ...entry, summary } : entry));
    const page = await opened({ mode: 'replay', entries });
    await page.locator('#entries', { hasText: summary }).waitFor();
    expect(await page.locator('#entries img').count()).toBe(0);
  });

  test('what is outside the specification stands out, and one goes from mark to mark', async () => {
    const [one, two] = ['a key that was never given', 'no answer to that'].map((text) =>
      leftNote(place, 'server', text),
    );
    if (!one || !two) throw new TypeError('no marks');
    const entries = agreement();
    const page = await opened({ mode: 'replay', entries: [...entries.slice(0, 9), one, ...entries.slice(9), two] });
    const next = page.getByRole('button', { name: 'Next mark (2)' });
    await next.waitFor();
    expect(await page.locator('.marked .refusal').allTextContents()).toEqual([
      'Outside the specification: ',
      'Outside the specification: ',
    ]);
    await next.click();
    expect(await page.locator('#run output').textContent()).toBe('10 of 23');
    expect(await page.locator('.now').textContent()).toContain('a key that was never given');
    await page.keyboard.press('m');
    expect(await page.locator('#run output').textContent()).toBe('23 of 23');
  });

  test('stepping passes over what is folded away, and what is now is in sight', async () => {
    const [told, ...more] = Array.from({ length: 40 }, (_, index) => agreement(`${index}`)).flat();
    const [, , , , due] = agreement();
    if (!told || due?.kind !== 'Transition') throw new TypeError('no fact');
    const idle: Entry = { ...due, after: due.before, effects: [], session: '0' };
    const entries = [told, idle, idle, ...more].map((entry) => ({ ...entry, session: '0' }));
    const page = await opened({ mode: 'replay', entries });
    await page.getByLabel('Show facts that changed nothing (2)').waitFor();
    const place = page.getByRole('slider', { name: 'Place' });
    await place.fill('1');
    const now = () =>
      page.evaluate(`(() => {
        const [list, row] = ['#entries', '.now'].map((name) => document.querySelector(name).getBoundingClientRect());
        return list.top - 1 <= row.top && row.bottom <= list.bottom + 1;
      })()`);
    expect(await now()).toBe(true);
    await page.getByRole('button', { name: 'Forward' }).click();
    expect(await place.inputValue()).toBe('4');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    expect(await place.inputValue()).toBe('1');
    await place.fill('420');
    expect(await now()).toBe(true);
  });

  test('of a side that is only heard of there is no chart', async () => {
    const entries = agreement().filter((entry) => entry.kind !== 'Transition' || entry.role === 'server');
    const page = await opened({ mode: 'watch', entries });
    await page.locator('#server-state', { hasText: 'Provisioned' }).waitFor();
    expect(await page.locator('#server-chart svg').isVisible()).toBe(true);
    expect(await page.locator('#client-chart svg').isVisible()).toBe(false);
    await page.getByText('Only its messages are seen').filter({ visible: true }).waitFor();
  });

  test('a page that is left open keeps so many entries and says how many went', async () => {
    const program: Program = { mode: 'watch', entries: [] };
    const page = await opened(program);
    await page.locator('#status', { hasText: 'Nothing happened yet' }).waitFor();
    const [first] = agreement();
    if (first?.kind !== 'Message') throw new TypeError('no message');
    for (let id = 1; id <= 21_001; id++) program.tell?.({ ...first, id, summary: `number ${id}.` });
    await page.locator('#gone', { hasText: '1001 earlier entries are not kept any more' }).waitFor();
    await page.locator('#entries', { hasText: 'number 21001.' }).waitFor();
    await page.getByRole('button', { name: 'Show 19600 more entries' }).waitFor();
    await page.locator('.message', { hasText: 'number 20990.' }).locator('summary').click();
    for (let id = 21_002; id <= 22_100; id++) program.tell?.({ ...first, id, summary: `number ${id}.` });
    await page.locator('#gone', { hasText: '2002 earlier entries' }).waitFor();
    expect(await page.locator('.now').textContent()).toContain('number 20990.');
  });

  test('a wrong token is said to be refused', async () => {
    const stranger = await visit();
    const page = await stranger.open(`${server.url}#watch=wrong`);
    await page.getByRole('status').filter({ hasText: '401' }).waitFor();
    await stranger.close();
  });
});

/** What a test has a program tell. */
interface Program {
  readonly mode: 'watch' | 'replay';
  readonly entries: readonly Entry[];
  /** Since a page listens, of one that is watched. */
  tell?: (entry: Entry) => void;
}

const place = { at: 0, session: 'A1' };

function answerOf(programs: ReadonlyMap<string, Program>): Route {
  return (path, headers, answer) => {
    if (path !== '/entries') return false;
    const program = programs.get(String(headers.authorization).replace('Bearer ', ''));
    if (!program) {
      answer.writeHead(401).end();
      return true;
    }
    const { mode, entries } = program;
    program.tell = (entry) => answer.write(`${JSON.stringify(entry)}\n`);
    answer.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for (const line of [{ mode, title: 'one.jsonl' }, ...entries]) answer.write(`${JSON.stringify(line)}\n`);
    if (mode === 'replay') answer.end('no JSON\n');
    return true;
  };
}
