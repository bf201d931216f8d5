/** Keys without an agreement: I1, I2, I3. */
import type { HttpResponse } from '../../../src/http/index.js';
import { credentials } from '../device.js';
import { type Seen, withMessage } from './seen.js';
import { type BrokenServer, edited, keyIn, type World, withPolicy } from './world.js';

export const brokenKeys: readonly BrokenServer[] = [
  {
    finder: 'I1.invented-key',
    breaks: 'any key that is acknowledged earns another',
    handle: (world) => (request) => (request.acknowledged === null ? world.serve(request.http) : world.earn(request)),
  },
  {
    finder: 'I1.other-device',
    breaks: 'a temporary key is good for whichever device acknowledges it',
    handle: (world) => acknowledging(world, (_request, offers) => [...offers.values()].flat()),
  },
  {
    finder: 'I1.other-user',
    breaks: 'an agreement belongs to the device id alone',
    options: () => ({
      authenticate: ({ basic }) => (basic?.password === credentials.password ? credentials.user : null),
    }),
  },
  {
    finder: 'I1.used-twice',
    breaks: 'a temporary key is never used up',
    handle: (world) => {
      const used = new Set<string>();
      return async (request) => {
        const { acknowledged, deviceId } = request;
        const answer = await world.serve(request.http);
        if (acknowledged === null) return answer;
        const one = `${deviceId} ${acknowledged}`;
        if (keyIn(answer) === undefined) return used.has(one) ? world.earn(request) : answer;
        used.add(one);
        return answer;
      };
    },
  },
  {
    finder: 'I1.replaced-offer',
    breaks: 'every offer that was ever made to a device stays good',
    handle: (world) => acknowledging(world, ({ deviceId }, offers) => offers.get(deviceId) ?? []),
  },
  {
    finder: 'I1.older-revision',
    breaks: 'an acknowledgment is compared by its key, not by the policy it was for',
    handle: (world) => acknowledging(world, ({ deviceId }, offers) => offers.get(deviceId)?.slice(-1) ?? []),
  },
  {
    finder: 'I1.wipe-answer',
    breaks: 'whoever says to be wiped gets a clean slate, and a key for it',
    handle: (world) => async (request) => {
      const answer = await world.serve(request.http);
      const isDone = request.message?.remoteWipe?.status === 1 && world.last()?.events.length === 0;
      return isDone && world.last()?.user ? world.earn(request) : answer;
    },
  },
  {
    finder: 'I2.temporary-key',
    breaks: 'the temporary key is stored where the permanent one belongs',
    handle: (world) => {
      const temporary = new Map<string, string>();
      return async (request) => {
        const answer = await world.serve(request.http);
        const key = keyIn(answer);
        if (request.isInitial && key !== undefined) temporary.set(request.deviceId, key);
        const isRefused = world.last()?.reason === 'InvalidPolicyKey';
        return isRefused && temporary.get(request.deviceId) === request.key ? world.letIn(request.http) : answer;
      };
    },
  },
  {
    finder: 'I3.not-applied',
    breaks: 'partial and not at all count as applied',
    options: () => ({ acknowledgments: { partial: 'accept', notApplied: 'accept' } }),
  },
  {
    finder: 'I3.unknown-status',
    breaks: 'the Status of an acknowledgment is not looked at unless it is one of four',
    handle: (world) => (request) => {
      const [policy] = request.message?.policies ?? [];
      const isKnown = [1, 2, 3, 4].includes(policy?.status ?? 0);
      if (request.acknowledged === null || isKnown) return world.serve(request.http);
      return world.serve(withMessage(request, { policies: [{ ...policy, status: 1 }] }));
    },
  },
  {
    finder: 'I3.key-beside-refusal',
    breaks: 'the refusal of an acknowledgment carries a key',
    handle: (world) => async (request) => {
      const answer = await world.serve(request.http);
      const isRefused = world.last()?.reason === 'DeviceNotFullyProvisionable';
      return isRefused ? edited(answer, { policies: [{ status: 1, policyKey: '987654321' }] }) : answer;
    },
  },
  {
    finder: 'I14.form',
    breaks: 'keys are hexadecimal',
    handle: (world) =>
      spelling(
        world,
        (key) => `f${Number(key).toString(16)}`,
        (key) => String(Number(`0x${key.slice(1)}`)),
      ),
  },
  {
    finder: 'I14.form',
    breaks: 'the permanent key is 0',
    handle: (world) => async (request) => {
      const answer = await world.serve(request.http);
      return request.acknowledged !== null && keyIn(answer) ? withPolicy(answer, { policyKey: '0' }) : answer;
    },
  },
  { finder: 'I14.distinct', breaks: 'one key for all who have the policy', options: () => ({ mintKey: inTurn(3) }) },
  {
    finder: 'I14.distinct',
    breaks: 'a device gets its old key back when it provisions again',
    handle: (world) => keepingKeys(world),
  },
  {
    finder: 'I14.generator',
    breaks: 'keys count upwards',
    options: () => {
      let next = 3_000_000_000;
      return { mintKey: () => String(next++) };
    },
  },
  {
    finder: 'I14.generator',
    breaks: 'keys are nine digits of a generator that is not cryptographic',
    options: () => ({ mintKey: () => String(100_000_000 + Math.floor(Math.random() * 900_000_000)) }),
  },
];

/** Whatever is refused as a wrong key earns one all the same where it is among those that are good. */
function acknowledging(
  world: World,
  good: (request: Seen, offers: ReadonlyMap<string, readonly string[]>) => readonly string[],
): (request: Seen) => Promise<HttpResponse> {
  const offers = new Map<string, string[]>();
  const used = new Set<string>();
  return async (request) => {
    const answer = await world.serve(request.http);
    const [key, { acknowledged, deviceId }] = [keyIn(answer), request];
    if (request.isInitial && key !== undefined) offers.set(deviceId, [...(offers.get(deviceId) ?? []), key]);
    if (acknowledged === null) return answer;
    const isRefused = world.last()?.reason === 'WrongPolicyKey' && !used.has(acknowledged);
    used.add(acknowledged);
    return isRefused && good(request, offers).includes(acknowledged) ? world.earn(request) : answer;
  };
}

/** Keys are written in another way than the server keeps them. */
function spelling(world: World, written: (key: string) => string, read: (key: string) => string) {
  return async (request: Seen): Promise<HttpResponse> => {
    const known = (key: string) => (/^f[\da-f]+$/.test(key) ? read(key) : key);
    const [policy] = request.message?.policies ?? [];
    const inner =
      request.message && policy?.policyKey !== undefined
        ? withMessage(request, { ...request.message, policies: [{ ...policy, policyKey: known(policy.policyKey) }] })
        : request.http;
    const headers = { ...inner.headers, ...(request.key !== null && { 'X-MS-PolicyKey': known(request.key) }) };
    const answer = await world.serve({ ...inner, headers });
    const key = keyIn(answer);
    return key === undefined ? answer : withPolicy(answer, { policyKey: written(key) });
  };
}

/** The first permanent key of a device stands for all that follow. */
function keepingKeys(world: World) {
  const first = new Map<string, string>();
  const current = new Map<string, string>();
  return async (request: Seen): Promise<HttpResponse> => {
    const { deviceId, key, acknowledged } = request;
    const meant = key !== null && key === first.get(deviceId) ? current.get(deviceId) : undefined;
    const headers = { ...request.http.headers, ...(meant !== undefined && { 'X-MS-PolicyKey': meant }) };
    const answer = await world.serve({ ...request.http, headers });
    const issued = keyIn(answer);
    if (acknowledged === null || issued === undefined) return answer;
    current.set(deviceId, issued);
    if (!first.has(deviceId)) first.set(deviceId, issued);
    return withPolicy(answer, { policyKey: first.get(deviceId) ?? issued });
  };
}

/** So few keys that every device has the same. */
function inTurn(count: number): () => string {
  let minted = 0;
  return () => String(4_000_000_000 + (minted++ % count));
}
