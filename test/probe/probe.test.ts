/** `probe` holds what it says: all green against our server, and each broken one found by the attack it was made for. */
import { describe, expect, test } from 'vitest';
import type { Attack } from '../../src/probe/attack.js';
import { attacks, promiseOf } from '../../src/probe/attacks.js';
import type { ProbeOptions, ProbeTransport } from '../../src/probe/ports.js';
import { probe } from '../../src/probe/probe.js';
import type { ProbeFailure, ProbeReport } from '../../src/probe/report.js';
import { versions as allVersions } from '../../src/protocol/version.js';
import { brokenServers } from '../support/broken/servers.js';
import { administration, endpoint, sound, transportOf, transportTo, worldOf } from '../support/broken/world.js';
import { credentials } from '../support/device.js';

const everything = {
  endpoint,
  account: credentials,
  secondAccount: { user: 'mallory', password: credentials.password },
  administration,
  allowWipeConfirmation: true,
  clock: () => 0,
  random: Math.random,
} satisfies Omit<ProbeOptions, 'transport'>;

async function probed(options: ProbeOptions): Promise<ProbeReport> {
  const report = await probe(options);
  if (!report.ok) throw new Error(JSON.stringify(report.error));
  return report.value;
}

test('our server keeps every promise, in every version', async () => {
  const { results, versions, leftBehind } = await probed({ ...everything, transport: transportTo(sound, allVersions) });
  expect(versions).toEqual(['2.5', '12.1', '14.1', '16.1']);
  expect(results.filter(({ verdict }) => verdict !== 'Holds')).toEqual([]);
  const trials = results.flatMap(({ id, evidence }) => evidence.map((trial) => ({ id, ...trial })));
  expect(trials.filter(({ verdict }) => verdict !== 'Holds')).toEqual([]);
  expect(results.map(({ id }) => id)).toEqual(Object.keys(attacks));
  expect(leftBehind).toEqual([]);
});

test('everything is put back: the policy, and every device is forgotten', async () => {
  const world = worldOf(sound, allVersions);
  const before = world.under.policy;
  const { devices } = await probed({ ...everything, transport: transportOf(world, sound) });
  expect(world.under.policy).toEqual(before);
  expect(await world.under.server.devices.list()).toEqual({ devices: [], unreadable: [] });
  expect(devices).toBeGreaterThan(100);
});

test('what could not be put back is said', async () => {
  const stubborn = { ...sound, devices: () => ({ remove: () => Promise.reject(new Error('no')) }) };
  const transport = transportOf(worldOf(stubborn, ['14.1']), stubborn);
  const { leftBehind, devicePrefix } = await probed({ ...everything, transport });
  expect(leftBehind).toContain(`device ${devicePrefix}0001 of ${credentials.user}`);
});

describe('what it was not given, it does not try, and says so', () => {
  const { administration: _, secondAccount: __, ...alone } = everything;

  test('a wipe is said to be carried out only where that is allowed', async () => {
    const sends = async (allowWipeConfirmation: boolean) => {
      const { results } = await probed({ ...everything, allowWipeConfirmation, transport: transportTo(sound) });
      return results
        .filter(({ evidence }) => /RemoteWipe\(Status=1/.test(JSON.stringify(evidence)))
        .map(({ id }) => id);
    };
    expect(await sends(false)).toEqual([]);
    expect(await sends(true)).toEqual(['I1.wipe-answer', 'I5.answer-of-another', 'I5.after-the-wipe']);
  });

  test('without administration and second account the rest is tried', async () => {
    const { results } = await probed({ ...alone, transport: transportTo(sound) });
    const untried = results.filter(({ verdict }) => verdict === 'NotTried');
    const needing = Object.entries<Attack>(attacks).filter(
      ([, { needs = [] }]) => needs.includes('Administration') || needs.includes('SecondAccount'),
    );
    expect(untried.map(({ id }) => id)).toEqual(needing.map(([id]) => id));
    expect(untried.every(({ reason }) => /it needs .* \(--(?:admin|second-user)\)/.test(reason ?? ''))).toBe(true);
  });

  test('a user without a policy: nothing is broken, because nothing is asked', async () => {
    const transport = transportTo({ ...sound, options: () => ({ policyFor: () => null }) });
    const { results } = await probed({ ...everything, transport });
    expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(['NotTried']));
    expect(results[0]?.reason).toBe('12.1: no policy is offered: HTTP 200, Provision 1, Policy 2');
  });

  test('a connection that breaks ends the try, and leaves its evidence', async () => {
    const honest = transportTo(sound);
    const transport: ProbeTransport = (request) =>
      request.headers['X-MS-PolicyKey'] === '1e9' ? Promise.reject(new Error('cut')) : honest(request);
    const { results } = await probed({ ...everything, transport });
    const untried = results.filter(({ verdict }) => verdict !== 'Holds');
    expect(untried).toMatchObject([{ id: 'I11.garbage', verdict: 'NotTried', reason: '12.1: no answer: cut' }]);
    expect(untried[0]?.evidence[0]?.exchanges.at(-1)).toMatchObject({ policyKey: '1e9', httpStatus: null });
  });
});

describe('it does not begin', () => {
  test.each<[string, ProbeTransport, Partial<ProbeOptions>, ProbeFailure]>([
    ['nobody is there', () => Promise.reject(new Error('gone')), {}, { kind: 'Unreachable', cause: 'gone' }],
    [
      'the password is wrong',
      transportTo(sound),
      { account: { user: credentials.user, password: 'x' } },
      { kind: 'Refused', httpStatus: 401 },
    ],
    [
      'the version is not offered',
      transportTo(sound),
      { protocolVersion: '16.1' },
      { kind: 'NoVersion', offered: ['12.1', '14.1'] },
    ],
  ])('%s', async (_why, transport, options, failure) => {
    expect(await probe({ ...everything, ...options, transport })).toEqual({ ok: false, error: failure });
  });
});

test('it is as plain as JSON, shows the exchanges, and never a password', async () => {
  const report = await probed({ ...everything, transport: transportTo(sound) });
  const text = JSON.stringify(report);
  expect(JSON.parse(text)).toEqual(report);
  expect(text).not.toMatch(new RegExp(`${credentials.password}|Authorization|Basic `));
  const [trial] = report.results.find(({ id }) => id === 'I1.invented-key')?.evidence ?? [];
  expect(trial?.exchanges[1]).toEqual({
    command: 'Provision',
    request: expect.stringMatching(
      /^POST \/Microsoft-Server-ActiveSync\?Cmd=Provision&.*DeviceId=PROBE[\dA-F]{12}\d{4}&/,
    ),
    as: 'user',
    protocolVersion: '12.1',
    policyKey: '1234567890',
    headers: [],
    sent: 'Provision(Policies(Policy(PolicyType="MS-EAS-Provisioning-WBXML", PolicyKey=1234567890, Status=1)))',
    httpStatus: 200,
    status: 1,
    received: 'Provision(Status=1, Policies(Policy(PolicyType="MS-EAS-Provisioning-WBXML", Status=5)))',
  });
});

describe('a broken server is found, and nothing else is said of it', () => {
  test.each(brokenServers)('$finder: $breaks', async (server) => {
    const { results } = await probed({ ...everything, transport: transportTo(server) });
    const broken = results.filter(({ verdict }) => verdict === 'Broken');
    expect(broken.map(({ id }) => id)).toContain(server.finder);
    expect([...new Set(broken.map(({ promise }) => promise))]).toEqual([promiseOf(server.finder)]);
  });

  test('every attack finds one', () => {
    const finders = new Set<string>(brokenServers.map(({ finder }) => finder));
    expect(Object.keys(attacks).filter((id) => !finders.has(id))).toEqual([]);
  });
});
