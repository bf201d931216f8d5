/** Recordings, told by both machines: ours, those of others, and spoiled ones. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { provisionRequest, provisionResponse, wbxml } from '../../src/codec/index.js';
import type { HttpRequest } from '../../src/http/index.js';
import type { Element } from '../../src/protocol/element.js';
import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../../src/protocol/provision.js';
import { type ProtocolVersion, versions } from '../../src/protocol/version.js';
import { fromRecording, type RecordedExchange } from '../../src/timeline/from-recording.js';
import { type Entry, sidesAfter } from '../../src/timeline/index.js';
import { marksIn } from '../../src/timeline/marks.js';
import { unwrap } from '../support/device.js';
import { createLink, type Link } from '../support/link.js';
import { sectionsOf } from '../transcripts/page.js';
import { recorded } from '../transcripts/wire.js';

const identity = { user: 'user@example.test', deviceId: 'DEVICE0001' };
const folderSync: Element = {
  name: 'FolderHierarchy:FolderSync',
  content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }],
};

const said = (entries: readonly Entry[]) => marksIn(entries).map(({ by, text }) => `${by}: ${text}`);

describe('what our own sides say to each other', () => {
  test('is never outside the specification, whatever happens and on whichever side it is recorded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...versions),
        fc.array(fc.constantFrom(...Object.keys(happenings)), { maxLength: 14 }),
        async (protocolVersion, names) => {
          const link = await happened(protocolVersion, names);
          const numbered = link.exchanges.map((exchange, at) => ({ seq: at + 1, ...exchange }));
          expect(said(fromRecording(numbered.filter(({ fate }) => fate !== 'request lost')))).toEqual([]);
          expect(said(fromRecording(numbered.filter(({ fate }) => fate === 'delivered')))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each(versions)('in %s leads to the states that they have', async (protocolVersion) => {
    const link = await happened(protocolVersion, ['run', 'change', 'run', 'run']);
    const entries = fromRecording(link.exchanges.map((exchange, at) => ({ seq: at + 1, ...exchange })));
    const sides = sidesAfter(entries.filter(({ session }) => session !== 'session'));
    const own = await link.client.state();
    expect([sides.client?.name, sides.client?.context.policyKey]).toEqual(['Provisioned', own.context.policyKey]);
    expect([sides.server?.name, sides.server?.context.policyKey]).toEqual(['Provisioned', own.context.policyKey]);
  });
});

async function happened(protocolVersion: ProtocolVersion, names: readonly string[]): Promise<Link> {
  const policy = { current: { DevicePasswordEnabled: true, MinDevicePasswordLength: 4 } };
  const wipes = { confirmWipe: () => true, wipe: () => {} };
  const link = createLink({ protocolVersion, ...wipes }, { policyFor: () => policy.current });
  for (const name of names) await happenings[name]?.(link, policy);
  return link;
}

type Happening = (link: Link, policy: { current: { MinDevicePasswordLength: number } }) => unknown;
const happenings: Readonly<Record<string, Happening>> = {
  run: ({ client }) => client.run({ name: 'FolderSync', document: folderSync }),
  provision: ({ client }) => client.provision(),
  change(_link, policy) {
    policy.current = { ...policy.current, MinDevicePasswordLength: (policy.current.MinDevicePasswordLength % 8) + 1 };
  },
  wipe: ({ under }) => under.server.devices.wipe(identity, 'device'),
  wipeAccount: ({ under }) => under.server.devices.wipe(identity, 'account'),
  cancel: ({ under }) => under.server.devices.cancelWipe(identity),
  require: ({ under }) => under.server.devices.require(identity, 'InvalidPolicyKey'),
  readmit: ({ under }) => under.server.devices.readmit(identity),
  loseRequest: ({ fates }) => fates.push('request lost'),
  loseAnswer: ({ fates }) => fates.push('response lost'),
  deliver: ({ fates }) => fates.push('delivered'),
  restart: (link) => link.restart(),
};

/** By hand, held against the last column of the pages in `test/transcripts`: what is not the specification's there. */
const outside: Readonly<Record<string, readonly string[]>> = {
  'aosp-full': [],
  'aosp-wipe': [],
  // HTTP 449 in 14.0.
  'deb411-rotate449': ['2 server', '7 server'],
  'deb411-v449': ['2 server'],
  'deb411-wap25': [],
  // GET; the driver's commands under temporary keys, before the acknowledgment passed by the server; 449 from 14.0 on.
  'horde-happy': [
    ...['4 client', '8 client', '8 server', '10 client', '384 client', '384 server', '386 client'],
    ...['757 server', '758 server', '760 client', '760 server', '762 client', '762 server', '765 server', '766 server'],
    ...['945 server', '946 server', '948 client', '948 server', '950 client', '950 server', '953 server', '954 server'],
  ],
  'tb5-v142-161': [],
};

const pages = readdirSync(new URL('../transcripts/', import.meta.url)).filter((name) => name.endsWith('.md'));

describe.each(pages.map((page) => page.replace('.md', '')))('the recording %s', (name) => {
  const exchanges = recorded(`${name}.jsonl`);

  test('is marked where it leaves the specification, and nowhere else', () => {
    const marks = marksIn(fromRecording(exchanges)).map(({ by, text }) => {
      const [, seq] = /^exchange (\d+): the (?:device|server) /.exec(text) ?? [];
      return `${seq} ${by}`;
    });
    expect(marks.sort(byNumber)).toEqual(outside[name]);
  });

  test('leads the server from state to state as our own server goes', () => {
    const [section] = sectionsOf(`${name}.md`).filter(({ title }) => title.startsWith('Our server'));
    const rows = (section?.tables[0] ?? []).filter(({ seq }) => seq !== '');
    expect(rows).toHaveLength(exchanges.length);
    for (const [at, { agreement, seq }] of rows.entries()) {
      const entries = fromRecording(exchanges.slice(0, at + 1));
      const own = entries.filter(({ session }) => session === entries.at(-1)?.session);
      const { name: state = 'Unprovisioned', context } = sidesAfter(own).server ?? {};
      if (agreement !== '') expect([seq, `${state} ${context?.policyKey ?? 0}`]).toEqual([seq, agreement]);
    }
  });
});

function byNumber(one: string, other: string): number {
  return Number.parseInt(one, 10) - Number.parseInt(other, 10) || (one < other ? -1 : 1);
}

describe('one word changed in a good recording', () => {
  /** Thunderbird, 16.1: 2 is refused, 3 asks, 4 acknowledges, 5 to 7 pass. */
  const good = recorded('tb5-v142-161.jsonl');
  const android = recorded('aosp-wipe.jsonl');
  const spoiled = (seq: number, change: (exchange: RecordedExchange) => RecordedExchange, of = good) =>
    said(fromRecording(of.map((exchange) => (exchange.seq === seq ? change(exchange) : exchange))));

  const asking =
    (change: (message: ProvisionRequestMessage) => ProvisionRequestMessage) =>
    ({ request, ...rest }: RecordedExchange): RecordedExchange => {
      const body = unwrap(provisionRequest.encode(change(unwrap(provisionRequest.decode(request.body)))));
      return { ...rest, request: { ...request, body } };
    };
  const answering =
    (change: (message: ProvisionResponseMessage) => ProvisionResponseMessage) =>
    ({ response, ...rest }: RecordedExchange): RecordedExchange => {
      const body = unwrap(provisionResponse.encode(change(unwrap(provisionResponse.decode(response.body)))));
      return { ...rest, response: { ...response, body } };
    };
  const under = (key: string) => (exchange: RecordedExchange) => withHeader(exchange, 'X-MS-PolicyKey', key);
  const as = (version: string) => (exchange: RecordedExchange) => withHeader(exchange, 'MS-ASProtocolVersion', version);
  const policyType = 'MS-EAS-Provisioning-WBXML';
  const acknowledging = (policyKey: string) => asking(() => ({ policies: [{ policyType, policyKey, status: 1 }] }));

  test('nothing changed is nothing marked', () => {
    expect(spoiled(1, (exchange) => exchange)).toEqual([]);
  });

  test('an acknowledgment under a wrong key, and the key that it earned', () => {
    expect(spoiled(4, acknowledging('77'))).toEqual([
      'client: exchange 4: the device acknowledges under key 77, and what is offered has key 1001234567 (MS-ASPROV R650)',
      'server: exchange 4: the server gives the permanent key 1002469134 without an acknowledgment of what it offered under key 1001234567 (MS-ASPROV R660)',
    ]);
  });

  test('the wrong key, rightly refused', () => {
    const refused = answering(() => ({ status: 1, policies: [{ policyType, status: 5 }] }));
    expect(spoiled(4, (exchange) => refused(acknowledging('77')(exchange))).slice(0, 1)).toEqual([
      'client: exchange 4: the device acknowledges under key 77, and what is offered has key 1001234567 (MS-ASPROV R650)',
    ]);
    const [, ...behind] = spoiled(4, (exchange) => refused(acknowledging('77')(exchange)));
    for (const mark of behind)
      expect(mark).toMatch(/exchange [567]: the (device|server) .*key 1002469134, which was never/);
  });

  test.each<[string, string, number, (exchange: RecordedExchange) => RecordedExchange]>([
    [
      'a command under a key that nobody gave',
      'client: exchange 5: the device sends FolderSync under key 99, which was never given',
      5,
      under('99'),
    ],
    [
      'and that passes',
      'server: exchange 5: the server lets FolderSync pass under key 99, which was never given',
      5,
      under('99'),
    ],
    [
      'a command under the temporary key',
      'client: exchange 5: the device sends FolderSync under 1001234567, a key for',
      5,
      under('1001234567'),
    ],
    [
      'and that passes',
      'server: exchange 5: the server lets FolderSync pass under key 1001234567, which is good',
      5,
      under('1001234567'),
    ],
    [
      'the temporary key given as the permanent one',
      'server: exchange 4: the server gives the permanent key 1001234567, which is the temporary one',
      4,
      answering((message) => ({ ...message, policies: [{ policyType, status: 1, policyKey: '1001234567' }] })),
    ],
    [
      'a policy under key 0',
      'server: exchange 3: the server offers a policy under key 0',
      3,
      answering(({ policies = [], ...rest }) => ({
        ...rest,
        policies: policies.map((each) => ({ ...each, policyKey: '0' })),
      })),
    ],
    [
      'a key beside a refusal',
      'server: exchange 4: the server gives a key beside a refusal',
      4,
      answering((message) => ({ ...message, status: 139 })),
    ],
    [
      'no DeviceInformation',
      'client: exchange 3: the device sends a Provision request that 16.1 does not have: Provision without DeviceInformation',
      3,
      asking(({ policies = [] }) => ({ policies })),
    ],
    [
      'the answer to a wipe that nobody directed',
      'client: exchange 4: the device says that a wipe of the device is done, and none was directed',
      4,
      asking(() => ({ remoteWipe: { status: 1 } })),
    ],
    [
      'a wipe of the account before 16.1',
      'server: exchange 3: the server directs a wipe that 14.1 does not have',
      3,
      (exchange) => as('14.1')(answering(() => ({ status: 1, accountOnlyRemoteWipe: true }))(exchange)),
    ],
    [
      'HTTP 449 from 14.0 on',
      'server: exchange 2: the server demands by HTTP 449 in 16.1',
      2,
      ({ response, ...rest }) => ({ ...rest, response: { ...response, status: 449 } }),
    ],
    [
      'a Status in the body up to 12.1',
      'server: exchange 2: the server demands by a Status in the body in 12.1',
      2,
      as('12.1'),
    ],
    [
      'an answer that is no Provision',
      'server: exchange 4: the server answers with a body that can not be read: ERR_PROVISION_SHAPE',
      4,
      ({ response, ...rest }) => ({ ...rest, response: { ...response, body: unwrap(wbxml.encode(folderSync)) } }),
    ],
    [
      'an answer cut short',
      'server: exchange 5: the server sends a body for FolderSync that can not be read: ERR_WBXML_TRUNCATED at offset',
      5,
      ({ response, ...rest }) => ({ ...rest, response: { ...response, body: response.body.slice(0, -1) } }),
    ],
    [
      'a request cut short',
      'client: exchange 4: the device sends a Provision request that can not be read: ERR_WBXML_TRUNCATED at offset',
      4,
      ({ request, ...rest }) => ({ ...rest, request: { ...request, body: request.body.slice(0, -1) } }),
    ],
    [
      'an answer to something else',
      'server: exchange 3: the server answers something else than what was asked',
      3,
      answering(() => ({ status: 1, policies: [] })),
    ],
    [
      'a method of its own',
      'client: exchange 5: the device sends what is no request: The method is neither POST nor OPTIONS.',
      5,
      ({ request, ...rest }) => ({ ...rest, request: { ...request, method: 'PUT' } }),
    ],
  ])('%s', (_what, mark, seq, change) => {
    expect(spoiled(seq, change).filter((text) => text.startsWith(mark))).toHaveLength(1);
  });

  test('a wipe that a device says it could not do is no fault, and one that it does twice is', () => {
    expect(
      spoiled(
        6,
        asking(() => ({ remoteWipe: { status: 2 } })),
        android,
      ),
    ).toEqual([]);
    const last = android.at(-1);
    expect(said(fromRecording([...android, ...(last ? [{ ...last, seq: 7 }] : [])]))).toEqual([
      'client: exchange 7: the device says that a wipe of the device is done, and none was directed',
    ]);
  });

  test('an acknowledgment that is repeated gets the same key, or the server is wrong', () => {
    const again = good.flatMap((exchange) => (exchange.seq === 4 ? [exchange, exchange] : [exchange]));
    expect(said(fromRecording(again))).toEqual([]);
    const another = answering((message) => ({ ...message, policies: [{ policyType, status: 1, policyKey: '5' }] }));
    const changed = good.flatMap((exchange) => (exchange.seq === 4 ? [exchange, another(exchange)] : [exchange]));
    expect(said(fromRecording(changed))).toEqual([
      'server: exchange 4: the server answers the repeated acknowledgment with another key, 5',
    ]);
  });

  test('a command under the temporary key, rightly refused, leaves the offer as it is', () => {
    const [refused] = good.filter(({ seq }) => seq === 2).map(under('1001234567'));
    const probed = good.flatMap((each) => (each.seq === 4 && refused ? [refused, each] : [each]));
    expect(said(fromRecording(probed))).toEqual([
      'client: exchange 2: the device sends FolderSync under 1001234567, a key for an acknowledgment alone (MS-ASPROV R626)',
    ]);
  });

  test('a device that comes under key 0 again has forgotten the one that it was given', () => {
    const entries = fromRecording(recorded('aosp-full.jsonl').slice(0, 5));
    expect(sidesAfter(entries).client).toMatchObject({ name: 'NeedsReprovision', context: { policyKey: '0' } });
    expect(sidesAfter(entries).server).toMatchObject({ name: 'Provisioned', context: { policyKey: '1002469134' } });
  });

  test('a command that passes after a wipe was ordered says that it is taken back', () => {
    const [passed] = recorded('aosp-full.jsonl').filter(({ seq }) => seq === 8);
    const cancelled = android.map((each) => (each.seq === 4 && passed ? { ...each, response: passed.response } : each));
    const entries = fromRecording(cancelled.slice(0, 4));
    expect(said(entries)).toEqual([]);
    expect(sidesAfter(entries).server?.context).toMatchObject({ reason: null, pending: null });
  });

  test('a key is the same in whatever spelling a server has it', () => {
    const padded = answering(({ policies = [], ...rest }) => ({
      ...rest,
      policies: policies.map((each) => ({ ...each, policyKey: `00${each.policyKey}` })),
    }));
    expect(said(fromRecording(good.map((each) => (each.seq === 3 || each.seq === 4 ? padded(each) : each))))).toEqual(
      [],
    );
  });

  test('letter case of a device id does not count', () => {
    const upper = ({ request, ...rest }: RecordedExchange) => {
      const url = request.url.replace(/(?<=DeviceId=)\w+/, (id) => id.toUpperCase());
      return { ...rest, request: { ...request, url } };
    };
    expect(said(fromRecording(good.map((each) => (each.seq > 4 ? upper(each) : each))))).toEqual([]);
    expect(new Set(fromRecording(good.map(upper)).map(({ session }) => session)).size).toBe(2);
  });

  test('a request that HTTP refuses is one that the server’s agreement never heard the end of', () => {
    const busy = ({ response, ...rest }: RecordedExchange) => ({
      ...rest,
      response: { ...response, status: 503, body: new Uint8Array() },
    });
    const again = good.flatMap((exchange) => (exchange.seq === 4 ? [busy(exchange), exchange] : [exchange]));
    expect(said(fromRecording(again))).toEqual([]);
  });

  test('an excerpt that begins with an agreement takes it as it is', () => {
    const entries = fromRecording(good.slice(4));
    expect(said(entries)).toEqual([]);
    expect(entries).toContainEqual(
      expect.objectContaining({
        kind: 'Note',
        text: 'The agreement under key 1002469134 is older than this recording.',
      }),
    );
    expect(sidesAfter(entries).server).toMatchObject({ name: 'Provisioned', context: { policyKey: '1002469134' } });
  });

  test('a session is a user and a device, and OPTIONS is nobody’s', () => {
    expect(new Set(fromRecording(good).map(({ session }) => session))).toEqual(
      new Set(['session', 'user@example.test/mztb1fa1bd10ffa2ecc81e8efd9c2969']),
    );
  });
});

function withHeader({ request, ...rest }: RecordedExchange, name: string, value: string): RecordedExchange {
  const others = Object.entries(request.headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { ...rest, request: { ...request, headers: Object.fromEntries([...others, [name, value]]) } };
}

test('whatever was recorded, it is told: bytes changed, exchanges lost, doubled, out of order', () => {
  const all = pages.flatMap((page) => recorded(page.replace('.md', '.jsonl')));
  const exchange = fc.constantFrom(...all).chain((one) =>
    fc.record({
      seq: fc.integer(),
      request: fc.record({
        method: fc.oneof(
          { weight: 9, arbitrary: fc.constant(one.request.method) },
          { weight: 1, arbitrary: fc.string() },
        ),
        url: fc.oneof({ weight: 9, arbitrary: fc.constant(one.request.url) }, { weight: 1, arbitrary: fc.string() }),
        headers: fc.constant(one.request.headers),
        body: spoilt(one.request.body),
      }) satisfies fc.Arbitrary<HttpRequest>,
      response: fc.record({
        status: fc.oneof(fc.constant(one.response.status), fc.integer({ min: 0, max: 999 })),
        headers: fc.constant(one.response.headers),
        body: spoilt(one.response.body),
      }),
    }),
  );
  fc.assert(
    fc.property(fc.array(exchange, { maxLength: 12 }), (exchanges) => {
      const entries = fromRecording(exchanges);
      const messages = entries.filter(({ kind }) => kind === 'Message');
      expect(messages).toHaveLength(2 * exchanges.length);
      for (const mark of marksIn(entries)) expect(mark.by).toMatch(/^(client|server)$/);
      expect(JSON.parse(JSON.stringify(entries))).toEqual(entries);
    }),
    { numRuns: 300 },
  );
});

function spoilt(body: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(body) },
    { weight: 1, arbitrary: fc.nat(body.length).map((length) => body.slice(0, length)) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.nat(Math.max(body.length - 1, 0)), fc.integer({ min: 0, max: 255 })).map(([at, byte]) => {
        const changed = body.slice();
        changed[at] = byte;
        return changed;
      }),
    },
  );
}
