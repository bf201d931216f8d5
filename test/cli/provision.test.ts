import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src/cli/listen.js';
import { runCommandLine } from '../../src/cli/program.js';
import { referencePolicy } from '../../src/cli/reference-policy.js';
import { versions } from '../../src/protocol/version.js';
import { FakeTerminal } from './fake-terminal.js';
import { account, startPeer } from './peer.js';
import { spellingsOf } from './spellings.js';
import { temporaryPath } from './temporary.js';

async function provision(url: string, ...options: string[]) {
  const terminal = new FakeTerminal();
  const asUser = ['--user', account.user, '--password', account.password];
  const code = await runCommandLine(['provision', url, ...asUser, '--device-id', 'd1', ...options], terminal);
  return { code, output: terminal.output, errors: terminal.errors };
}

async function report(url: string, ...options: string[]) {
  const { code, output } = await provision(url, '--json', ...options);
  return { code, ...JSON.parse(output) };
}

describe.each(versions)('version %s', (version) => {
  test('is provisioned: the refusal, the exchange and the command again', async () => {
    const { url } = await startPeer();
    const { code, state, outcome, protocolVersion, policyKey, steps } = await report(
      url,
      '--protocol-version',
      version,
    );
    expect({ code, state, kind: outcome.kind, protocolVersion }).toEqual({
      code: 0,
      state: 'Provisioned',
      kind: 'Provisioned',
      protocolVersion: version,
    });
    expect(steps.map(({ n, command }: { n: number; command: string }) => [n, command])).toEqual([
      [1, 'FolderSync'],
      [2, 'Provision'],
      [3, 'Provision'],
      [4, 'FolderSync'],
    ]);
    const temporaryKey = steps[1].nextPolicyKey;
    expect(steps.map((step: { policyKey: string }) => step.policyKey)).toEqual(['0', '0', temporaryKey, policyKey]);
    expect(new Set(['0', temporaryKey, policyKey]).size).toBe(3);
    const isTold = ['2.5', '12.0', '12.1'].includes(version);
    expect(steps[0]).toMatchObject(
      isTold ? { httpStatus: 449, statuses: {} } : { httpStatus: 200, statuses: { command: 142 } },
    );
    expect(steps[2].statuses).toMatchObject({ provision: 1, policy: 1 });
  });
});

describe('--json', () => {
  test('is one object, and nothing else', async () => {
    const { url } = await startPeer();
    const shown = await report(url, '--protocol-version', '14.1');
    expect(Object.keys(shown)).toEqual([
      'code',
      'state',
      'outcome',
      'protocolVersion',
      'policyKey',
      'policy',
      'exchanged',
      'steps',
    ]);
    expect(shown.policy).toEqual(referencePolicy);
    expect(shown.outcome).toEqual({ kind: 'Provisioned', policyKey: shown.policyKey });
  });

  test('of a refusal says why, and whose move it is', async () => {
    const { url } = await startPeer({ authenticate: () => null });
    expect(await report(url, '--protocol-version', '14.1')).toMatchObject({
      code: 1,
      state: 'Unprovisioned',
      outcome: { kind: 'Refused', explanation: { code: 'Http 401', move: 'user' } },
      policy: null,
      steps: [{ n: 1, command: 'FolderSync', httpStatus: 401 }],
    });
  });

  test('of a server that is not there has the step that failed', async () => {
    const { url, close } = await listen(() => {}, { host: '127.0.0.1', port: 0 });
    await close(0);
    expect(await report(url)).toMatchObject({
      code: 3,
      outcome: { kind: 'Unreachable' },
      protocolVersion: null,
      steps: [{ n: 1, command: 'OPTIONS', httpStatus: null, fault: 'Network' }],
    });
  });
});

test('without --json every step is seen, then the outcome and what the policy asks', async () => {
  const { url } = await startPeer();
  const { code, output } = await provision(url, '--protocol-version', '14.1');
  const inOrder = [
    `Device d1 of lab at ${url}`,
    ' 1  -->  FolderSync              key 0, protocol 14.1',
    '    <--  HTTP 200 OK             FolderSync 142 DeviceNotProvisioned',
    '         NeedsReprovision        key 0',
    ' 2  -->  Provision               key 0, protocol 14.1',
    '    <--  HTTP 200 OK             Provision 1 Success, Policy 1 Success, DeviceInformation 1 Success',
    '         Acknowledging           key 0 -> ',
    ' 3  -->  Provision               key ',
    '         Provisioned             key ',
    ' 4  -->  FolderSync              key ',
    '    <--  HTTP 200 OK             FolderSync 1 Success',
    'OK Provisioned under key ',
    'enforces nothing',
    'MinDevicePasswordLength             6 characters',
  ];
  const places = inOrder.map((text) => output.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(code).toBe(0);
});

test('a server without a policy is no failure, and said', async () => {
  const { url } = await startPeer({ policyFor: () => null });
  const { code, output } = await provision(url, '--protocol-version', '14.1');
  expect(code).toBe(0);
  expect(output).toContain('OK Provisioned: the server has no policy for this device.');
});

test('a server that minds nothing is asked for its policy all the same', async () => {
  const { url } = await startPeer({ policyFor: () => null });
  const { state, outcome, steps } = await report(url, '--protocol-version', '14.1');
  expect({ state, outcome }).toEqual({ state: 'Provisioned', outcome: { kind: 'ProvisionedWithoutPolicy' } });
  expect(steps.map(({ command }: { command: string }) => command)).toEqual(['FolderSync', 'Provision']);
});

test('--provision-first begins with Provision', async () => {
  const { url } = await startPeer();
  const { code, steps } = await report(url, '--protocol-version', '14.1', '--provision-first');
  expect(code).toBe(0);
  expect(steps.map(({ command }: { command: string }) => command)).toEqual(['Provision', 'Provision']);
});

describe('a wipe', () => {
  async function wiping() {
    const { url, server } = await startPeer();
    await report(url, '--protocol-version', '14.1');
    await server.devices.wipe({ user: account.user, deviceId: 'd1' }, 'device');
    return { url, server, read: () => server.devices.read({ user: account.user, deviceId: 'd1' }) };
  }

  test('is not confirmed by itself: 1, and the directive stands', async () => {
    const { url, read } = await wiping();
    const { code, output } = await provision(url, '--protocol-version', '14.1');
    expect(code).toBe(1);
    expect(output).toContain('--accept-wipe');
    expect((await read())?.wiped).toBeNull();
  });

  test('is confirmed with --accept-wipe, and only said', async () => {
    const { url, read } = await wiping();
    const { code, output } = await provision(url, '--protocol-version', '14.1', '--accept-wipe');
    expect(code).toBe(1);
    expect(output).toContain('this command line wipes nothing');
    expect((await read())?.wiped).toBe('device');
  });
});

test('an answer that can not be read is a failure, and is told by its code', async () => {
  const body = (_request: IncomingMessage, response: ServerResponse) =>
    void response.setHeader('Content-Type', 'application/vnd.ms-sync.wbxml').end('no');
  const { url, close } = await listen(body, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => close(0));
  const { code, output } = await provision(url, '--protocol-version', '14.1', '--provision-first');
  expect(code).toBe(1);
  expect(output).toContain('HTTP 200 OK             ERR_WBXML_HEADER at offset 0: ');
  expect(output).toMatch(/NO Failed: Malformed [\s\S]*Next move: the server\./);
});

test('the device is the same in every run, and may be named', async () => {
  const seen = new Set<string | null>();
  const { url } = await startPeer({ observe: ({ deviceId, command }) => void (command && seen.add(deviceId)) });
  const terminal = new FakeTerminal({ env: { EAS_PASSWORD: account.password } });
  const argv = ['provision', url, '--user', account.user, '--protocol-version', '14.1'];
  expect([await runCommandLine(argv, terminal), await runCommandLine(argv, terminal)]).toEqual([0, 0]);
  expect(seen.size).toBe(1);
});

test('the password is nowhere, in no spelling: not printed, not recorded, not in an error', async () => {
  const { url } = await startPeer();
  const path = temporaryPath('a.jsonl');
  const runs = [
    await provision(url, '--record', path),
    await provision(url, '--record', path, '--json'),
    await provision((await startPeer({ authenticate: () => null })).url, '--record', path),
    await provision('not a url', '--record', path),
  ];
  const text = runs.map(({ output, errors }) => output + errors).join('') + readFileSync(path, 'utf8');
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 1, 2]);
  for (const secret of [account.password, `${account.user}:${account.password}`]) {
    for (const spelling of spellingsOf(secret)) expect(text).not.toContain(spelling);
  }
});

describe('--state', () => {
  const at141 = ['--protocol-version', '14.1'] as const;

  test('a second run goes on with the agreement of the first, and says so', async () => {
    const { url } = await startPeer();
    const path = temporaryPath('state.json');
    const first = await report(url, ...at141, '--state', path);
    expect(first).toMatchObject({ code: 0, exchanged: true });
    const second = await report(url, ...at141, '--state', path);
    expect(second).toMatchObject({ code: 0, exchanged: false, policyKey: first.policyKey, policy: referencePolicy });
    expect(second.outcome).toEqual(first.outcome);
    expect(second.steps).toMatchObject([{ command: 'FolderSync', policyKey: first.policyKey, state: 'Provisioned' }]);
    const { output } = await provision(url, ...at141, '--state', path);
    expect(output).toContain('No new provisioning was needed: the agreement holds.');
    expect((await provision(url, ...at141)).output).not.toContain('No new provisioning');
  });

  test('a run that was ended between the two Provision requests is taken up where it was', async () => {
    const { url } = await startPeer();
    const path = temporaryPath('state.json');
    await report(url, ...at141, '--state', path);
    const whole = JSON.parse(readFileSync(path, 'utf8'));
    const offered = await report(url, ...at141, '--provision-first');
    const [, second] = offered.steps;
    const machine = {
      v: whole.machine.v,
      name: 'Acknowledging',
      context: {
        policyKey: second.policyKey,
        pending: { kind: 'Policy', policy: referencePolicy, revision: null, status: 1 },
        cycles: 1,
      },
    };
    writeFileSync(path, JSON.stringify({ ...whole, machine }));
    const resumed = await report(url, ...at141, '--state', path, '--provision-first');
    expect(resumed).toMatchObject({ code: 0, state: 'Provisioned', policyKey: offered.policyKey });
    expect(resumed.steps).toHaveLength(1);
  });

  test('nothing of the password is in the file', async () => {
    const { url } = await startPeer();
    const path = temporaryPath('state.json');
    await provision(url, '--state', path);
    const text = readFileSync(path, 'utf8');
    for (const secret of [account.password, `${account.user}:${account.password}`]) {
      for (const spelling of spellingsOf(secret)) expect(text).not.toContain(spelling);
    }
  });

  test.each([
    ['a file of something else', 'no stored state', '{"DevicePasswordEnabled":true}'],
    ['half a state', 'ERR_STATE_SHAPE', '{"format":1,"user":"lab","mach'],
    ['the state of another user', 'user', JSON.stringify({ format: 1, user: 'bob', device: { id: 'd1', type: 'T' } })],
  ])('%s is named and left as it is, and nothing is sent', async (_what, said, text) => {
    const asked: unknown[] = [];
    const { url } = await startPeer({ observe: (exchange) => asked.push(exchange) });
    const path = temporaryPath('state.json');
    writeFileSync(path, text);
    const { code, errors, output } = await provision(url, '--state', path);
    expect(code).toBe(2);
    expect(errors).toContain(path);
    expect(errors).toContain(said);
    expect(output).toBe('');
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(asked).toEqual([]);
  });
});

describe('--query', () => {
  test('base64 is the form of every request, also of the next run that does not say so', async () => {
    const forms: string[] = [];
    const { url } = await startPeer();
    const path = temporaryPath('state.json');
    const transcript = temporaryPath('a.jsonl');
    const kept = ['--protocol-version', '14.1', '--state', path, '--record', transcript];
    expect(await report(url, ...kept, '--query', 'base64')).toMatchObject({ code: 0, state: 'Provisioned' });
    expect(await report(url, ...kept)).toMatchObject({ code: 0, exchanged: false });
    for (const line of readFileSync(transcript, 'utf8').trim().split('\n')) forms.push(JSON.parse(line).req.line);
    expect(forms).toHaveLength(5);
    for (const line of forms) expect(line).not.toContain('Cmd=');
  });

  test('of the other form than the one kept is warned of on standard error, and changes nothing', async () => {
    const { url } = await startPeer();
    const path = temporaryPath('state.json');
    await report(url, '--protocol-version', '14.1', '--state', path);
    const { code, errors } = await provision(url, '--protocol-version', '14.1', '--state', path, '--query', 'base64');
    expect(code).toBe(0);
    expect(errors).toMatch(/^warning: QueryFormKept: .*device id\.\n$/);
  });

  test('base64 needs a version that has it', async () => {
    const { url } = await startPeer();
    expect(await provision(url, '--protocol-version', '2.5', '--query', 'base64')).toMatchObject({ code: 2 });
  });
});

describe('--retry', () => {
  test('0 sends every message once', async () => {
    let asked = 0;
    const busy = (_request: IncomingMessage, response: ServerResponse) => {
      asked += 1;
      response.writeHead(500).end();
    };
    const { url, close } = await listen(busy, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => close(0));
    const options = ['--protocol-version', '14.1', '--provision-first', '--retry', '0'];
    expect(await report(url, ...options)).toMatchObject({ code: 1, outcome: { explanation: { code: 'Http 500' } } });
    expect(asked).toBe(1);
  });

  test.each(['-1', '101', 'often'])('%s is no number of tries', async (text) => {
    expect(await provision('http://127.0.0.1:1', `--retry=${text}`)).toMatchObject({ code: 2 });
  });

  test('a query of no known form is wrong usage', async () => {
    expect(await provision('http://127.0.0.1:1', '--query', 'packed')).toMatchObject({ code: 2 });
  });
});
