import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edgeOf, start, step } from '../../machines/index.js';
import { interpret, interpretAnswer, type ProvisionFact, type Question } from '../../src/client/interpret.js';
import { provisionResponse } from '../../src/codec/index.js';
import type { ProvisionResponseMessage, ResponsePolicy } from '../../src/protocol/provision.js';
import { type ProtocolVersion, versions } from '../../src/protocol/version.js';
import { provisionResponseMessage } from '../support/arbitraries/provision.js';
import { exchanges } from '../support/transcripts.js';

type Asked = Parameters<typeof interpret>[0];

const everyRequest = ['InitialRequest', 'EmptyRequest', 'PolicyAcknowledgment', 'WipeAcknowledgment'] as const;
const anyRequest = fc.constantFrom<Asked>(...everyRequest);
const anyVersion = fc.constantFrom(...versions);
/** Messages of the statuses, types and keys that decide: one in three tells of a key. */
const likelyPolicy: fc.Arbitrary<ResponsePolicy> = fc.record(
  {
    policyType: fc.constantFrom('MS-EAS-Provisioning-WBXML', 'MS-WAP-Provisioning-XML'),
    status: fc.constantFrom(1, 1, 1, 2, 3, 4, 5),
    policyKey: fc.constantFrom('7', '8', '4294967295'),
    data: fc.constantFrom('<wap/>', { DevicePasswordEnabled: true }),
  },
  { requiredKeys: ['status', 'policyKey', 'data'], noNullPrototype: true },
);
const likelyMessage: fc.Arbitrary<ProvisionResponseMessage> = fc.record(
  {
    status: fc.constantFrom(1, 1, 1, 1, 2, 3, 139),
    policies: fc.array(likelyPolicy, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['policies'], noNullPrototype: true },
);
const possible = [
  'PolicyOffered',
  'PolicyNotDefined',
  'PermanentKeyIssued',
  'ProvisionRejected',
  'WipeDirected',
  'WipeNotDirected',
  'ExchangeFailed',
];

describe('interpret', () => {
  test('tells exactly one fact, a stored state of which can be read back, of whatever bytes', () => {
    const body = fc.oneof(fc.uint8Array({ maxLength: 200 }), encoded(provisionResponseMessage));
    const status = fc.oneof(fc.constant(200), fc.integer({ min: 0, max: 999 }));
    fc.assert(
      fc.property(anyRequest, anyVersion, status, body, (asked, version, status, body) => {
        const fact = interpret(asked, { status, headers: {}, body }, version);
        expect(possible).toContain(fact.type);
        expect(JSON.parse(JSON.stringify({ ...fact, policy: null }))).toEqual({ ...fact, policy: null });
      }),
      { numRuns: 500 },
    );
  });

  test('tells of a key only where Provision Status and Policy Status are both 1 (I18)', () => {
    fc.assert(
      fc.property(anyRequest, anyVersion, likelyMessage, (asked, version, message) => {
        const fact = interpret(asked, ok(bytesOf(message)), version);
        fc.pre('policyKey' in fact);
        expect(message.status ?? 1).toBe(1);
        expect(message.policies).toContainEqual(expect.objectContaining({ status: 1, policyKey: fact.policyKey }));
        expect(fact.type).toBe(asked === 'PolicyAcknowledgment' ? 'PermanentKeyIssued' : 'PolicyOffered');
      }),
      { numRuns: 500 },
    );
  });

  test('tells of a directive whatever stands beside it, of the account from 16.1 on', () => {
    fc.assert(
      fc.property(anyRequest, anyVersion, provisionResponseMessage, (asked, version, { remoteWipe: _, ...message }) => {
        const device = bytesOf({ ...message, remoteWipe: true });
        const account = bytesOf({ ...message, accountOnlyRemoteWipe: true });
        expect(interpret(asked, ok(device), version)).toEqual({ type: 'WipeDirected', scope: 'device' });
        expect(interpret(asked, ok(account), version)).toEqual(
          version === '16.1' ? { type: 'WipeDirected', scope: 'account' } : malformed,
        );
      }),
    );
  });

  test('tells the HTTP status and nothing else where it is no success', () => {
    const refusals = fc.integer({ min: 300, max: 599 });
    fc.assert(
      fc.property(anyRequest, refusals, provisionResponseMessage, (asked, status, message) => {
        const fact = interpret(asked, { status, headers: {}, body: bytesOf(message) }, '14.1');
        expect(fact).toEqual({ type: 'ProvisionRejected', scope: 'Http', status });
      }),
    );
  });

  test('tells only facts that the machine has an edge for where it asked', () => {
    const [awaiting] = step(start('client'), { type: 'PolicyRequested' });
    fc.assert(
      fc.property(anyVersion, likelyMessage, (version, message) => {
        const fact = interpret('InitialRequest', ok(bytesOf(message)), version);
        fc.pre(!('policyKey' in fact && fact.policyKey === '0'));
        expect(edgeOf(awaiting, fact)?.id).toMatch(/^AwaitingPolicy\./);
      }),
    );
  });
});

describe('a server that does not know the command', () => {
  const refusal = (status: number): ProvisionFact => ({ type: 'ProvisionRejected', scope: 'Http', status });
  const answered = (status: number, question: Partial<Question>) =>
    interpretAnswer(
      { asked: 'InitialRequest', version: '14.1', ...question },
      { status, headers: {}, body: new Uint8Array() },
    ).fact;

  test.each([405, 501])('has no policy for a device that asks of its own accord: HTTP %i', (status) => {
    expect(answered(status, { ofOwnAccord: true })).toEqual({ type: 'PolicyNotDefined' });
    expect(answered(status, {})).toEqual(refusal(status));
    expect(answered(status, { ofOwnAccord: true, asked: 'EmptyRequest' })).toEqual(refusal(status));
  });

  test('says so by HTTP: another refusal, or the same number in the body, is a refusal', () => {
    expect(answered(403, { ofOwnAccord: true })).toEqual(refusal(403));
    const question = { asked: 'InitialRequest', version: '14.1', ofOwnAccord: true } as const;
    for (const status of [405, 501])
      expect(interpretAnswer(question, ok(bytesOf({ status }))).fact).toEqual(rejected('Provision', status));
  });
});

const malformed: ProvisionFact = { type: 'ExchangeFailed', fault: 'Malformed' };
const type = 'MS-EAS-Provisioning-WBXML';
const wap = 'MS-WAP-Provisioning-XML';
const data = { DevicePasswordEnabled: true };
const offered: ProvisionFact = { type: 'PolicyOffered', policyKey: '7', policy: data, revision: null };
const offer = { policyType: type, status: 1, policyKey: '7', data };
const issued = { policyType: type, status: 1, policyKey: '8' };

/** What the answer says, to which request it is the answer, in which version, and the fact. */
type Case = readonly [
  name: string,
  asked: Asked,
  message: ProvisionResponseMessage,
  fact: ProvisionFact,
  ProtocolVersion?,
];

const cases: readonly Case[] = [
  ['an offer', 'InitialRequest', { status: 1, policies: [offer] }, offered],
  ['an offer without Provision Status', 'InitialRequest', { policies: [offer] }, offered],
  ['an offer without PolicyType', 'InitialRequest', policies({ status: 1, policyKey: '7', data }), offered],
  [
    'an offer with blanks around PolicyType',
    'InitialRequest',
    policies({ ...offer, policyType: ` ${type}\n` }),
    offered,
  ],
  [
    'an offer behind one of the other type [R1033]',
    'InitialRequest',
    policies({ ...offer, policyType: wap }, offer),
    offered,
  ],
  [
    'an offer of a policy without settings',
    'InitialRequest',
    policies({ ...offer, data: {} }),
    { ...offered, policy: {} },
  ],
  ['an offer in answer to the empty form', 'EmptyRequest', policies(offer), offered],
  [
    'a WAP document',
    'InitialRequest',
    policies({ ...offer, policyType: wap, data: '<wap/>' }),
    { ...offered, policy: '<wap/>' },
    '2.5',
  ],
  ['a WAP document from 12.0 on', 'InitialRequest', policies({ ...offer, data: '<wap/>' }), malformed, '12.0'],
  ['a typed policy at 2.5', 'InitialRequest', policies({ ...offer, policyType: wap }), malformed, '2.5'],
  ['a policy of the other type alone [R1033]', 'InitialRequest', policies({ ...offer, policyType: wap }), malformed],
  ['an offer without a key', 'InitialRequest', policies({ policyType: type, status: 1, data }), malformed],
  ['an offer without Data', 'InitialRequest', policies({ policyType: type, status: 1, policyKey: '7' }), malformed],
  ['an offer without Policy Status', 'InitialRequest', policies({ policyType: type, policyKey: '7', data }), malformed],
  [
    'an offer under key 0, however spelled',
    'InitialRequest',
    policies({ ...offer, policyKey: '000' }),
    { ...offered, policyKey: '0' },
  ],
  [
    'a key as the server spells it',
    'InitialRequest',
    policies({ ...offer, policyKey: '0012' }),
    { ...offered, policyKey: '0012' },
  ],
  [
    'a key that is no number',
    'InitialRequest',
    policies({ ...offer, policyKey: 'a1' }),
    { ...offered, policyKey: 'a1' },
  ],
  ['a key of 65 characters', 'InitialRequest', policies({ ...offer, policyKey: '1'.repeat(65) }), malformed],
  [
    'a key of 64 characters',
    'InitialRequest',
    policies({ ...offer, policyKey: '1'.repeat(64) }),
    { ...offered, policyKey: '1'.repeat(64) },
  ],
  ['no policies at all', 'InitialRequest', { status: 1 }, malformed],
  ['no policy in Policies', 'InitialRequest', { status: 1, policies: [] }, malformed],
  ['no policy defined', 'InitialRequest', policies({ policyType: type, status: 2 }), { type: 'PolicyNotDefined' }],
  ['no policy defined, with a key', 'InitialRequest', policies({ ...offer, status: 2 }), { type: 'PolicyNotDefined' }],
  ['an unknown type, with a usable key', 'InitialRequest', policies({ ...offer, status: 3 }), rejected('Policy', 3)],
  ['Provision 3, Policy 1 and a key', 'InitialRequest', { status: 3, policies: [offer] }, rejected('Provision', 3)],
  ['Provision 2 to the empty form', 'EmptyRequest', { status: 2 }, rejected('Provision', 2)],
  ['nothing to the empty form', 'EmptyRequest', { status: 1 }, { type: 'WipeNotDirected' }],
  ['a permanent key', 'PolicyAcknowledgment', policies(issued), { type: 'PermanentKeyIssued', policyKey: '8' }],
  [
    'a permanent key beside Data',
    'PolicyAcknowledgment',
    policies({ ...issued, data }),
    { type: 'PermanentKeyIssued', policyKey: '8' },
  ],
  [
    'a permanent key, either type [R638]',
    'PolicyAcknowledgment',
    policies({ ...issued, policyType: wap }),
    { type: 'PermanentKeyIssued', policyKey: '8' },
  ],
  [
    'a permanent key of a type that does not exist [R640]',
    'PolicyAcknowledgment',
    policies({ ...issued, policyType: 'MS-Other' }),
    malformed,
  ],
  ['an acknowledgment without a key', 'PolicyAcknowledgment', policies({ policyType: type, status: 1 }), malformed],
  ['Policy 5 echoing the wrong key', 'PolicyAcknowledgment', policies({ ...issued, status: 5 }), rejected('Policy', 5)],
  ['refused as partial', 'PolicyAcknowledgment', { status: 139 }, rejected('Provision', 139)],
  ['refused as managed by others', 'PolicyAcknowledgment', { status: 145 }, rejected('Provision', 145)],
  ['nothing to an acknowledgment', 'PolicyAcknowledgment', { status: 1 }, malformed],
  [
    'a directive beside an offer',
    'InitialRequest',
    { ...policies(offer), remoteWipe: true },
    { type: 'WipeDirected', scope: 'device' },
  ],
  [
    'both directives',
    'EmptyRequest',
    { status: 1, remoteWipe: true, accountOnlyRemoteWipe: true },
    { type: 'WipeDirected', scope: 'device' },
    '16.1',
  ],
];

describe('what an answer tells', () => {
  test.each(cases.map((row) => [`${row[0]}, to ${row[1]}`, row] as const))('%s', (_, row) => {
    const [, asked, message, fact, version = '14.1'] = row;
    expect(interpret(asked, ok(bytesOf(message)), version)).toEqual(fact);
  });

  test.each([
    ['nothing', ''],
    ['HTML', '3c68746d6c3e'],
    ['the beginning of a document', '03016a00000e454b0331'],
    ['another document', '03016a000007564c03310001 01'],
    ['a Status that is no number', '03016a00000e454b036f6b000101'],
  ])('%s is malformed', (_name, hex) => {
    const body = Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    expect(interpret('InitialRequest', ok(body), '14.1')).toEqual(malformed);
  });
});

describe('recorded answers', () => {
  const recorded = exchanges.filter(({ request }) => request.line.includes('Cmd=Provision'));
  test.each(recorded.map((exchange) => [`${exchange.file} ${exchange.seq}`, exchange] as const))(
    '%s',
    (_, exchange) => {
      const { request, response } = exchange;
      const asked = !request.body.length ? 'EmptyRequest' : askedIn(request.xml ?? '');
      const version = versions.find((version) => version === versionOf(request.headers)) ?? '14.1';
      const fact = interpret(asked, { status: response.status, headers: {}, body: response.body }, version);
      const key = /PolicyKey>(\d+)</.exec(response.xml ?? '')?.[1];
      if (asked === 'WipeAcknowledgment') expect(fact).toEqual(malformed);
      else if (response.xml?.includes(':RemoteWipe')) expect(fact).toEqual({ type: 'WipeDirected', scope: 'device' });
      else if (asked === 'PolicyAcknowledgment') expect(fact).toEqual({ type: 'PermanentKeyIssued', policyKey: key });
      else expect(fact).toMatchObject({ type: 'PolicyOffered', policyKey: key });
    },
  );
});

function askedIn(xml: string): Asked {
  if (xml.includes(':RemoteWipe')) return 'WipeAcknowledgment';
  return xml.includes(':PolicyKey') ? 'PolicyAcknowledgment' : 'InitialRequest';
}

function versionOf(headers: readonly (readonly [string, string])[]): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'ms-asprotocolversion')?.[1];
}

function policies(...policies: readonly ResponsePolicy[]): ProvisionResponseMessage {
  return { status: 1, policies };
}

function rejected(scope: 'Provision' | 'Policy', status: number): ProvisionFact {
  return { type: 'ProvisionRejected', scope, status };
}

function ok(body: Uint8Array) {
  return { status: 200, headers: {}, body };
}

function encoded(messages: fc.Arbitrary<ProvisionResponseMessage>): fc.Arbitrary<Uint8Array> {
  return messages.map(bytesOf);
}

function bytesOf(message: ProvisionResponseMessage): Uint8Array {
  const bytes = provisionResponse.encode(message);
  if (!bytes.ok) throw new Error(bytes.error.message);
  return bytes.value;
}
