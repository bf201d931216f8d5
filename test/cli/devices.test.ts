import { writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src/cli/listen.js';
import { runCommandLine } from '../../src/cli/program.js';
import { referencePolicy } from '../../src/cli/reference-policy.js';
import { FakeTerminal } from './fake-terminal.js';
import { account } from './peer.js';
import { spellingsOf } from './spellings.js';
import { temporaryPath } from './temporary.js';

const token = 'to+ken/0123456789==';
const device = [account.user, 'd1'] as const;

/** A running `serve` with its administration, and commands that speak to it. */
async function serving(...options: string[]) {
  const terminal = new FakeTerminal({ env: { EAS_ADMIN_TOKEN: token } });
  const asAccount = ['--user', `${account.user}:${account.password}`];
  const code = runCommandLine(['serve', '--port', '0', ...asAccount, '--admin-port', '0', ...options], terminal);
  onTestFinished(async () => {
    terminal.stop();
    await code;
  });
  const [url = '', line = ''] = await terminal.untilLines(2);
  const admin = line.replace('administration: ', '');
  return {
    url,
    admin,
    terminal,
    async provision(...more: string[]) {
      const own = new FakeTerminal({ env: { EAS_PASSWORD: account.password } });
      const argv = ['provision', url, '--user', account.user, '--device-id', 'd1', '--protocol-version', '14.1'];
      return { code: await runCommandLine([...argv, ...more], own), output: own.output };
    },
    devices: (argv: readonly string[], terminalOptions = {}) => devices(admin, argv, terminalOptions),
  };
}

async function devices(
  admin: string,
  argv: readonly string[],
  options: ConstructorParameters<typeof FakeTerminal>[0] = {},
) {
  const terminal = new FakeTerminal({ env: { EAS_ADMIN_TOKEN: token }, ...options });
  const code = await runCommandLine(['devices', ...argv, '--admin', admin], terminal);
  return { code, output: terminal.output, errors: terminal.errors, questions: terminal.questions };
}

describe('serve --admin-port', () => {
  test('prints where the administration is on its second line', async () => {
    const { terminal } = await serving();
    expect(terminal.lines[0]).toMatch(/^http:.*\/Microsoft-Server-ActiveSync$/);
    expect(terminal.lines[1]).toMatch(/^administration: http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('stays on the loopback whatever --host says, and answers to no other name', async () => {
    const { admin } = await serving('--host', '0.0.0.0');
    expect(new URL(admin).hostname).toBe('127.0.0.1');
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${admin}/devices`, { headers })).status).toBe(200);
    expect((await fetch(`${admin}/devices`)).status).toBe(401);
  });

  test('needs a token, and one that can be sent', async () => {
    for (const argv of [
      ['--admin-port', '0'],
      ['--admin-port', '0', '--admin-token', ''],
      ['--admin-port', '0', '--admin-token', 'two words'],
      ['--admin-token', 'useless'],
    ]) {
      const terminal = new FakeTerminal();
      expect(await runCommandLine(['serve', '--user', 'a:b', '--port', '0', ...argv], terminal)).toBe(2);
      expect(terminal.errors).toContain('--admin-token');
      expect(terminal.errors).not.toMatch(/two words|useless/);
      expect(terminal.output).toBe('');
    }
  });

  test('that is taken is 3, and nothing is served then', async () => {
    const { admin, url } = await serving();
    const terminal = new FakeTerminal();
    const argv = ['--port', '0', '--admin-port', new URL(admin).port, '--admin-token', token];
    expect(await runCommandLine(['serve', '--user', 'a:b', ...argv], terminal)).toBe(3);
    const other = ['--port', new URL(url).port, '--admin-port', '0', '--admin-token', token];
    expect(await runCommandLine(['serve', '--user', 'a:b', ...other], terminal)).toBe(3);
    expect(terminal.errors.match(/the port is in use/g)).toHaveLength(2);
    expect(terminal.output).toBe('');
  });
});

test('a device is listed and shown, without its key', async () => {
  const served = await serving();
  expect((await served.devices(['list'])).output).toBe('no devices\n');
  const { output } = await served.provision('--json');
  const { policyKey } = JSON.parse(output);
  const list = await served.devices(['list']);
  expect(list).toMatchObject({ code: 0, errors: '' });
  expect(list.output).toMatch(/^user +device +state +key .*\nlab +d1 +Provisioned +\.\.\d{1,4} .*Z\n$/);
  const shown = await served.devices(['show', ...device]);
  expect(shown.output).toMatch(/^Device d1 of lab\n {2}state +Provisioned\n {2}key +\.\.\d{1,4}, \d s\n/);
  expect(shown.output).toMatch(/Z {2}Provision +200 {2}Acknowledging -> Provisioned +Provisioned\n/);
  expect(list.output + shown.output).not.toContain(policyKey);
  expect((await served.devices(['list', '--state', 'Unprovisioned'])).output).toBe('no devices\n');
  expect((await served.devices(['list', '--user', 'nobody'])).output).toBe('no devices\n');
  expect(JSON.parse((await served.devices(['list', '--json'])).output)).toMatchObject({
    devices: [{ deviceId: 'd1' }],
  });
  expect(JSON.parse((await served.devices(['show', ...device, '--json'])).output)).toMatchObject({
    state: 'Provisioned',
  });
});

describe('an order', () => {
  test('to provision again is obeyed', async () => {
    const served = await serving();
    await served.provision();
    const { code, output } = await served.devices(['reprovision', ...device, '--reason', 'InvalidPolicyKey']);
    expect(code).toBe(0);
    expect(output).toMatch(
      /^OK The device has to provision again\.\nDevice d1 of lab\n {2}state +NeedsReprovision, InvalidPolicyKey\n/,
    );
  });

  test('to wipe is carried out, keeps the device out, and can be undone by readmitting it', async () => {
    const served = await serving();
    await served.provision();
    expect(await served.devices(['wipe', ...device, '--scope', 'device'])).toMatchObject({ code: 0, questions: [] });
    expect((await served.devices(['list'])).output).toMatch(/ device: Ordered\n$/);
    await served.provision('--accept-wipe');
    expect((await served.devices(['show', ...device])).output).toMatch(/ {2}wipe +device: Completed\n/);
    expect((await served.provision()).code).toBe(1);
    expect(await served.devices(['cancel-wipe', ...device])).toMatchObject({
      code: 1,
      errors: 'error: No wipe is ordered that could be taken back. (NoWipeOrdered)\n',
    });
    expect((await served.devices(['readmit', ...device])).output).toMatch(/^OK The device may come back\.\n/);
    expect((await served.provision()).code).toBe(0);
  });

  test('to wipe can be taken back before that', async () => {
    const served = await serving();
    await served.provision();
    await served.devices(['wipe', ...device, '--scope', 'device']);
    expect((await served.devices(['cancel-wipe', ...device])).output).toMatch(/^OK The wipe is taken back\.\n/);
    expect((await served.provision('--accept-wipe')).code).toBe(0);
  });

  test('to remove leaves nothing behind', async () => {
    const served = await serving();
    await served.provision();
    expect(await served.devices(['remove', ...device])).toMatchObject({
      code: 0,
      output: 'OK The device is forgotten.\n',
    });
    expect((await served.devices(['list'])).output).toBe('no devices\n');
    expect(await served.devices(['remove', ...device])).toMatchObject({
      code: 1,
      errors: 'error: Nothing is stored of this device. (UnknownDevice)\n',
    });
  });
});

describe('a wipe of the device', () => {
  test.each([
    ['yes', 0, /device: Ordered/],
    [' YES ', 0, /device: Ordered/],
    ['y', 1, /^(?!.*Ordered)/s],
    ['', 1, /^(?!.*Ordered)/s],
  ])('is confirmed on a terminal: %j', async (answer, expected, listed) => {
    const served = await serving();
    await served.provision();
    const { code, questions, output } = await served.devices(['wipe', ...device, '--scope', 'device'], { answer });
    expect({ code, questions }).toEqual({
      code: expected,
      questions: ['Wipe everything on d1 of lab? Type yes to go on: '],
    });
    expect(output === '').toBe(expected === 1);
    expect((await served.devices(['list'])).output).toMatch(listed);
  });

  test('is not asked about with --yes, nor one of the account', async () => {
    const served = await serving();
    await served.provision();
    const asked = [
      await served.devices(['wipe', ...device, '--scope', 'device', '--yes'], { answer: 'no' }),
      await served.devices(['wipe', ...device, '--scope', 'account'], { answer: 'no' }),
    ];
    expect(asked).toMatchObject([
      { code: 0, questions: [] },
      { code: 0, questions: [] },
    ]);
  });

  test('needs its scope named', async () => {
    expect((await devices('http://127.0.0.1:1', ['wipe', ...device])).code).toBe(2);
  });
});

describe('the policy', () => {
  test('is shown, replaced while the server runs, and removed', async () => {
    const served = await serving();
    await served.provision();
    expect((await served.devices(['policy'])).output).toContain('MinDevicePasswordLength             6 characters\n');
    expect(JSON.parse((await served.devices(['policy', '--json'])).output)).toEqual(referencePolicy);

    const path = temporaryPath('policy.json');
    writeFileSync(path, '{"AllowCamera":false}');
    expect((await served.devices(['policy', path])).output).toBe('OK The policy is replaced.\nAllowCamera  false\n');
    expect((await served.devices(['policy', '--json'])).output).toBe('{\n  "AllowCamera": false\n}\n');
    const { output } = await served.provision();
    expect(output).toContain('AllowCamera  false');

    const none = { input: new TextEncoder().encode('null') };
    expect((await served.devices(['policy', '-'], none)).output).toContain(
      'no policy: nothing is asked of any device\n',
    );
    expect((await served.provision()).output).toContain('the server has no policy for this device');
  });

  test('that may not be handed out is wrong usage, and stays where it is', async () => {
    const served = await serving();
    const path = temporaryPath('policy.json');
    writeFileSync(path, '{"MinDevicePasswordLength":99}');
    expect(await served.devices(['policy', path])).toMatchObject({
      code: 2,
      errors: `error: ${path}: EASProvisionDoc/MinDevicePasswordLength: Expected 1 to 16, or null. (ERR_POLICY_RANGE)\n`,
    });
    expect(JSON.parse((await served.devices(['policy', '--json'])).output)).toEqual(referencePolicy);
  });
});

test('the token is nowhere, in no spelling', async () => {
  const served = await serving();
  await served.provision();
  const wrong = 'wrong+token/9876543210==';
  const env = { EAS_ADMIN_TOKEN: wrong };
  const runs = [
    await served.devices(['list']),
    await served.devices(['show', ...device, '--json']),
    await served.devices(['list'], { env }),
    await devices('http://127.0.0.1:1', ['list']),
    await devices('not a url', ['list']),
    await devices(served.admin, ['list'], { env: { EAS_ADMIN_TOKEN: `${token}\n` } }),
  ];
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 1, 3, 2, 2]);
  const text = runs.map(({ output, errors }) => output + errors).join('') + served.terminal.output;
  for (const secret of [token, wrong]) for (const spelling of spellingsOf(secret)) expect(text).not.toContain(spelling);
});

describe('wrong usage is 2, and nothing is asked', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['frobnicate']],
    ['no device', ['show', 'lab']],
    ['a device id that is none', ['show', 'lab', '../policy']],
    ['a user that would be resolved away', ['show', '..', 'd1']],
    ['an unknown reason', ['reprovision', ...device, '--reason', 'RemoteWipeRequested']],
    ['an unknown scope', ['wipe', ...device, '--scope', 'everything']],
    ['an unknown state', ['list', '--state', 'Lost']],
    ['a file that is not there', ['policy', '/nowhere/at/all']],
  ])('%s', async (_what, argv) => {
    expect((await devices('http://127.0.0.1:1', argv)).code).toBe(2);
  });

  test.each(['somewhere', 'ftp://127.0.0.1', 'http://user:pass@127.0.0.1', 'http://127.0.0.1/?a=b'])(
    '--admin %s',
    async (admin) => {
      const { code, errors } = await devices(admin, ['list']);
      expect({ code, errors }).toEqual({ code: 2, errors: expect.stringMatching(/^error: --admin: /) });
    },
  );

  test('no token', async () => {
    expect((await devices('http://127.0.0.1:1', ['list'], { env: {} })).code).toBe(2);
  });
});

describe('a peer that is no administration', () => {
  async function peer(status: number, text: string, headers: Readonly<Record<string, string>> = {}) {
    const asked: string[] = [];
    const { url, close } = await listen(
      (request, response) => {
        asked.push(`${request.method} ${request.url}`);
        response.writeHead(status, headers).end(text);
      },
      { host: '127.0.0.1', port: 0 },
    );
    onTestFinished(() => close(0));
    return { admin: new URL(url).origin, asked };
  }

  test.each([
    ['a page', 200, '<html>', /is no administration\n$/],
    ['an error page', 502, '<html>', /^error: HTTP 502\n$/],
    ['an error of another shape', 400, '{"error":{"code":7}}', /^error: HTTP 400\n$/],
    ['control characters', 400, '{"error":{"code":"A\\u001b[2J","message":"b\\u009b"}}', /^error: b\? \(A\?\[2J\)\n$/],
  ])('%s is 1', async (_what, status, text, message) => {
    const { admin } = await peer(status, text);
    expect(await devices(admin, ['list'])).toMatchObject({ code: 1, errors: expect.stringMatching(message) });
  });

  test('is not followed elsewhere with the token', async () => {
    const elsewhere = await peer(200, '{}');
    const { admin } = await peer(307, '', { location: `${elsewhere.admin}/devices` });
    expect((await devices(admin, ['list'])).code).toBe(1);
    expect(elsewhere.asked).toEqual([]);
  });

  test.each(['[]', 'null', '7', '{"devices":[null,7,{"user":{}}]}', '{"history":[null,{"at":1}],"information":"x"}'])(
    'an answer of another shape is shown as far as it goes: %s',
    async (text) => {
      const { admin } = await peer(200, text);
      for (const argv of [['list'], ['show', 'lab', 'd1']]) expect((await devices(admin, argv)).code).toBe(0);
    },
  );

  test('may stand behind a path of its own', async () => {
    const { admin, asked } = await peer(200, '{}');
    await devices(`${admin}/eas/admin`, ['show', 'a/b ö', 'd1']);
    await devices(`${admin}/eas/admin/`, ['list', '--user', 'a&b']);
    expect(asked).toEqual(['GET /eas/admin/devices/a%2Fb%20%C3%B6/d1', 'GET /eas/admin/devices?user=a%26b']);
  });
});
