/** What a server meets: recorded requests, mutated, in and out of order, and what its host does in between. */
import { provisionRequest } from '../../src/codec/index.js';
import { basicCredentials, type HttpRequest, header } from '../../src/http/index.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import { policyA, policyB } from '../support/server.js';
import { queryWords, wbxmlWords } from './dictionary.js';
import { mutatedBytes } from './mutate-bytes.js';
import { mutatedText } from './mutate-text.js';
import type { Random } from './random.js';
import { bodySeeds, headerSeeds, type Recorded, recorded } from './seeds.js';

export type ServerStep =
  | {
      readonly do: 'send';
      readonly request: HttpRequest;
      /** Whether the key last minted stands in for the recorded one, in header and body. */
      readonly isUnderMintedKey: boolean;
    }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'set'; readonly policy: EASProvisionDoc | null | 'failing' }
  | { readonly do: 'order'; readonly order: (typeof orders)[number] };

export const orders = ['device', 'account', 'cancel', 'readmit', 'remove', 'require'] as const;

/** The user, and the device of the transcripts that most cases have. */
export const password = 'secret';
const authorization = basicCredentials.encode({ user: 'alice', password });
export const honest = authorization.ok ? authorization.value : '';

/** A life as it was recorded, in which things go amiss. */
export function madeSteps(random: Random): readonly ServerStep[] {
  const life = random.pick(lives);
  const from = random.below(Math.min(life.length, 4));
  const steps: ServerStep[] = [];
  for (const { request } of life.slice(from, from + 2 + random.below(8))) {
    if (random.once(6)) steps.push(madeHappening(random));
    const bent = random.once(3) ? mutatedRequest(random, request) : request;
    const isHonest = !random.once(10);
    const headers = isHonest ? { ...bent.headers, Authorization: honest } : bent.headers;
    const step = { do: 'send', request: { ...bent, headers }, isUnderMintedKey: !random.once(5) } as const;
    steps.push(step);
    if (random.once(8)) steps.push(step);
    if (random.once(8)) steps.push({ ...step, request: random.pick(recorded).request });
  }
  return steps;
}

function madeHappening(random: Random): ServerStep {
  switch (random.below(4)) {
    case 0:
      return { do: 'wait', milliseconds: random.pick([1, 60_000, 3_600_001, 86_400_001]) };
    case 1:
      return { do: 'set', policy: random.pick([policyA, policyB, null, 'failing', {}]) };
    default:
      return { do: 'order', order: random.pick(orders) };
  }
}

function mutatedRequest(random: Random, request: HttpRequest): HttpRequest {
  switch (random.below(5)) {
    case 0:
      return { ...request, url: mutatedText(random, { seeds: [request.url], words: queryWords }) };
    case 1: {
      const [name, value] = random.pick(headerSeeds);
      return {
        ...request,
        headers: { ...request.headers, [name]: mutatedText(random, { seeds: [value], words: queryWords }) },
      };
    }
    case 2: {
      const names = Object.keys(request.headers).filter(() => !random.once(4));
      return { ...request, headers: Object.fromEntries(names.map((name) => [name, request.headers[name] ?? ''])) };
    }
    case 3:
      return random.once(4) ? { ...request, method: random.pick(['GET', 'OPTIONS', 'post', '']) } : request;
    default:
      return { ...request, body: mutatedBytes(random, { seeds: bodySeeds, words: wbxmlWords }, request.body) };
  }
}

/** The request as it is sent: under the key that was minted last, where the step says so. */
export function underKey(request: HttpRequest, policyKey: string): HttpRequest {
  const carriesKey = header(request.headers, 'X-MS-PolicyKey') !== null;
  const headers = carriesKey ? { ...request.headers, 'x-ms-policykey': policyKey } : request.headers;
  const message = provisionRequest.decode(request.body);
  if (!message.ok || !message.value.policies?.some((policy) => policy.policyKey !== undefined))
    return { ...request, headers };
  const policies = message.value.policies.map((policy) =>
    policy.policyKey === undefined ? policy : { ...policy, policyKey },
  );
  const body = provisionRequest.encode({ ...message.value, policies });
  return { ...request, headers, body: body.ok ? body.value : request.body };
}

export function* simplerStep(step: ServerStep): Generator<ServerStep> {
  if (step.do !== 'send') return;
  const { request } = step;
  for (const name of Object.keys(request.headers)) {
    const { [name]: _, ...headers } = request.headers;
    yield { ...step, request: { ...request, headers } };
  }
  if (request.body.length > 0) yield { ...step, request: { ...request, body: new Uint8Array() } };
  if (step.isUnderMintedKey) yield { ...step, isUnderMintedKey: false };
}

/** The requests of each transcript, in order. */
const lives: readonly (readonly Recorded[])[] = [...new Set(recorded.map(({ file }) => file))].map((file) =>
  recorded.filter((exchange) => exchange.file === file),
);
