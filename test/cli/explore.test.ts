import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { explorationJson, verdictText } from '../../src/cli/explore-view.js';
import { lookOf } from '../../src/cli/look.js';
import { runCommandLine } from '../../src/cli/program.js';
import { boundsOf } from '../../src/explore/bounds.js';
import { FakeTerminal } from './fake-terminal.js';

const small = ['explore', '--faults', '0', '--changes', '1', '--commands', '1', '--servers', '1'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'explore-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...more: readonly string[]) {
  const terminal = new FakeTerminal();
  return { terminal, code: await runCommandLine([...small, ...more], terminal) };
}

test('one object says how far it went and what holds', async () => {
  const { terminal, code } = await run('--json');
  const found = JSON.parse(terminal.output);
  expect(code).toBe(0);
  expect(found.states).toBeGreaterThan(100);
  expect(found.transitions).toBeGreaterThan(found.states);
  expect(found.invariants.every(({ holds }: { holds: boolean }) => holds)).toBe(true);
  const ids = new Set(found.invariants.map(({ id }: { id: string }) => id));
  expect([...ids].join(' ')).toBe('I1 I2 I3 I4 I5 I7 I8 I9 I10 I11 I14 I17 I18 L');
  // The command, the three requests at most of an exchange with one that was stale, and the command again.
  expect(found.worstCaseRequests).toBeLessThanOrEqual(6);
});

test('people read the same', async () => {
  const chapters = join(folder, 'chapters.md');
  const { terminal } = await run('--chapters', chapters);
  expect(terminal.output).toContain('bounds       version 16.1, revisions 2, faults 0, changes 1');
  expect(terminal.output).toMatch(/OK I1 {2}A permanent key/);
  expect(() => readFileSync(chapters)).toThrow(/ENOENT/);
});

test('what can not be meant is wrong usage', async () => {
  const { terminal, code } = await run('--in-flight', '1');
  expect(code).toBe(2);
  expect(terminal.errors).toContain('inFlight: expected 2 to 4');
  expect((await run('--revisions', 'many')).code).toBe(2);
});

test('what is broken in one run is broken in all, and shown', () => {
  const row = { id: 'I1', name: 'a', promise: 'One.', holds: true, moves: null, chapter: null };
  const exploration = {
    name: 'run',
    bounds: boundsOf({}),
    states: 10,
    transitions: 20,
    depth: 3,
    seconds: 1,
    isWhole: true,
    worstCaseRequests: 4,
    worstCaseUntilSettled: 5,
    ends: {},
    worstCase: [],
    invariants: [row],
  };
  const broken = { ...exploration, depth: 7, invariants: [{ ...row, holds: false, moves: 2, chapter: 'the way' }] };
  const stopped = { ...exploration, isWhole: false, worstCaseRequests: null, invariants: [{ ...row, holds: null }] };
  expect(explorationJson([exploration, broken])).toMatchObject({
    states: 20,
    depth: 7,
    worstCaseRequests: 4,
    invariants: [{ id: 'I1', holds: false, moves: 2, counterexample: 'the way' }],
  });
  expect(explorationJson([exploration, stopped])).toMatchObject({
    isWhole: false,
    worstCaseRequests: null,
    invariants: [{ holds: null }],
  });
  const look = lookOf(new FakeTerminal());
  expect(verdictText([exploration, broken], look)).toContain('NO I1  One. Broken in 2 moves:\n\n  the way');
  expect(verdictText([stopped], look)).toContain('Not broken so far.');
});

test('it ends when it is asked to, and says what is not known', async () => {
  const terminal = new FakeTerminal();
  terminal.stop();
  expect(await runCommandLine(['explore', '--deep'], terminal)).toBe(0);
  expect(terminal.output).toContain('and not all that there are: it was stopped');
  expect(terminal.output).toContain('requests     not known');
  expect(terminal.output).toMatch(/\.\. I1 {2}.* Not broken so far\./);
});
