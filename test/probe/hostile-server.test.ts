/** Our client before a server that wants it to loop, to take a key it may not take, or to wipe itself. */
import { expect, test } from 'vitest';
import {
  type CommandOutcome,
  createProvisioningClient,
  type ProvisionOutcome,
  type Transport,
} from '../../src/client/index.js';
import { folderSync } from '../client/support/client.js';
import { virtualClock } from '../client/support/clock.js';
import { hostileAnswer, type Scenario, type ScenarioName, STRAY, scenarios } from '../support/broken/hostile-server.js';
import { type Seen, seen } from '../support/broken/seen.js';

const CALLS = 22;

/** One call of `run`, one of `provision`, and then `run` again and again. */
async function life(name: ScenarioName) {
  const scenario: Scenario = scenarios[name];
  const requests: Seen[] = [];
  const hosts = new Set<string>();
  let wiped = 0;
  const transport: Transport = async (url, { method, headers, body }) => {
    hosts.add(new URL(url).host);
    const request = seen({ method, url, headers, body: body ?? new Uint8Array() });
    requests.push(request);
    const answer = hostileAnswer(scenario, request);
    return {
      status: answer.status,
      headers: new Headers(answer.headers),
      arrayBuffer: async () => Uint8Array.from(answer.body).buffer,
    };
  };
  const clock = virtualClock();
  const client = createProvisioningClient({
    url: 'https://hostile.test',
    user: 'anna',
    password: 'secret',
    device: { id: 'VICTIM', type: name },
    protocolVersion: '14.1',
    applyPolicy: () => 1,
    confirmWipe: () => false,
    wipe: () => {
      wiped += 1;
    },
    transport,
    clock,
    random: () => 1,
  });
  const ran = await client.run(folderSync);
  const provisioned = await client.provision();
  for (let calls = 2; calls < CALLS; calls++) await client.run(folderSync);
  return { ran, provisioned, requests, hosts, wiped, slept: clock.slept, state: await client.state() };
}

function told(outcome: CommandOutcome | ProvisionOutcome): string {
  switch (outcome.kind) {
    case 'Refused':
    case 'Failed':
    case 'Unreachable':
      return `${outcome.kind} ${outcome.explanation.code}`;
    default:
      return outcome.kind;
  }
}

const loop = 'Failed ReprovisionLoop';
const useless = ['Failed Malformed', 'Failed Malformed'] as const;
const notWiped = ['Failed WipeFailed', 'Failed WipeFailed'] as const;
const violation = ['Violation', 'Violation'] as const;

/** What a call of `run` comes to, and then one of `provision`: named, and by whom, in every scenario. */
const expected: Readonly<Record<ScenarioName, readonly [ran: string, provisioned: string]>> = {
  // Provisioned as the server says, and asked again all the same: given up after three exchanges (I6).
  DemandsForEver: ['Refused ReprovisionRequired', 'Provisioned'],
  KeyOfNoForm: ['Refused ReprovisionRequired', 'Provisioned'],
  // Data beside a permanent key is not looked at (MS-ASPROV 2.2.2.24.1, R601).
  OffersAgain: ['Refused ReprovisionRequired', 'Provisioned'],
  KeyBesideNoPolicy: ['Refused ReprovisionRequired', 'ProvisionedWithoutPolicy'],
  Always449: [loop, loop],
  RefusesEveryKey: [loop, loop],
  KeyBesideRefusal: [loop, loop],
  KeyBeside139: ['Refused Provision 139', 'Refused Provision 139'],
  NoKey: useless,
  NoDocument: useless,
  OtherType: useless,
  NotWbxml: useless,
  Nests: useless,
  TooLong: useless,
  Empty: useless,
  OtherRoot: useless,
  KeyZero: violation,
  WipesAccountTooEarly: violation,
  Wipes: notWiped,
  WipesBeside: notWiped,
  WipesInPassing: notWiped,
  BusyForAYear: ['Refused Http 503', 'Refused Http 503'],
  SendsElsewhere: ['Refused Http 451', 'Refused Http 451'],
  SendsRound: ['Refused Http 451', 'Refused Http 451'],
};

const rows = Object.entries(scenarios).map(([name, { does }]) => ({ name: name as ScenarioName, does }));

test.each(rows)('$name: $does', async ({ name }) => {
  const { ran, provisioned, requests, hosts, wiped, slept, state } = await life(name);
  expect([told(ran), told(provisioned)]).toEqual(expected[name]);
  expect(state).toMatchObject({ context: { policyKey: '0' } });
  // No wipe that was not confirmed, no key that came with a refusal, nobody else, and an end to everything.
  expect(wiped).toBe(0);
  expect(requests.filter(({ message }) => message?.remoteWipe?.status === 1)).toEqual([]);
  expect(requests.filter(({ key, acknowledged }) => key === STRAY || acknowledged === STRAY)).toEqual([]);
  expect([...hosts]).toEqual(['hostile.test']);
  expect(requests.length).toBeLessThanOrEqual(CALLS * 4 + 1);
  expect(Math.max(0, ...slept)).toBeLessThanOrEqual(24 * 60 * 60 * 1000);
});
