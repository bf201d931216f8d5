import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/cli/exit-code.js';
import { type ProbeCommandOptions, probeServer } from '../../src/cli/probe.js';
import { runCommandLine } from '../../src/cli/program.js';
import type { ProbeTransport } from '../../src/probe/ports.js';
import { brokenServers } from '../support/broken/servers.js';
import { administration, endpoint, sound, transportTo } from '../support/broken/world.js';
import { credentials } from '../support/device.js';
import { FakeTerminal } from './fake-terminal.js';
import { account, startPeer } from './peer.js';

const usual: ProbeCommandOptions = {
  user: credentials.user,
  password: credentials.password,
  secondUser: `mallory:${credentials.password}`,
  admin: administration.url,
  adminToken: administration.token,
  allowWipeConfirmation: true,
  protocolVersion: '14.1',
};
const elsewhere = 'https://mail.example.com';
const silent: ProbeTransport = () => Promise.reject(new Error('nobody is there'));

function brokenBy(finder: string): ProbeTransport {
  const server = brokenServers.find((row) => row.finder === finder);
  if (!server) throw new Error(finder);
  return transportTo(server);
}

describe('over a socket, against our server', () => {
  test('what can be tried without its administration holds', async () => {
    const { url } = await startPeer();
    const terminal = new FakeTerminal({ env: { EAS_PASSWORD: account.password } });
    const argv = ['probe', url, '--user', account.user, '--protocol-version', '14.1'];
    expect(await runCommandLine(argv, terminal)).toBe(exitCodes.Done);
    expect(terminal.errors).toBe('');
    expect(terminal.lines[0]).toBe(`Probing ${url} as lab, in 14.1`);
    expect(terminal.lines[1]).toMatch(/^Devices PROBE[\dA-F]{12}0001 and on$/);
    expect(terminal.lines).toContain(
      'OK I1.invented-key          A key that was never offered is acknowledged, without a download before.',
    );
    expect(terminal.lines).toContain('     not tried: 14.1: it needs the administration of the server (--admin)');
    expect(terminal.lines.at(-1)).toMatch(/^\d+ hold, 0 broken, \d+ not tried; \d+ devices$/);
    expect(terminal.output).not.toContain(account.password);
  });

  test('nobody listens: 3', async () => {
    const { url, server } = await startPeer();
    const terminal = new FakeTerminal();
    const gone = url.replace(/:\d+/, ':1');
    const argv = ['probe', gone, '--user', account.user, '--password', 'x', '--json'];
    expect(await runCommandLine(argv, terminal)).toBe(exitCodes.Unreachable);
    expect(terminal.errors).toMatch(/^error: can not reach http:\/\/127\.0\.0\.1:1: no connection/);
    expect(await server.devices.list()).toEqual({ devices: [], unreadable: [] });
  });
});

describe('the report', () => {
  test('a broken promise is shown with its exchanges, and the exit code is 1', async () => {
    const terminal = new FakeTerminal();
    const code = await probeServer(endpoint, usual, terminal, brokenBy('I2.temporary-key'));
    expect(code).toBe(exitCodes.Refused);
    const at = terminal.lines.findIndex((line) => line.startsWith('NO I2.temporary-key'));
    expect(terminal.lines.slice(at + 1, at + 7)).toEqual([
      '     broken: 14.1: FolderSync passes under the temporary key',
      '     in 14.1',
      '     --> Provision: key 0, protocol 14.1',
      '     <-- HTTP 200, Status 1',
      expect.stringMatching(/^ {5}--> FolderSync: key [1-9]\d*, protocol 14\.1$/),
      '     <-- HTTP 200',
    ]);
    expect(terminal.lines.slice(-2)).toEqual([
      expect.stringMatching(/^34 hold, 1 broken, 1 not tried; \d+ devices$/),
      'Broken: I2',
    ]);
  });

  test('--verbose shows every exchange with its bodies', async () => {
    const terminal = new FakeTerminal();
    await probeServer(endpoint, { ...usual, verbose: true }, terminal, transportTo(sound));
    expect(terminal.output).toMatch(
      /--> POST \/Microsoft-Server-ActiveSync\?Cmd=FolderSync&\S+: no key, protocol 14\.1/,
    );
    expect(terminal.lines).toContain('           Provision(RemoteWipe(Status=2))');
    expect(terminal.lines).toContain('           FolderSync(Status=142)');
  });

  test('--json is one object; bodies are in it with --verbose', async () => {
    for (const verbose of [true, undefined] as const) {
      const terminal = new FakeTerminal();
      const options = { ...usual, json: true, ...(verbose && { verbose }) } as const;
      expect(await probeServer(endpoint, options, terminal, transportTo(sound))).toBe(exitCodes.Done);
      const [exchange] = JSON.parse(terminal.output).results[0].evidence[0].exchanges;
      expect(exchange).toMatchObject({ command: 'FolderSync', httpStatus: 200, status: 144 });
      expect(Object.hasOwn(exchange, 'received')).toBe(verbose === true);
      expect(terminal.output).not.toContain(credentials.password);
    }
  });

  test('where nothing could be tried, nothing holds: 1', async () => {
    const open = transportTo({ ...sound, options: () => ({ policyFor: () => null }) });
    const terminal = new FakeTerminal();
    expect(await probeServer(endpoint, usual, terminal, open)).toBe(exitCodes.Refused);
    expect(terminal.lines.at(-1)).toMatch(/^0 hold, 0 broken, 36 not tried/);
  });

  test('a wrong password, and a version that is not there: 1', async () => {
    const tried: readonly (readonly [Partial<ProbeCommandOptions>, string])[] = [
      [{ password: 'wrong' }, 'error: http://127.0.0.1 answers OPTIONS with HTTP 401\n'],
      [{ protocolVersion: '16.0' }, 'error: http://127.0.0.1 offers none of the versions to probe in: 12.1, 14.1\n'],
    ];
    for (const [options, error] of tried) {
      const terminal = new FakeTerminal();
      const code = await probeServer(endpoint, { ...usual, ...options }, terminal, transportTo(sound));
      expect([code, terminal.errors]).toEqual([exitCodes.Refused, error]);
    }
  });
});

describe('a host that is not the loopback', () => {
  const sent: string[] = [];
  const counting: ProbeTransport = (request) => {
    sent.push(request.url);
    return silent(request);
  };

  test.each([
    ['yes', exitCodes.Unreachable, 1],
    ['no', exitCodes.Refused, 0],
    ['', exitCodes.Refused, 0],
  ] as const)('is asked about, and touched only after yes: %j', async (answer, code, count) => {
    sent.length = 0;
    const terminal = new FakeTerminal({ answer });
    const { admin: _, adminToken: __, ...options } = usual;
    expect(await probeServer(elsewhere, options, terminal, counting)).toBe(code);
    expect(terminal.questions).toEqual([
      `Attack mail.example.com as ${credentials.user}? It has to be yours. Type yes to go on: `,
    ]);
    expect(sent).toHaveLength(count);
  });

  test('so is an administration elsewhere', async () => {
    const terminal = new FakeTerminal({ answer: 'no' });
    await probeServer(endpoint, { ...usual, admin: 'https://admin.example.com' }, terminal, silent);
    expect(terminal.questions).toEqual([expect.stringMatching(/^Attack admin\.example\.com as /)]);
  });

  test('with --yes nothing is asked', async () => {
    const terminal = new FakeTerminal({ answer: 'no' });
    expect(await probeServer(elsewhere, { ...usual, yes: true }, terminal, silent)).toBe(exitCodes.Unreachable);
    expect(terminal.questions).toEqual([]);
  });

  test('with nobody to ask, nothing is sent: 2', async () => {
    const terminal = new FakeTerminal();
    const argv = ['probe', elsewhere, '--user', 'anna', '--password', 'x'];
    expect(await runCommandLine(argv, terminal)).toBe(exitCodes.Usage);
    expect(terminal.errors).toBe('error: mail.example.com is not the loopback: add --yes if it is yours to attack\n');
  });
});

describe('arguments that can not be meant are told, and nothing is sent', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['a URL that is none', ['ftp://127.0.0.1', '--password', 'x'], /URL: expected http or https/],
    ['no password', ['http://127.0.0.1'], /a password is needed/],
    [
      'a second user without a password',
      ['http://127.0.0.1', '--password', 'x', '--second-user', 'bob'],
      /--second-user/,
    ],
    ['the same user twice', ['http://127.0.0.1', '--password', 'x', '--second-user', 'anna:y'], /another account/],
    [
      'a token without an administration',
      ['http://127.0.0.1', '--password', 'x', '--admin-token', 't'],
      /--admin-token/,
    ],
    [
      'an administration without a token',
      ['http://127.0.0.1', '--password', 'x', '--admin', 'http://[::1]'],
      /a token is/,
    ],
    [
      'an administration that is no URL',
      ['http://127.0.0.1', '--password', 'x', '--admin', 'there'],
      /--admin: expected/,
    ],
  ])('%s', async (_what, argv, error) => {
    const terminal = new FakeTerminal();
    expect(await runCommandLine(['probe', ...argv, '--user', 'anna'], terminal)).toBe(exitCodes.Usage);
    expect(terminal.errors).toMatch(error);
  });
});
