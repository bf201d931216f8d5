/** The form of Provision messages (MS-ASPROV 2.2.2), seen in what a client and a server of ours send each other. */
import { beforeAll, describe, expect, test } from 'vitest';
import { wbxml } from '../../src/codec/index.js';
import { policyElementNames, validatePolicy } from '../../src/protocol/policy.js';
import { type ProtocolVersion, protocolVersions, versions } from '../../src/protocol/version.js';
import { unwrap } from '../support/device.js';
import { at, childrenAt, type Life, live, localName, provisioning, textAt } from './life.js';

const lives = new Map<ProtocolVersion, Life>();
const types = new Map(versions.map((version) => [version, protocolVersions[version].policyType]));

beforeAll(async () => {
  for (const version of versions) lives.set(version, await live(version));
});

describe.each(versions)('at %s', (version) => {
  const messages = () => provisioning(lives.get(version)!);

  test('every message is one Provision element in WBXML, in the body of the request and of the response [R600 R60010 R319]', () => {
    for (const { url, body, request, response } of messages()) {
      expect([localName(request!), localName(response!)]).toEqual(['Provision', 'Provision']);
      expect(body.slice(0, 4)).toEqual(Uint8Array.of(0x03, 0x01, 0x6a, 0x00));
      expect(decodeURIComponent(url)).not.toMatch(/[<>]|PolicyType/);
    }
  });

  test('Provision holds DeviceInformation, Status, Policies, RemoteWipe and nothing else [R320 R366 R304 R759]', () => {
    const seen = new Set(
      messages()
        .flatMap((message) => [message.request, message.response])
        .flatMap(childrenOfRoot),
    );
    const describes = protocolVersions[version].deviceInformation === 'provision';
    expect([...seen].sort()).toEqual([...(describes ? ['DeviceInformation'] : []), 'Policies', 'RemoteWipe', 'Status']);
  });

  test('Policies holds at least one Policy, and only those [R303 R306 R307 R308]', () => {
    const [initial, acknowledgment] = messages();
    for (const { request, response } of [initial, acknowledgment]) {
      expect(childrenAt(request, 'Provision/Policies')).toEqual(['Policy']);
      expect(childrenAt(response, 'Provision/Policies')).toEqual(['Policy']);
    }
  });

  test('a Policy holds what its message asks for [R604 R310 R311 R605 R436 R601 R209 R370 R313 R417 R419 R661]', () => {
    const [initial, acknowledgment] = messages();
    const policy = 'Provision/Policies/Policy';
    expect(childrenAt(initial.request, policy)).toEqual(['PolicyType']);
    expect([...childrenAt(initial.response, policy)].sort()).toEqual(['Data', 'PolicyKey', 'PolicyType', 'Status']);
    expect(childrenAt(acknowledgment.request, policy)).toEqual(['PolicyType', 'PolicyKey', 'Status']);
    expect([...childrenAt(acknowledgment.response, policy)].sort()).toEqual(['PolicyKey', 'PolicyType', 'Status']);
    for (const { response } of [initial, acknowledgment]) expect(textAt(response, 'Provision/Status')).toBe('1');
  });

  test('PolicyType is the one of the version [R317 R318 R971]', () => {
    const [initial, acknowledgment] = messages();
    for (const { request, response } of [initial, acknowledgment]) {
      for (const document of [request, response]) {
        expect(textAt(document, 'Provision/Policies/Policy/PolicyType')).toBe(types.get(version));
      }
    }
  });

  test('every response has Provision/Status, every Policy in one Policy/Status [R374 R390]', () => {
    for (const { response } of messages()) {
      expect(at(response, 'Provision/Status')).toHaveLength(1);
      for (const policy of at(response, 'Provision/Policies/Policy')) {
        expect(at(policy, 'Policy/Status')).toHaveLength(1);
      }
    }
  });

  test('RemoteWipe is empty in a response, holds exactly one Status in a request, and answers a directive [R321 R322 R323 R324 R398 R641 R642 R760]', () => {
    const sent = messages().map(({ request }) => at(request, 'Provision/RemoteWipe').length);
    const directed = messages().map(({ response }) => at(response, 'Provision/RemoteWipe').length);
    expect(sent).toEqual([0, 0, 0, 1]);
    expect(directed).toEqual([0, 0, 1, 0]);
    const [, , empty, wipe] = messages();
    expect(at(empty.response, 'Provision/RemoteWipe')[0]?.content).toBeNull();
    expect(childrenAt(wipe.request, 'Provision/RemoteWipe')).toEqual(['Status']);
    expect(textAt(wipe.request, 'Provision/RemoteWipe/Status')).toBe('1');
    expect(childrenAt(wipe.request, 'Provision')).toEqual(['RemoteWipe']);
  });

  test('a directive is fetched by an initial request and acknowledged at once, under key 0 [R618 R623 R438 R1031]', () => {
    const asked = lives.get(version)!.messages.slice(-3);
    expect(asked.map(({ command, key }) => [command, key])).toEqual([
      ['FolderSync', '101'],
      ['Provision', '0'],
      ['Provision', '0'],
    ]);
    expect(at(asked[1]!.response, 'Provision/RemoteWipe')).toHaveLength(1);
    expect(at(asked[2]!.request, 'Provision/RemoteWipe')).toHaveLength(1);
  });
});

test('DeviceInformation goes with the initial request from 14.1 on, and with no other message [R368 R608 R1032 R619]', () => {
  for (const version of versions) {
    const described = provisioning(lives.get(version)!).map(({ request }) => childrenOfRoot(request));
    const isDescribed = ['14.1', '16.0', '16.1'].includes(version);
    expect(described[0]).toEqual(isDescribed ? ['DeviceInformation', 'Policies'] : ['Policies']);
    expect(described.slice(1).flat()).not.toContain('DeviceInformation');
  }
});

test('DeviceInformation is that of Settings: Set, and in it at least Model [R607 R1008]', () => {
  const [initial] = provisioning(lives.get('16.0')!);
  const [described] = at(initial.request, 'Provision/DeviceInformation');
  expect(described).toEqual({
    name: 'Settings:DeviceInformation',
    content: [{ name: 'Settings:Set', content: [{ name: 'Settings:Model', content: 'SP' }] }],
  });
  const settings = { name: 'Settings:Settings', content: [described!] };
  expect(unwrap(wbxml.decode(unwrap(wbxml.encode(settings))))).toEqual(settings);
});

test('the server answers it with a Status of its own, then in order Status and Policies [R534 R535]', () => {
  const [initial] = provisioning(lives.get('14.1')!);
  expect(childrenAt(initial.response, 'Provision')).toEqual(['DeviceInformation', 'Status', 'Policies']);
  expect(textAt(initial.response, 'Provision/DeviceInformation/Status')).toBe('1');
  expect(childrenAt(initial.response, 'Provision/Policies/Policy')).toEqual([
    'PolicyType',
    'Status',
    'PolicyKey',
    'Data',
  ]);
});

test('where a Status tells of a wipe, it is asked for with an empty Provision and directed beside Status alone [R622 R493 R758]', () => {
  for (const version of ['14.0', '14.1', '16.0', '16.1'] as const) {
    const [, , empty] = provisioning(lives.get(version)!);
    expect(empty.request).toEqual({ name: 'Provision:Provision', content: null });
    expect(childrenAt(empty.response, 'Provision')).toEqual(['Status', 'RemoteWipe']);
  }
});

describe('Data', () => {
  test('holds exactly one EASProvisionDoc from 12.0 on, and that holds the settings [R208 R210 R232 R233 R234 R888 R966]', () => {
    for (const version of versions.filter((each) => each !== '2.5')) {
      const [{ response }] = provisioning(lives.get(version)!);
      expect(textAt(response, 'Provision/Policies/Policy/PolicyType')).toBe('MS-EAS-Provisioning-WBXML');
      expect(childrenAt(response, 'Provision/Policies/Policy/Data')).toEqual(['EASProvisionDoc']);
      expect(childrenAt(response, 'Provision/Policies/Policy/Data/EASProvisionDoc')).toEqual([
        'DevicePasswordEnabled',
        'MinDevicePasswordLength',
        'MaxAttachmentSize',
      ]);
    }
  });

  test('holds a WAP provisioning document at 2.5 [R965]', () => {
    const [{ response }] = provisioning(lives.get('2.5')!);
    expect(textAt(response, 'Provision/Policies/Policy/PolicyType')).toBe('MS-WAP-Provisioning-XML');
    expect(textAt(response, 'Provision/Policies/Policy/Data')).toMatch(/^<wap-provisioningdoc>/);
  });

  test('EASProvisionDoc has 42 possible children, and a policy may set no other [R235]', () => {
    expect(policyElementNames).toHaveLength(42);
    expect(validatePolicy({ AllowEverything: true })).toMatchObject({ ok: false, error: { code: 'ERR_POLICY_NAME' } });
    expect(validatePolicy({ ApplicationName: 'a.exe' })).toMatchObject({ ok: false });
  });
});

describe('AccountOnlyRemoteWipe at 16.1', () => {
  const messages = async () => provisioning(await live('16.1', { scope: 'account' }));

  test('is empty in a response, holds exactly one Status in a request, and only answers a directive [R6901 R6903 R6904 R6905 R64502 R64503]', async () => {
    const name = 'Provision/AccountOnlyRemoteWipe';
    const all = await messages();
    expect(all.map(({ request }) => at(request, name).length)).toEqual([0, 0, 0, 1]);
    expect(all.map(({ response }) => at(response, name).length)).toEqual([0, 0, 1, 0]);
    const [, , empty, wipe] = all;
    expect(at(empty.response, name)[0]?.content).toBeNull();
    expect(childrenAt(wipe.request, name)).toEqual(['Status']);
    expect(childrenAt(wipe.request, 'Provision')).toEqual(['AccountOnlyRemoteWipe']);
  });

  test('follows the directive at once [R64501]', async () => {
    const { messages } = await live('16.1', { scope: 'account' });
    expect(messages.slice(-3).map(({ command, request }) => [command, childrenOfRoot(request)])).toEqual([
      ['FolderSync', ['SyncKey']],
      ['Provision', []],
      ['Provision', ['AccountOnlyRemoteWipe']],
    ]);
  });
});

function childrenOfRoot(document: Life['messages'][number]['request']): readonly string[] {
  return document === null ? [] : childrenAt(document, localName(document));
}
