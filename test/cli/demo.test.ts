import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/program.js';
import { versions } from '../../src/protocol/version.js';
import { FakeTerminal } from './fake-terminal.js';

async function demo(options: readonly string[] = [], terminal = new FakeTerminal()) {
  const code = await runCommandLine(['demo', ...options], terminal);
  return { code, output: terminal.output, lines: terminal.lines };
}

describe.each(versions)('version %s', (version) => {
  test('shows eight steps and ends with both Provisioned under one key', async () => {
    const { code, lines } = await demo(['--protocol-version', version]);
    expect(code).toBe(0);
    const heads = lines.filter((line) => /^ \d {2}client/.test(line)).map((line) => line.slice(0, 21));
    expect(heads).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => ` ${n}  client ${n % 2 ? '-->' : '<--'} server`));
    expect(lines.at(-1)).toMatch(/^OK Both are Provisioned under the same key [1-9]\d*\.$/);
  });
});

test('after each step the states of both machines stand side by side', async () => {
  const { lines } = await demo();
  const states = lines.filter((line) => line.startsWith('    states')).map((line) => line.match(/[A-Z]\w+/g));
  expect(states).toEqual([
    ['Unprovisioned', 'Unprovisioned'],
    ['NeedsReprovision', 'Unprovisioned'],
    ['AwaitingPolicy', 'Unprovisioned'],
    ['Acknowledging', 'Acknowledging'],
    ['Acknowledging', 'Acknowledging'],
    ['Provisioned', 'Provisioned'],
    ['Provisioned', 'Provisioned'],
    ['Provisioned', 'Provisioned'],
  ]);
});

test('keys are shown before and after, temporary and permanent', async () => {
  const { output } = await demo();
  const [, temporaryKey] = /key {5}0 -> (\d+) temporary/.exec(output) ?? [];
  const [, permanentKey] = new RegExp(`key {5}${temporaryKey} -> (\\d+) permanent`).exec(output) ?? [];
  expect(output).toContain(`<PolicyKey>${temporaryKey}</PolicyKey>`);
  expect(output).toContain(`<PolicyKey>${permanentKey}</PolicyKey>`);
  expect(output.trimEnd().endsWith(`same key ${permanentKey}.`)).toBe(true);
});

test('the refusal is a status in the body, or HTTP 449 up to 12.1', async () => {
  expect((await demo()).output).toContain('FolderSync 142 DeviceNotProvisioned');
  expect((await demo(['--protocol-version', '12.1'])).output).toContain('client <-- server   HTTP 449 RetryWith');
});

test('the policy is shown decoded, in 2.5 as well', async () => {
  expect((await demo()).output).toContain('policy  DevicePasswordEnabled               true\n');
  expect((await demo(['--protocol-version', '2.5'])).output).toMatch(/MinDevicePasswordLength +6 characters\n/);
});

test('piped, it is ASCII without escape codes; on a terminal it has colours and lines', async () => {
  expect((await demo()).output).toMatch(/^[\x20-\x7e\n]+$/);
  const { output } = await demo([], new FakeTerminal({ isFancy: true }));
  expect(output).toContain('\u001b[');
  expect(output).toContain('─');
});

test('it keeps to the columns of the terminal, but for messages', async () => {
  const { lines } = await demo([], new FakeTerminal({ columns: 80 }));
  const own = lines.filter((line) => !/^ {6,}<.*>$/.test(line));
  expect(lines.length - own.length).toBeGreaterThan(60);
  expect(Math.max(...own.map((line) => line.length))).toBe(80);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});
