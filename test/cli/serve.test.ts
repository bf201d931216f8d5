import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runCommandLine } from '../../src/cli/program.js';
import { credentials, deviceOf, folderSyncBody, keyIn } from '../support/device.js';
import { FakeTerminal } from './fake-terminal.js';
import { account } from './peer.js';
import { spellingsOf } from './spellings.js';
import { temporaryPath } from './temporary.js';

const asAccount = `${account.user}:${account.password}`;

/** A running `serve`, stopped with the test, with the URL it printed. */
async function serving(...options: string[]) {
  const terminal = new FakeTerminal();
  const code = runCommandLine(['serve', '--port', '0', '--user', asAccount, ...options], terminal);
  onTestFinished(async () => {
    terminal.stop();
    await code;
  });
  const [url = ''] = await terminal.untilLines(1);
  return { terminal, code, url };
}

async function provision(url: string, ...options: string[]) {
  const terminal = new FakeTerminal({ env: { EAS_PASSWORD: account.password } });
  const code = await runCommandLine(['provision', url, '--user', account.user, '--json', ...options], terminal);
  return { code, report: JSON.parse(terminal.output) };
}

test('the URL comes first, a line for each exchange after it, and being stopped is no failure', async () => {
  const { terminal, code, url } = await serving();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/Microsoft-Server-ActiveSync$/);
  expect((await provision(url, '--device-id', 'd1')).code).toBe(0);
  await fetch(url, { method: 'OPTIONS' });
  const lines = await terminal.untilLines(7);
  const happened = ['OPTIONS', 'FolderSync', 'Provision', 'Provision', 'FolderSync', 'OPTIONS'];
  expect(lines.slice(1).map((line) => line.split(/ +/)[1])).toEqual(happened);
  expect(lines[2]).toMatch(
    / lab +d1 +16\.1 +key 0 +200 +Unprovisioned +142 DeviceNotProvisioned: .* Next: the client\.$/,
  );
  expect(lines[3]).toMatch(/ 200 +Acknowledging +PolicyOffered$/);
  expect(lines[4]).toMatch(/ 200 +Provisioned +Provisioned$/);
  expect(lines[6]).toMatch(/ 401 +BadCredentials: .* Next: the user\.$/);
  terminal.stop();
  expect(await code).toBe(0);
  expect(terminal.errors).toBe('');
});

test('a body that is too long is refused unread, and told like any other', async () => {
  const { terminal, url } = await serving();
  const body = new Uint8Array(2 * 1024 * 1024);
  // The connection may be closed before the client is done writing, which it takes for a failure.
  await fetch(url, { method: 'POST', body }).catch(() => {});
  const [, line] = await terminal.untilLines(2);
  expect(line).toMatch(/ 413 +BodyTooLarge: .* Next: the client\.$/);
});

describe('hostile bytes', () => {
  const basic = `Basic ${Buffer.from(asAccount).toString('base64')}`;
  const query = '?Cmd=Provision&User=lab&DeviceId=d1&DeviceType=SP';

  test.each([
    ['no WBXML', query, '14.1', 'junk', 200, '102 InvalidWBXML'],
    ['no WBXML, up to 12.1', query, '12.1', 'junk', 400, 'InvalidWBXML'],
    ['no version', query, null, '', 400, 'MissingVersion'],
    ['a version that does not exist', query, '15.0', '', 400, 'UnknownVersion'],
    ['no query', '?%%%', '14.1', '', 400, 'BadQuery'],
    ['a command that does not exist', query.replace('Provision', 'Frobnicate'), '14.1', '', 501, 'UnknownCommand'],
    ['a device id that is none', query.replace('d1', '%1b[2J'), '14.1', '', 200, '108 DeviceIdMissingOrInvalid'],
  ])('%s: answered, told, and nothing more', async (_what, search, version, body, status, reason) => {
    const { terminal, url } = await serving();
    const headers = { Authorization: basic, ...(version && { 'MS-ASProtocolVersion': version }) };
    const sent = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/vnd.ms-sync.wbxml' }, body };
    expect((await fetch(`${url}${search}`, sent)).status).toBe(status);
    const [, line = ''] = await terminal.untilLines(2);
    expect(line).toContain(`${reason}: `);
    expect(line).not.toMatch(/\p{Cc}/u);
    expect((await provision(url)).code).toBe(0);
  });
});

test('only the versions asked for are served', async () => {
  const { url } = await serving('--versions', '12.1,14.0');
  const { report } = await provision(url);
  expect(report.protocolVersion).toBe('14.0');
});

test('several accounts may come in, each as itself', async () => {
  const { terminal, url } = await serving('--user', 'ann:a:b');
  const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  const statusOf = async (text: string) => (await fetch(url, { method: 'OPTIONS', headers: basic(text) })).status;
  expect(await statusOf('ann:a:b')).toBe(200);
  expect(await statusOf(asAccount)).toBe(200);
  expect(await statusOf(`ann:${account.password}`)).toBe(401);
  expect((await terminal.untilLines(4)).slice(1).map((line) => line.split(/ +/)[2])).toEqual(['ann', 'lab', '-']);
});

describe('a policy file', () => {
  const fileWith = (text: string) => {
    const path = temporaryPath('policy.json');
    writeFileSync(path, text);
    return path;
  };

  test('is what devices are given', async () => {
    const { url } = await serving('--policy', fileWith('{"AllowCamera":false,"MaxInactivityTimeDeviceLock":null}'));
    expect((await provision(url)).report.policy).toEqual({ AllowCamera: false, MaxInactivityTimeDeviceLock: null });
  });

  test.each([
    [
      'a value out of range',
      '{"MinDevicePasswordLength":99}',
      'EASProvisionDoc/MinDevicePasswordLength: Expected 1 to 16, or null. (ERR_POLICY_RANGE)',
    ],
    [
      'a value of another type',
      '{"AllowCamera":"no"}',
      'EASProvisionDoc/AllowCamera: Expected true, false or null. (ERR_POLICY_VALUE)',
    ],
    [
      'an unknown element',
      '{"AllowCameras":false}',
      'EASProvisionDoc/AllowCameras: Expected the name of a policy element. (ERR_POLICY_NAME)',
    ],
    ['no object', '[]', 'EASProvisionDoc: Expected an object of policy elements. (ERR_POLICY_SHAPE)'],
    ['no JSON', '{', 'not JSON'],
  ])('with %s is wrong usage, and says where and why', async (_what, text, message) => {
    const terminal = new FakeTerminal();
    const path = fileWith(text);
    expect(await runCommandLine(['serve', '--port', '0', '--user', 'a:b', '--policy', path], terminal)).toBe(2);
    expect(terminal.errors).toContain(`error: ${path}: ${message}`);
    expect(terminal.output).toBe('');
  });

  test('that is not there is wrong usage', async () => {
    const terminal = new FakeTerminal();
    expect(await runCommandLine(['serve', '--user', 'a:b', '--policy', '/nowhere/at/all'], terminal)).toBe(2);
    expect(terminal.errors).toBe('error: can not read /nowhere/at/all: no such file\n');
  });
});

test('a port that is taken is 3, and said', async () => {
  const { url } = await serving();
  const terminal = new FakeTerminal();
  expect(await runCommandLine(['serve', '--user', 'a:b', '--port', new URL(url).port], terminal)).toBe(3);
  expect(terminal.errors).toMatch(/^error: can not listen on 127\.0\.0\.1 port \d+: the port is in use\n$/);
});

describe('--record', () => {
  test('takes down every exchange, without what it was authorized with', async () => {
    const path = temporaryPath('a.jsonl');
    const { url } = await serving('--record', path);
    await provision(url, '--device-id', 'd1', '--protocol-version', '14.1');
    const text = readFileSync(path, 'utf8');
    const records = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ seq, req, res }) => [seq, req.query.cmd, res.status])).toEqual([
      [1, 'FolderSync', 200],
      [2, 'Provision', 200],
      [3, 'Provision', 200],
      [4, 'FolderSync', 200],
    ]);
    expect(records[1].res.xml).toContain('<EASProvisionDoc>');
    expect(records[0].req.headers).toContainEqual(['authorization', 'Basic ***']);
    for (const spelling of [...spellingsOf(account.password), ...spellingsOf(asAccount)]) {
      expect(text).not.toContain(spelling);
    }
  });

  test('is read by decode --jsonl', async () => {
    const path = temporaryPath('a.jsonl');
    const { url } = await serving('--record', path);
    await provision(url, '--protocol-version', '12.1');
    const terminal = new FakeTerminal();
    expect(await runCommandLine(['decode', '--jsonl', path], terminal)).toBe(0);
    expect(terminal.output).toContain('#1 HTTP 449\n');
    expect(terminal.output).toContain('<DevicePasswordEnabled>1</DevicePasswordEnabled>');
  });

  test('where nothing can be written is wrong usage', async () => {
    const terminal = new FakeTerminal();
    const argv = ['serve', '--user', 'a:b', '--port', '0', '--record', '/nowhere/at/all'];
    expect(await runCommandLine(argv, terminal)).toBe(2);
    expect(terminal.errors).toBe('error: can not write /nowhere/at/all: no such file\n');
  });
});

describe('how strict it is', () => {
  /** A device driven by hand, and the administration to change the policy with. */
  async function strictness(...options: string[]) {
    const token = 'a-token';
    const admin = ['--admin-port', '0', '--admin-token', token];
    const { terminal, url } = await serving(
      '--user',
      `${credentials.user}:${credentials.password}`,
      ...admin,
      ...options,
    );
    const [, line = ''] = await terminal.untilLines(2);
    const device = deviceOf({
      async handle({ method, url: target, headers, body }) {
        const response = await fetch(new URL(target, url), {
          method,
          headers: { ...headers },
          body: Uint8Array.from(body),
        });
        return {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: new Uint8Array(await response.arrayBuffer()),
        };
      },
    });
    const replacePolicy = (policy: unknown) =>
      fetch(`${line.replace('administration: ', '')}/policy`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(policy),
      });
    return { device, replacePolicy };
  }

  test('--lenient lets pass what sends no key at all, and nothing else', async () => {
    expect((await (await strictness()).device.folderSync({ key: null })).status).toBe('141');
    const { device } = await strictness('--lenient');
    expect((await device.folderSync({ key: null })).status).toBe('1');
    expect((await device.folderSync({ key: '0' })).status).toBe('142');
  });

  test('--accept takes the acknowledgments that it names', async () => {
    const { device } = await strictness('--accept', 'partial,externallyManaged');
    const outcomes = [];
    for (const status of [2, 3, 4]) outcomes.push(await device.acknowledge(keyIn(await device.initial()), status));
    expect(outcomes).toMatchObject([{ status: 1, policies: [{ status: 1 }] }, { status: 139 }, { status: 1 }]);
  });

  test('--no-device-information does not demand it', async () => {
    const bare = { policies: [{ policyType: 'MS-EAS-Provisioning-WBXML' }] };
    expect(await (await strictness()).device.provision(bare)).toMatchObject({ status: 165 });
    expect(await (await strictness('--no-device-information')).device.provision(bare)).toMatchObject({ status: 1 });
  });

  test('--explain says the reason in a header', async () => {
    const reasonFor = async (...options: string[]) =>
      (await (await strictness(...options)).device.send('FolderSync', folderSyncBody)).headers[
        'x-eas-provisioning-reason'
      ];
    expect(await reasonFor('--explain')).toContain('DeviceNotProvisioned');
    expect(await reasonFor()).toBeUndefined();
  });

  test('--refresh-interval asks a device back when the time is over, and not before', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 21) });
    onTestFinished(() => void vi.useRealTimers());
    const { device } = await strictness('--refresh-interval', '8h');
    const key = await device.settle();
    vi.setSystemTime(Date.UTC(2026, 10, 21, 7, 59));
    expect((await device.folderSync({ key })).status).toBe('1');
    vi.setSystemTime(Date.UTC(2026, 10, 21, 8, 1));
    expect((await device.folderSync({ key })).status).toMatch(/^14[34]$/);
  });

  test('--spread asks devices back over a time, not at once', async () => {
    const statusAfter = async (...options: string[]) => {
      const { device, replacePolicy } = await strictness(...options);
      const key = await device.settle();
      expect((await replacePolicy({ AllowCamera: false })).status).toBe(200);
      return (await device.folderSync({ key })).status;
    };
    expect(await statusAfter()).toMatch(/^14[2-4]$/);
    expect(await statusAfter('--spread', '366d')).toBe('1');
  });
});
