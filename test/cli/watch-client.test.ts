/** `provision --inspect`, as a page sees it, over real sockets. */
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { start, step } from '../../machines/index.js';
import { runCommandLine } from '../../src/cli/program.js';
import { watchClient } from '../../src/cli/watch-client.js';
import { createTeller } from '../../src/cli/watch-teller.js';
import { createProvisioningClient, type Observation } from '../../src/client/index.js';
import { type Entry, everything } from '../../src/timeline/index.js';
import { FakeTerminal } from './fake-terminal.js';
import { entriesIn, pageIn, readLines, told } from './page.js';
import { account, startPeer } from './peer.js';

/** A `provision --inspect` under way, stopped with the test, and where its page is. */
async function provisioning(url: string, ...options: string[]) {
  const terminal = new FakeTerminal({ env: { EAS_PASSWORD: account.password } });
  const argv = ['provision', url, '--user', account.user, '--device-id', 'Phone1', '--inspect', ...options];
  const code = runCommandLine(argv, terminal);
  onTestFinished(async () => {
    terminal.stop();
    await code;
  });
  const [line] = await terminal.untilLines(1);
  return { terminal, code, line };
}

const session = [
  '-> FolderSync',
  'Delivered',
  '<- FolderSync 200',
  'Delivered',
  'Unprovisioned ReprovisionRequired NeedsReprovision',
  'NeedsReprovision RetryDue NeedsReprovision',
  'NeedsReprovision PolicyRequested AwaitingPolicy',
  '-> Provision',
  'Delivered',
  '<- Provision 200',
  'Delivered',
  'AwaitingPolicy PolicyOffered Acknowledging',
  'Acknowledging PolicyAcknowledged Acknowledging',
  '-> Provision',
  'Delivered',
  '<- Provision 200',
  'Delivered',
  'Acknowledging PermanentKeyIssued Provisioned',
  '-> FolderSync',
  'Delivered',
  '<- FolderSync 200',
  'Delivered',
  'Provisioned CommandAdmitted Provisioned',
];

test('the page comes before the first request, shows the whole session, and stays until it is stopped', async () => {
  const { url } = await startPeer();
  const { terminal, code, line } = await provisioning(url);
  const { origin, bearer } = pageIn(line);
  const lines = await readLines(`${origin}/entries`, bearer);
  expect(await lines.take(1)).toEqual([{ mode: 'watch', title: `Device Phone1 of lab at ${url}` }]);
  const entries = await entriesIn(lines, 4 + session.length);
  expect(told(entries)).toEqual(['-> OPTIONS', 'Delivered', '<- OPTIONS 200', 'Delivered', ...session]);
  expect(new Set(entries.map((entry) => entry.session))).toEqual(new Set(['lab/Phone1']));
  for (let count = 2; !terminal.output.includes('The policy asks for'); count++) await terminal.untilLines(count);
  expect((await fetch(origin)).status).toBe(200);
  terminal.stop();
  expect(await code).toBe(0);
  expect(terminal.errors).toBe('The inspector goes on until it is stopped (Ctrl-C).\n');
  await expect(fetch(origin)).rejects.toThrow();
});

describe('of what is secret', () => {
  async function streamOf(...options: string[]) {
    const minted = ['1234567891', '1234567892'];
    const keys = [...minted];
    const { url } = await startPeer({
      mintKey: () => keys.shift() ?? '1',
      policyFor: () => ({ DevicePasswordEnabled: true, MaxInactivityTimeDeviceLock: 7531 }),
    });
    const { line } = await provisioning(url, '--protocol-version', '14.1', ...options);
    const { origin, bearer } = pageIn(line);
    return {
      text: JSON.stringify(await (await readLines(`${origin}/entries`, bearer)).take(1 + session.length)),
      minted,
    };
  }
  const credentials = [account.password, Buffer.from(`lab:${account.password}`).toString('base64'), 'Basic'];

  test('nothing is in the stream: no credentials, keys, policies or contents of bodies', async () => {
    const { text, minted } = await streamOf();
    for (const secret of [...credentials, ...minted, '7531']) expect(text).not.toContain(secret);
    expect(text).toContain('<MaxInactivityTimeDeviceLock>…<');
    expect(text).toContain('"policyKey":"K2"');
  });

  test('with --reveal keys, policies and bodies are, and credentials still not', async () => {
    const { text, minted } = await streamOf('--reveal');
    for (const secret of credentials) expect(text).not.toContain(secret);
    for (const shown of [...minted, '7531']) expect(text).toContain(shown);
  });
});

test('with --json the page is told of on standard error, and the report alone on standard output', async () => {
  const { url } = await startPeer();
  const terminal = new FakeTerminal({ env: { EAS_PASSWORD: account.password } });
  const code = runCommandLine(['provision', url, '--user', account.user, '--json', '--inspect'], terminal);
  await terminal.untilLines(1);
  terminal.stop();
  expect(await code).toBe(0);
  expect(JSON.parse(terminal.output)).toMatchObject({ state: 'Provisioned' });
  expect(() => pageIn(terminal.errors.split('\n')[0])).not.toThrow();
});

test('the exit code is that of the outcome, and the refusal is explained', async () => {
  const { url } = await startPeer();
  const { terminal, code, line } = await provisioning(url, '--password', 'guessed');
  const { origin, bearer } = pageIn(line);
  const entries = await entriesIn(await readLines(`${origin}/entries`, bearer), 5);
  expect(entries[3]).toMatchObject({ httpStatus: 401, refusal: { name: 'Unauthorized', move: 'user' } });
  terminal.stop();
  expect(await code).toBe(1);
});

test('a server that hangs up: the request is lost, as far as can be known', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const { terminal, code, line } = await provisioning(url, '--retry', '0', '--protocol-version', '14.1');
  const { origin, bearer } = pageIn(line);
  const [, ...entries] = await entriesIn(await readLines(`${origin}/entries`, bearer), 4);
  expect(told(entries)).toEqual([
    '-> FolderSync',
    'Lost',
    'No answer came: the network failed, on the way there or back.',
  ]);
  terminal.stop();
  expect(await code).toBe(3);
});

test('--reveal without a page is wrong usage', async () => {
  const terminal = new FakeTerminal({ env: { EAS_PASSWORD: 'x' } });
  expect(await runCommandLine(['provision', 'http://127.0.0.1:1', '--user', 'lab', '--reveal'], terminal)).toBe(2);
  expect(terminal.errors).toBe('error: --reveal: expected with --inspect\n');
});

test('commands that run at the same time keep their answers, and no fact comes before the answer that told it', async () => {
  const { url } = await startPeer();
  const entries: Entry[] = [];
  const teller = createTeller(
    { append: (...more) => void entries.push(...more) },
    { messages: everything, transition: (transition) => transition },
  );
  const watched = watchClient(teller, 'a session');
  const client = createProvisioningClient({
    url,
    ...account,
    device: { id: 'd1', type: 'Tablet' },
    applyPolicy: () => 1,
    ...watched,
  });
  const keyed = (key: string) => ({
    name: 'FolderHierarchy:FolderSync',
    content: [{ name: 'FolderHierarchy:SyncKey', content: key }],
  });
  const commands = ['0', '1', '2'].map((key) => client.run({ name: 'FolderSync', document: keyed(key) }));
  for (const outcome of await Promise.all(commands)) expect(outcome.kind).toBe('Answered');
  watched.end();

  const messages = entries.filter((entry) => entry.kind === 'Message');
  const requests = messages.filter(({ direction }) => direction === 'request');
  const answers = messages.filter(({ direction }) => direction === 'answer');
  expect(answers.map((answer) => answer.answers).sort()).toEqual(requests.map(({ id }) => id).sort());
  for (const answer of answers) {
    const request = requests.find(({ id }) => id === answer.answers);
    expect(request?.command).toBe(answer.command);
    expect(entries.indexOf(answer)).toBeGreaterThan(request ? entries.indexOf(request) : Number.POSITIVE_INFINITY);
  }
  const permanent = entries.findIndex(
    (entry) => entry.kind === 'Transition' && entry.event.type === 'PermanentKeyIssued',
  );
  const acknowledged = answers.filter(({ command }) => command === 'Provision').at(-1);
  expect(permanent).toBeGreaterThan(acknowledged ? entries.indexOf(acknowledged) : Number.POSITIVE_INFINITY);
});

describe('where requests are under way at the same time', () => {
  const state = start('client');
  const event = { type: 'PolicyRequested' } as const;
  const [after, effects] = step(state, event);
  const url = 'http://127.0.0.1/Microsoft-Server-ActiveSync?Cmd=Ping&User=lab&DeviceId=d1&DeviceType=SP';
  const observed = (n: number, body: number): Observation => ({
    n,
    command: 'Ping',
    policyKey: '0',
    url,
    protocolVersion: '14.1',
    httpStatus: 200,
    statuses: {},
    fault: null,
    problem: null,
    request: Uint8Array.of(body),
    response: new Uint8Array(),
    requestHeaders: {},
    responseHeaders: {},
    state,
  });

  function watching() {
    const entries: Entry[] = [];
    const teller = createTeller(
      { append: (...more) => void entries.push(...more) },
      { messages: everything, transition: (transition) => transition },
    );
    const watched = watchClient(teller, 'a session', () => new Promise(() => {}));
    const send = (body: number) => {
      const init = { method: 'POST', headers: {}, signal: new AbortController().signal, redirect: 'manual' } as const;
      void watched.transport(url, { ...init, body: Uint8Array.of(body) });
    };
    return { entries, watched, send };
  }

  test('each answer is that of the request with the same body', () => {
    const { entries, watched, send } = watching();
    send(1);
    send(2);
    watched.observe(observed(1, 2));
    watched.observe(observed(2, 1));
    expect(entries.flatMap((entry) => (entry.kind === 'Message' ? (entry.answers ?? []) : []))).toEqual([2, 1]);
  });

  test('a fact that waits for an answer is told at the end at the latest, once', () => {
    const { entries, watched, send } = watching();
    send(1);
    watched.inspect({ before: state, event, after, effects });
    expect(told(entries)).toEqual(['-> Ping']);
    watched.end();
    watched.end();
    expect(told(entries)).toEqual(['-> Ping', 'Unprovisioned PolicyRequested AwaitingPolicy']);
  });
});
