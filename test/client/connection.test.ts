import { describe, expect, test } from 'vitest';
import { createAgreement } from '../../src/client/agreement.js';
import { createConnection } from '../../src/client/connection.js';
import {
  type ClientWarning,
  createProvisioningClient,
  type Observation,
  type Transport,
} from '../../src/client/index.js';
import type { ProvisioningClientOptions } from '../../src/client/options.js';
import { settingsOf } from '../../src/client/settings.js';
import { folderSync, world } from './support/client.js';
import type { Misbehavior, Peer, PeerOptions, Received } from './support/peer.js';

/** A world whose client asks for the version. */
function asking(peerOptions: PeerOptions, options: Partial<ProvisioningClientOptions> = {}) {
  const made = world(peerOptions, options);
  const { protocolVersion: _, ...rest } = made.options;
  return { ...made, options: rest };
}

describe('the version', () => {
  test('is the greatest that both know, asked for once (MS-ASHTTP 3.1.3)', async () => {
    const { peer, options } = asking({ versions: '2.0,2.1,2.5, 12.0,12.1,14.0,14.1 ,17.0' });
    const client = createProvisioningClient(options);
    expect(client.protocolVersion()).toBeNull();
    await Promise.all([client.run(folderSync), client.run(folderSync), client.provision()]);
    expect(client.protocolVersion()).toBe('14.1');
    expect(peer.asked().filter((asked) => asked === 'OPTIONS')).toHaveLength(1);
    expect(peer.received[0]).toMatchObject({
      url: 'https://mail.example.com/Microsoft-Server-ActiveSync',
      headers: { Authorization: 'Bearer token' },
    });
    expect(peer.received[0]?.headers).not.toHaveProperty('X-MS-PolicyKey');
    expect(peer.received[0]?.headers).not.toHaveProperty('Content-Type');
  });

  test.each([
    ['2.5', '2.5'],
    ['2.5,12.0', '12.0'],
  ])('of a server that knows %s is %s, by plain queries', async (offered, spoken) => {
    const { options } = asking({ versions: offered });
    const client = createProvisioningClient(options);
    await client.run(folderSync);
    expect(client.protocolVersion()).toBe(spoken);
  });

  test('is one with the base64 form where that is wanted', async () => {
    const { options } = asking({ versions: '2.5,12.0' }, { queryForm: 'base64', fallbackVersion: '12.1' });
    const client = createProvisioningClient(options);
    await client.run(folderSync);
    expect(client.protocolVersion()).toBe('12.1');
  });

  test.each([400, 403, 404, 405, 500, 501])('falls back to 14.1 where OPTIONS is refused with %i', async (status) => {
    const { options } = asking({ misbehave: ({ command }) => (command === 'OPTIONS' ? { status } : undefined) });
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
    expect(client.protocolVersion()).toBe('14.1');
  });

  test.each([401, 503])(
    'is asked for again where OPTIONS is answered with %i, which is the outcome',
    async (status) => {
      let isIll = true;
      const { peer, options } = asking({ misbehave: () => (isIll ? { status } : undefined) });
      const client = createProvisioningClient(options);
      expect(await client.run(folderSync)).toMatchObject({ kind: 'Refused', failure: { scope: 'Http', status } });
      expect(peer.asked()).toEqual(['OPTIONS']);
      isIll = false;
      expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
    },
  );

  test('a server that is not there is tried again by provision, and is an outcome of run', async () => {
    const { peer, options } = asking({ misbehave: (_, n) => (n <= 3 ? 'break' : undefined) });
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Unreachable', failure: { fault: 'Network' } });
    expect(await client.provision()).toMatchObject({ kind: 'Provisioned' });
    expect(peer.asked().slice(0, 4)).toEqual(['OPTIONS', 'OPTIONS', 'OPTIONS', 'OPTIONS']);
  });
});

describe('a redirection (451)', () => {
  test('is followed, under the same key, for this request and all to come', async () => {
    const { peer, options } = world({ misbehave: from('mail.example.com', 'https://new.example.com/') });
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
    expect(peer.received.map(({ url, policyKey }) => [new URL(url).host, policyKey])).toEqual([
      ['mail.example.com', '0'],
      ['new.example.com', '0'],
      ['new.example.com', '0'],
      ['new.example.com', '101'],
      ['new.example.com', '102'],
    ]);
    expect(peer.received[1]?.url).toContain('https://new.example.com/Microsoft-Server-ActiveSync?Cmd=FolderSync&');
  });

  test('is followed when OPTIONS is answered with it', async () => {
    const { options } = asking({ misbehave: from('mail.example.com', 'https://new.example.com') });
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
  });

  test.each(['http://new.example.com/', 'https://user:pw@new.example.com/', 'new.example.com', 'https://[/'])(
    'to %s is not followed',
    async (location) => {
      const { peer, options } = world({ misbehave: from('mail.example.com', location) });
      expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({
        kind: 'Refused',
        failure: { kind: 'Rejected', scope: 'Http', status: 451 },
      });
      expect(peer.asked()).toHaveLength(1);
    },
  );

  test('ends after three hops, and the client is where it was', async () => {
    const told: ClientWarning[] = [];
    const { peer, options } = world(
      { misbehave: (_, n) => to(`https://n${n}.example.com/`) },
      { warn: (warning) => told.push(warning) },
    );
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ failure: { status: 451 } });
    expect(peer.asked()).toHaveLength(4);
    expect(told).toMatchObject([{ kind: 'RedirectNotFollowed', why: 'TooManyHops' }]);
    await client.run(folderSync);
    expect(new URL(peer.received[4]?.url ?? '').host).toBe('mail.example.com');
  });

  test('on the loopback may stay without TLS, and not leave it', async () => {
    const started = world({ misbehave: from('127.0.0.1:8080', 'http://localhost:9090/') });
    const options = { ...started.options, url: 'http://127.0.0.1:8080' };
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ kind: 'Answered' });
    expect(new URL(started.peer.received[1]?.url ?? '').host).toBe('localhost:9090');
    const leaving = world({ misbehave: from('127.0.0.1:8080', 'http://mail.example.com/') });
    const local = { ...leaving.options, url: 'http://127.0.0.1:8080' };
    expect(await createProvisioningClient(local).run(folderSync)).toMatchObject({ failure: { status: 451 } });
    expect(leaving.peer.asked()).toHaveLength(1);
  });

  test('is remembered from any answer of the new place on, 449 among them', async () => {
    const demanding = ({ url }: Received, n: number) =>
      new URL(url).host === 'mail.example.com' ? to('https://new.example.com/') : n === 2 ? { status: 449 } : undefined;
    const { peer, options } = world({ misbehave: demanding });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ kind: 'Answered' });
    expect(hostsOf(peer)).toEqual(['mail.example.com', ...Array(4).fill('new.example.com')]);
  });

  test.each<[string, Misbehavior]>([
    ['says 404', { status: 404 }],
    ['says nothing', 'hang'],
    ['is not there', 'break'],
  ])('to a place that later %s leads home for the next request', async (_how, misbehavior) => {
    let isGone = false;
    const misbehave = ({ url }: Received) => {
      if (new URL(url).host === 'new.example.com') return isGone ? misbehavior : undefined;
      return isGone ? undefined : to('https://new.example.com/');
    };
    const { peer, options } = world({ misbehave });
    const client = createProvisioningClient(options);
    await client.run(folderSync);
    isGone = true;
    const { length } = peer.received;
    await client.run(folderSync);
    await client.run(folderSync);
    await client.run(folderSync);
    expect(hostsOf(peer).slice(length)).toEqual(['new.example.com', 'mail.example.com', 'mail.example.com']);
  });

  test('to another place keeps to it while that answers, whatever the status', async () => {
    const busy = ({ url }: Received, n: number) => {
      if (new URL(url).host === 'mail.example.com') return to('https://new.example.com/');
      return n > 5 ? { status: 503 } : undefined;
    };
    const { peer, options } = world({ misbehave: busy });
    const client = createProvisioningClient(options);
    for (let command = 0; command < 3; command++) await client.run(folderSync);
    expect(hostsOf(peer)).toEqual(['mail.example.com', ...Array(6).fill('new.example.com')]);
  });

  describe('to another site', () => {
    const away = () => from('mail.example.com', 'https://outlook.example.net');

    test('takes no credentials there without the word of the host', async () => {
      const told: ClientWarning[] = [];
      const { peer, options } = world({ misbehave: away() }, { warn: (warning) => told.push(warning) });
      expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({
        kind: 'Refused',
        failure: { scope: 'Http', status: 451 },
      });
      expect(peer.asked()).toHaveLength(1);
      expect(told).toEqual([
        {
          kind: 'RedirectNotFollowed',
          location: 'https://outlook.example.net/Microsoft-Server-ActiveSync',
          why: 'OtherSite',
        },
      ]);
    });

    test('is followed where the host agrees, which is asked once for each hop', async () => {
      const urls: string[] = [];
      const followRedirect = async (url: string) => urls.push(url) > 0;
      const { peer, options } = world({ misbehave: away() }, { followRedirect });
      const client = createProvisioningClient(options);
      expect(await client.run(folderSync)).toMatchObject({ kind: 'Answered' });
      await client.run(folderSync);
      expect(urls).toEqual(['https://outlook.example.net/Microsoft-Server-ActiveSync']);
      expect(peer.received.filter(({ url }) => new URL(url).host === 'mail.example.com')).toHaveLength(1);
    });

    test('is not followed for anything less than true', async () => {
      const { peer, options } = world({ misbehave: away() }, { followRedirect: () => 'yes' as never });
      await createProvisioningClient(options).run(folderSync);
      expect(peer.asked()).toHaveLength(1);
    });

    test('is a failure of the host where that throws', async () => {
      const { options } = world(
        { misbehave: away() },
        {
          followRedirect() {
            throw new Error('host');
          },
        },
      );
      expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({
        kind: 'Failed',
        failure: { kind: 'HostFailed', port: 'followRedirect' },
      });
    });
  });

  test.each([
    ['a place without TLS', 'http://new.example.com/'],
    ['nowhere', ''],
    ['far too long a place', 'x'.repeat(9000)],
  ])('to %s is warned of as not secure', async (_, location) => {
    const told: ClientWarning[] = [];
    const { options } = world(
      { misbehave: from('mail.example.com', location) },
      { warn: (warning) => told.push(warning) },
    );
    await createProvisioningClient(options).run(folderSync);
    expect(told).toEqual([{ kind: 'RedirectNotFollowed', why: 'NotSecure', location: location.slice(0, 2048) }]);
  });

  test('that names no place at all is warned of as well', async () => {
    const told: ClientWarning[] = [];
    const { options } = world({ misbehave: () => ({ status: 451 }) }, { warn: (warning) => told.push(warning) });
    await createProvisioningClient(options).run(folderSync);
    expect(told).toEqual([{ kind: 'RedirectNotFollowed', why: 'NotSecure', location: '' }]);
  });

  test('takes no longer than one request may', async () => {
    const { clock, options } = world({ misbehave: (_, n) => (n < 3 ? to(`https://n${n}.example.com/`) : 'hang') });
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ failure: { fault: 'Timeout' } });
    expect(clock.now()).toBe(30_000);
  });

  test('that comes too late sends nothing', async () => {
    const { clock, options } = world();
    let sent = 0;
    const transport: Transport = async () => {
      sent += 1;
      await clock.sleep(40_000);
      const headers = new Headers({ 'X-MS-Location': 'https://new.example.com/' });
      return { status: 451, headers, arrayBuffer: async () => new ArrayBuffer(0) };
    };
    const client = createProvisioningClient({ ...options, transport });
    expect(await client.run(folderSync)).toMatchObject({ failure: { fault: 'Timeout' } });
    await clock.sleep(60_000);
    expect(sent).toBe(1);
  });
});

describe('authorization', () => {
  test('is asked for with every request', async () => {
    let asked = 0;
    const { peer, options } = world(
      {},
      {
        authorization: async () => {
          asked += 1;
          return `Bearer ${asked}`;
        },
      },
    );
    await createProvisioningClient(options).provision();
    expect(peer.received.map(({ headers }) => headers.Authorization)).toEqual(['Bearer 1', 'Bearer 2']);
  });

  test('is Basic of user and password, in UTF-8 (RFC 7617)', async () => {
    const { peer, options } = world();
    const { authorization: _, ...rest } = options;
    await createProvisioningClient({ ...rest, user: 'test', password: '123£' }).run(folderSync);
    expect(peer.received[0]?.headers.Authorization).toBe('Basic dGVzdDoxMjPCow==');
  });

  test('is left out where there is none', async () => {
    const { peer, options } = world();
    const { authorization: _, ...rest } = options;
    await createProvisioningClient(rest).run(folderSync);
    expect(peer.received[0]?.headers).not.toHaveProperty('Authorization');
  });
});

describe('an observer', () => {
  test('is told of a request without an answer in time, with what was sent', async () => {
    const seen: Observation[] = [];
    const { options } = world({ misbehave: () => 'hang' }, { observe: (each) => seen.push(each) });
    await createProvisioningClient(options).run(folderSync);
    expect(seen).toMatchObject([{ n: 1, command: 'FolderSync', policyKey: '0', fault: 'Timeout', httpStatus: null }]);
    expect(seen[0]?.request.length).toBeGreaterThan(0);
  });

  test('is not told, and does not count, what was never sent', async () => {
    const seen: Observation[] = [];
    let isStuck = true;
    const authorization = () => (isStuck ? new Promise<string>(() => {}) : 'Bearer token');
    const { options } = asking({}, { authorization, observe: (each) => seen.push(each) });
    const client = createProvisioningClient(options);
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Unreachable', failure: { fault: 'Timeout' } });
    expect(seen).toEqual([]);
    isStuck = false;
    await client.run(folderSync);
    expect(seen[0]).toMatchObject({ n: 1, command: 'OPTIONS' });
  });
});

describe('what the host supplies and throws is an outcome that names the port', () => {
  const thrower = () => {
    throw new Error('host');
  };
  const failing = world();
  const owner = { user: 'alice', deviceId: 'ASPROV0001', deviceType: 'SmartPhone' };
  test.each<[string, Partial<ProvisioningClientOptions>]>([
    ['authorization', { authorization: thrower }],
    ['clock', { clock: { ...failing.clock, now: thrower } }],
  ])('%s', async (port, options) => {
    const client = createProvisioningClient({ ...failing.options, ...options });
    expect(await client.run(folderSync)).toMatchObject({ kind: 'Failed', failure: { kind: 'HostFailed', port } });
  });

  test.each([7, 'a\nb', ''])('authorization that is no header value: %j', async (value) => {
    const { peer, options } = world({}, { authorization: () => value as string });
    const cause = new TypeError('not a header value');
    const failure = { kind: 'HostFailed', port: 'authorization', cause };
    expect(await createProvisioningClient(options).run(folderSync)).toMatchObject({ kind: 'Failed', failure });
    expect(peer.asked()).toEqual([]);
  });

  const connected = (options: Partial<ProvisioningClientOptions>) => {
    const settings = settingsOf(world({}, options).options);
    const agreement = createAgreement(settings, () => {});
    return createConnection({ settings, agreement, warn: () => {}, seen: () => {} });
  };

  test('of whoever sends: nothing is rejected', async () => {
    const connection = connected({ authorization: thrower });
    const draft = { form: 'plain', ...owner, command: 'Sync', protocolVersion: '14.1', policyKey: '0' } as const;
    const sent = connection.send(
      () => ({ ok: true, value: { ...draft, body: new Uint8Array() } }),
      new AbortController().signal,
    );
    expect(await sent).toMatchObject({ result: { ok: false, error: { kind: 'HostFailed', port: 'authorization' } } });
  });

  test('what this library throws is none', async () => {
    const connection = connected({});
    const fault = new RangeError('ours');
    const draft = () => {
      throw fault;
    };
    await expect(connection.send(draft, new AbortController().signal)).rejects.toBe(fault);
  });
});

test('a cookie that has expired by the clock of the host is not sent back', async () => {
  const expires = (year: number) => `n${year}=1; Expires=Thu, 01 Jan ${year} 00:00:00 GMT`;
  const headers = { 'Set-Cookie': `${expires(1970)}, ${expires(2099)}` };
  const { peer, options } = world({ misbehave: () => ({ status: 200, headers }) });
  const client = createProvisioningClient(options);
  await client.run(folderSync);
  await client.run(folderSync);
  expect(peer.received[1]?.headers).toHaveProperty('Cookie', 'n2099=1');
});

function hostsOf({ received }: Peer) {
  return received.map(({ url }) => new URL(url).host);
}

function from(host: string, location: string) {
  return ({ url }: Received): Misbehavior | undefined => (new URL(url).host === host ? to(location) : undefined);
}

function to(location: string) {
  return { status: 451, headers: { 'X-MS-Location': location } };
}
