/** What a device is given of a policy that a server has, over the whole way between them. */
import { type EASProvisionDoc, policyElements } from '../../src/protocol/policy.js';
import { live } from './life.js';
import { rowOf, samplesOf } from './policy.js';

const names = Object.keys(policyElements);
const samples = (name: string) => samplesOf(rowOf(name).kind);
const most = Math.max(...names.map((name) => samples(name).length));

/** As many policies as the element with most values needs; together they set every element to each of its values. */
const policies: readonly EASProvisionDoc[] = Array.from({ length: most }, (_, turn) =>
  Object.fromEntries(names.map((name) => [name, samples(name)[turn % samples(name).length]])),
);

let devices: Promise<readonly unknown[]> | undefined;

/** What was applied where the server had set the element to one of the values that `holds`. */
export async function carriedValues(name: string, holds: (value: unknown) => boolean): Promise<readonly Carried[]> {
  devices ??= Promise.all(policies.map(async (policy) => (await live('14.1', { policy })).applied[0]));
  const applied = await devices;
  const pairs = policies.map((policy, turn) => ({
    set: inPolicy(policy, name),
    applied: inPolicy(applied[turn], name),
  }));
  return pairs.filter(({ set }) => holds(set));
}

export interface Carried {
  readonly set: unknown;
  readonly applied: unknown;
}

function inPolicy(policy: unknown, name: string): unknown {
  return (policy as Readonly<Record<string, unknown>> | undefined)?.[name];
}
