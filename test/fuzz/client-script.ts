/** What a client meets: recorded answers, mutated, in and out of order, and a wire that breaks. */
import { provisionResponse } from '../../src/codec/index.js';
import type { HttpResponse } from '../../src/http/index.js';
import { isAtLeast, type ProtocolVersion, versions } from '../../src/protocol/version.js';
import { queryWords, wbxmlWords } from './dictionary.js';
import { simplerList } from './minimise.js';
import { mutatedBytes } from './mutate-bytes.js';
import { mutatedText } from './mutate-text.js';
import type { Random } from './random.js';
import { bodySeeds, headerSeeds, type Recorded, recorded } from './seeds.js';

export interface ClientScript {
  readonly protocolVersion: ProtocolVersion | null;
  readonly form: 'plain' | 'base64';
  readonly provisionFirst: boolean;
  /** What `applyPolicy` answers. */
  readonly applies: 1 | 2 | 3 | 4;
  readonly confirmsWipes: boolean;
  readonly calls: readonly ('provision' | 'run' | 'runTwice' | 'reset' | 'restart')[];
  /** Answers in turn; behind the last they begin again. */
  readonly answers: readonly Answer[];
}

/** An HTTP answer, a broken connection, or silence. */
export type Answer = HttpResponse | 'broken' | 'silent';

export function madeScript(random: Random): ClientScript {
  const protocolVersion = random.once(3) ? null : random.pick(versions);
  return {
    protocolVersion,
    form: protocolVersion !== null && isAtLeast(protocolVersion, '12.1') && random.once(4) ? 'base64' : 'plain',
    provisionFirst: random.once(3),
    applies: random.once(6) ? random.pick([2, 3, 4]) : 1,
    confirmsWipes: random.once(2),
    calls: Array.from({ length: 1 + random.below(4) }, () => random.pick(callNames)),
    answers: madeAnswers(random),
  };
}

const callNames = ['provision', 'provision', 'run', 'run', 'runTwice', 'reset', 'restart'] as const;

/** The answers of one recording from somewhere on, or those that lead to a key, in which things go amiss. */
function madeAnswers(random: Random): readonly Answer[] {
  const life = random.once(2) ? random.pick(lives) : provisions;
  const from = random.below(life.length);
  const answers: Answer[] = [];
  for (const { response } of life.slice(from, from + 1 + random.below(8))) {
    if (random.once(12)) answers.push(random.once(4) ? 'silent' : 'broken');
    answers.push(random.once(3) ? mutatedAnswer(random, response) : response);
  }
  return answers;
}

function mutatedAnswer(random: Random, response: HttpResponse): HttpResponse {
  switch (random.below(5)) {
    case 0:
      return { ...response, status: random.pick(statuses) };
    case 1: {
      const [name, value] = random.pick(headers);
      return {
        ...response,
        headers: { ...response.headers, [name]: mutatedText(random, { seeds: [value], words: queryWords }) },
      };
    }
    case 2:
    case 3: {
      const status = random.pick([0, 1, 2, 3, 4, 5, 126, 139, 140, 141, 142, 143, 144, 145, 165, 177]);
      const message = provisionResponse.decode(response.body);
      if (!message.ok) return response;
      const policies = message.value.policies?.map((policy) => ({ ...policy, status }));
      const changed = random.once(2) || !policies ? { ...message.value, status } : { ...message.value, policies };
      const body = provisionResponse.encode(changed);
      return body.ok ? { ...response, body: body.value } : response;
    }
    default:
      return { ...response, body: mutatedBytes(random, { seeds: bodySeeds, words: wbxmlWords }, response.body) };
  }
}

export function* simplerScript(script: ClientScript): Generator<ClientScript> {
  for (const answers of simplerList(script.answers, simplerAnswer)) yield { ...script, answers };
  for (const calls of simplerList(script.calls)) yield { ...script, calls };
}

function* simplerAnswer(answer: Answer): Generator<Answer> {
  if (typeof answer === 'string') return;
  for (const name of Object.keys(answer.headers)) {
    const { [name]: _, ...headers } = answer.headers;
    yield { ...answer, headers };
  }
  if (answer.body.length > 0) yield { ...answer, body: new Uint8Array() };
}

const statuses = [
  200, 200, 200, 204, 0, 302, 400, 401, 403, 404, 405, 413, 429, 449, 451, 500, 501, 502, 503, 507, 599, 999,
];

const headers: readonly (readonly [string, string])[] = [
  ...headerSeeds,
  ['X-MS-Location', 'https://eas2.example.test/Microsoft-Server-ActiveSync'],
  ['X-MS-Location', 'https://elsewhere.test/Microsoft-Server-ActiveSync'],
  ['Retry-After', '30'],
  ['Set-Cookie', 'a=b; Path=/; Secure'],
];

const lives: readonly (readonly Recorded[])[] = [...new Set(recorded.map(({ file }) => file))].map((file) =>
  recorded.filter((exchange) => exchange.file === file),
);

const provisions: readonly Recorded[] = recorded.filter(({ request }) => /Cmd=Provision/.test(request.url));
