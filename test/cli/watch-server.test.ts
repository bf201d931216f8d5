/** `serve --inspect-port`, as a page sees it, over real sockets. */
import { writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCommandLine } from '../../src/cli/program.js';
import { createProvisioningClient, type ProvisioningClientOptions } from '../../src/client/index.js';
import { FakeTerminal } from './fake-terminal.js';
import { ask, entriesIn, pageIn, readLines, told } from './page.js';
import { account } from './peer.js';
import { temporaryPath } from './temporary.js';

const asAccount = `${account.user}:${account.password}`;

/** A running `serve` with a page, stopped with the test, and what the page gets to read. */
async function serving(...options: string[]) {
  const terminal = new FakeTerminal({ env: { EAS_ADMIN_TOKEN: 'administrator' } });
  const argv = ['serve', '--port', '0', '--inspect-port', '0', '--user', asAccount, ...options];
  const code = runCommandLine(argv, terminal);
  onTestFinished(async () => {
    terminal.stop();
    await code;
  });
  const wanted = options.includes('--admin-port') ? 3 : 2;
  const started = await terminal.untilLines(wanted);
  return { terminal, code, url: started[0] ?? '', started, ...pageIn(started.at(-1)) };
}

function clientOf(url: string, more: Partial<ProvisioningClientOptions> = {}) {
  return createProvisioningClient({
    url,
    ...account,
    device: { id: 'Phone1', type: 'Tablet', information: { Model: 'Confidential', PhoneNumber: '+49 30 123' } },
    protocolVersion: '14.1',
    applyPolicy: () => 1,
    ...more,
  });
}

/** The entries of a command that is refused, the exchange that follows, and the command again. */
const EXCHANGE = 25;

const folders = { name: 'FolderHierarchy:FolderSync', content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }] };

test('the page is told of after the URL, and ends with the server', async () => {
  const { terminal, code, started, origin } = await serving();
  expect(started).toHaveLength(2);
  expect((await ask({ port: new URL(origin).port }, '/')).body).toContain('<title>');
  terminal.stop();
  expect(await code).toBe(0);
  await expect(fetch(origin)).rejects.toThrow();
});

test('with an administration it comes third', async () => {
  const { started } = await serving('--admin-port', '0');
  expect(started[1]).toMatch(/^administration: /);
});

test('a whole exchange arrives in order, as it happens', async () => {
  const { url, origin, bearer } = await serving();
  const lines = await readLines(`${origin}/entries`, bearer);
  expect(await lines.take(1)).toEqual([{ mode: 'watch', title: 'The reference server' }]);
  const client = clientOf(url);
  expect(await client.run({ name: 'FolderSync', document: folders })).toMatchObject({ kind: 'Answered' });
  const entries = await entriesIn(lines, EXCHANGE);
  expect(told(entries)).toEqual([
    '-> FolderSync',
    'Delivered',
    'Unprovisioned PolicyDetermined Unprovisioned',
    '<- FolderSync 200',
    'Delivered',
    '-> Provision',
    'Delivered',
    'Unprovisioned PolicyDetermined Unprovisioned',
    'Unprovisioned PolicyRequested AwaitingPolicy',
    'AwaitingPolicy PolicyOffered Acknowledging',
    '<- Provision 200',
    'Delivered',
    '-> Provision',
    'Delivered',
    'Acknowledging PolicyDetermined Acknowledging',
    'Acknowledging PolicyAcknowledged Acknowledging',
    'Acknowledging PermanentKeyIssued Provisioned',
    '<- Provision 200',
    'Delivered',
    '-> FolderSync',
    'Delivered',
    'Provisioned PolicyDetermined Provisioned',
    'Provisioned CommandAdmitted Provisioned',
    '<- FolderSync 200',
    'Delivered',
  ]);
  expect(new Set(entries.map(({ session }) => session))).toEqual(new Set(['lab/phone1']));
  expect(entries[3]).toMatchObject({ answers: 1, refusal: { name: 'DeviceNotProvisioned', move: 'client' } });
  const times = entries.map(({ at }) => at);
  expect(times).toEqual([...times].sort((one, other) => one - other));

  // A page that opens now reads the same.
  const late = await readLines(`${origin}/entries`, bearer);
  expect((await late.take(1 + EXCHANGE)).slice(1)).toEqual(entries);
});

describe('of what is secret', () => {
  /** Values that stand nowhere else in a stream. */
  const policy =
    '{"DevicePasswordEnabled":true,"MaxInactivityTimeDeviceLock":7531,"UnapprovedInROMApplicationList":["solitaire.exe"]}';

  /** Provisions a device, and gives all that a page reads of it with all the keys that were minted. */
  async function streamOf(...options: string[]) {
    const path = temporaryPath('policy.json');
    writeFileSync(path, policy);
    const { url, origin, bearer } = await serving('--policy', path, '--admin-port', '0', ...options);
    const keys = new Set<string>();
    const lines = await readLines(`${origin}/entries`, bearer);
    const client = clientOf(url, { observe: ({ policyKey }) => policyKey && keys.add(policyKey) });
    await client.run({ name: 'FolderSync', document: folders });
    const text = JSON.stringify(await lines.take(1 + EXCHANGE));
    keys.delete('0');
    expect(keys.size).toBe(2);
    return { text, keys: [...keys] };
  }

  const credentials = [account.password, Buffer.from(asAccount).toString('base64'), 'Basic', 'administrator'];
  const contents = ['7531', 'solitaire', 'Confidential', '+49 30 123'];

  test('nothing is in the stream: no credentials, keys, policies or contents of bodies', async () => {
    const { text, keys } = await streamOf();
    for (const secret of [...credentials, ...contents, ...keys]) expect(text).not.toContain(secret);
    // The tags are, and the keys by names of their own.
    expect(text).toContain('<MaxInactivityTimeDeviceLock>…<');
    expect(text).toContain('<PolicyKey>K1<');
    expect(text).toContain('"policyKey":"K2"');
  });

  test('with --reveal keys, policies and bodies are, and credentials still not', async () => {
    const { text, keys } = await streamOf('--reveal');
    for (const secret of credentials) expect(text).not.toContain(secret);
    for (const shown of [...contents, ...keys]) expect(text).toContain(shown);
  });
});

test('devices that come at the same time are sessions of their own, each in order', async () => {
  const { url, origin, bearer } = await serving();
  const lines = await readLines(`${origin}/entries`, bearer);
  const ids = ['d1', 'd2', 'd3', 'd4'];
  const clients = ids.map((id) => clientOf(url, { device: { id, type: 'Tablet' } }));
  await Promise.all(clients.map((client) => client.run({ name: 'FolderSync', document: folders })));
  const entries = (await entriesIn(lines, 1 + 4 * EXCHANGE)).slice(1);
  const alone = entries.filter(({ session }) => session === 'lab/d1');
  expect(alone).toHaveLength(EXCHANGE);
  for (const id of ids) {
    const own = entries.filter(({ session }) => session === `lab/${id}`);
    expect(told(own)).toEqual(told(alone));
    const messages = own.filter((entry) => entry.kind === 'Message');
    const requests = messages.filter(({ direction }) => direction === 'request').map((message) => message.id);
    expect(messages.flatMap(({ answers }) => answers ?? [])).toEqual(requests);
  }
});

test('who is not known, or names no device, is a session of its own', async () => {
  const { url, origin, bearer } = await serving();
  const authorization = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  await fetch(url, { method: 'OPTIONS' });
  await fetch(url, { method: 'OPTIONS', headers: authorization('lab:guessed') });
  await fetch(url, { method: 'OPTIONS', headers: authorization(asAccount) });
  const lines = await readLines(`${origin}/entries`, bearer);
  const entries = (await entriesIn(lines, 13)).slice(1);
  expect(entries.map(({ session }) => session)).toEqual([...Array(8).fill('-/-'), ...Array(4).fill('lab/-')]);
  expect(entries[2]).toMatchObject({ httpStatus: 401, refusal: { name: 'BadCredentials', move: 'user' } });
  expect(JSON.stringify(entries)).not.toContain('guessed');
});

test('a body that is too long is told of as well', async () => {
  const { url, origin, bearer } = await serving();
  // The connection may be closed before the client is done writing, which it takes for a failure.
  await fetch(url, { method: 'POST', body: new Uint8Array(2 * 1024 * 1024) }).catch(() => {});
  const lines = await readLines(`${origin}/entries`, bearer);
  const entries = (await entriesIn(lines, 5)).slice(1);
  expect(told(entries)).toEqual(['-> POST', 'Delivered', '<- POST 413', 'Delivered']);
  expect(entries[2]).toMatchObject({ refusal: { name: 'BodyTooLarge' } });
});

test('an order of the administrator is told of in the session of the device, once', async () => {
  const { url, origin, bearer, started } = await serving('--admin-port', '0');
  const lines = await readLines(`${origin}/entries`, bearer);
  await clientOf(url).run({ name: 'FolderSync', document: folders });
  await lines.take(1 + EXCHANGE);
  const admin = started[1]?.replace('administration: ', '') ?? '';
  const terminal = new FakeTerminal({ env: { EAS_ADMIN_TOKEN: 'administrator' } });
  await runCommandLine(['devices', 'reprovision', 'lab', 'phone1', '--admin', admin], terminal);
  const [ordered] = await entriesIn(lines, 1);
  expect(told(ordered ? [ordered] : [])).toEqual(['Provisioned ReprovisionRequired NeedsReprovision']);
  expect(ordered?.session).toBe('lab/phone1');
  await fetch(url, { method: 'OPTIONS' });
  expect(told(await entriesIn(lines, 1))).toEqual(['-> OPTIONS']);
});

describe('what can not be', () => {
  test('a port that is taken is 3, is said, and nothing is left open', async () => {
    const { origin } = await serving();
    const { port } = new URL(origin);
    const terminal = new FakeTerminal({ env: { EAS_ADMIN_TOKEN: 'administrator' } });
    const argv = ['serve', '--user', 'a:b', '--port', '0', '--admin-port', '0', '--inspect-port', port];
    expect(await runCommandLine(argv, terminal)).toBe(3);
    expect(terminal.errors).toBe(`error: can not listen on 127.0.0.1 port ${port}: the port is in use\n`);
    expect(terminal.output).toBe('');
  });

  test('a server’s port that is taken takes the page with it', async () => {
    const { url } = await serving();
    const terminal = new FakeTerminal();
    const argv = ['serve', '--user', 'a:b', '--port', new URL(url).port, '--inspect-port', '0'];
    expect(await runCommandLine(argv, terminal)).toBe(3);
  });

  test('--reveal without a page is wrong usage', async () => {
    const terminal = new FakeTerminal();
    expect(await runCommandLine(['serve', '--user', 'a:b', '--port', '0', '--reveal'], terminal)).toBe(2);
    expect(terminal.errors).toBe('error: --reveal: expected with --inspect-port\n');
  });
});
