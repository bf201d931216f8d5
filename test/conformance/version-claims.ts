/** Which version carries which element (MS-ASPROV 2.2.2.x, at the end of each section), looked for in real messages. */
import { expect } from 'vitest';
import { writePolicy } from '../../src/codec/index.js';
import { policyElements } from '../../src/protocol/policy.js';
import { isProtocolVersion, type ProtocolVersion } from '../../src/protocol/version.js';
import type { Claim } from './claim.js';
import { at, type Life, live } from './life.js';
import { listOf } from './list-claims.js';
import { rowOf, samplesOf, setting } from './policy.js';

type Direction = 'request' | 'response';

/** Where each element of a message stands, in which of the two directions. */
const places: Readonly<Record<string, Readonly<Partial<Record<Direction, string>>>>> = {
  Provision: { request: 'Provision', response: 'Provision' },
  'settings:DeviceInformation': { request: 'Provision/DeviceInformation', response: 'Provision/DeviceInformation' },
  'Status (Provision)': { response: 'Provision/Status' },
  Policies: { request: 'Provision/Policies', response: 'Provision/Policies' },
  Policy: { request: 'Provision/Policies/Policy', response: 'Provision/Policies/Policy' },
  PolicyType: { request: 'Provision/Policies/Policy/PolicyType', response: 'Provision/Policies/Policy/PolicyType' },
  PolicyKey: { request: 'Provision/Policies/Policy/PolicyKey', response: 'Provision/Policies/Policy/PolicyKey' },
  'Status (Policy)': { request: 'Provision/Policies/Policy/Status', response: 'Provision/Policies/Policy/Status' },
  'Data (container Data Type)': { response: 'Provision/Policies/Policy/Data' },
  EASProvisionDoc: { response: 'Provision/Policies/Policy/Data/EASProvisionDoc' },
  RemoteWipe: { request: 'Provision/RemoteWipe', response: 'Provision/RemoteWipe' },
  'Status (RemoteWipe)': { request: 'Provision/RemoteWipe/Status' },
  AccountOnlyRemoteWipe: { request: 'Provision/AccountOnlyRemoteWipe', response: 'Provision/AccountOnlyRemoteWipe' },
};

const lives = new Map<string, Promise<Life>>();

export const versionClaims: readonly Claim[] = [
  {
    about: 'carried by a version',
    pattern: /^(?<name>[\w:]+(?: \([\w ]+\))?): supported by version (?<version>[\d.]+)$/,
    async check(named) {
      const [name, version] = [named('name'), named('version')];
      if (!isProtocolVersion(version)) throw new Error(`no version ${version}`);
      const place = places[name];
      if (!place) return isCarried(name, version);
      const scope = name === 'AccountOnlyRemoteWipe' ? 'account' : 'device';
      const life = lives.get(version + scope) ?? live(version, { scope });
      lives.set(version + scope, life);
      const { messages } = await life;
      for (const direction of Object.keys(place) as Direction[]) {
        const found = messages.flatMap((message) => at(message[direction], place[direction] ?? ''));
        expect(found.length, direction).toBeGreaterThan(0);
      }
    },
  },
];

/** Whether a policy that sets the element still does when it is written for the version. */
function isCarried(name: string, version: ProtocolVersion): void {
  const element = Object.hasOwn(policyElements, name) ? name : listOf(name);
  const [value] = samplesOf(rowOf(element).kind).slice(-1);
  const { content } = writePolicy(setting(element, value), version);
  expect(content).toMatchObject([{ name: `Provision:${element}` }]);
  if (element === name) return;
  expect(Array.isArray(content) && content[0]?.content).toMatchObject(Array(3).fill({ name: `Provision:${name}` }));
}
