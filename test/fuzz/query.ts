/** The HTTP binding: queries of both forms, URLs, header values, credentials, dates. */

import { parseHttpDate } from '../../src/http/http-date.js';
import {
  base64,
  basicCredentials,
  formatQuery,
  header,
  isHeaderValue,
  isWbxml,
  maxQueryLength,
  parseQuery,
  type Query,
  readOffer,
  readRequest,
  readTarget,
  redirectLocation,
  requestRefusals,
  retryAfter,
} from '../../src/http/index.js';
import type { Coder } from '../../src/protocol/result.js';
import { decodingFault, encodingFault, problemFault } from './coder-laws.js';
import { queryRepeatables, queryWords } from './dictionary.js';
import { simplerBytes, simplerText } from './minimise.js';
import { mutatedBytes } from './mutate-bytes.js';
import { mutatedText, pumpedText, type TextSource } from './mutate-text.js';
import type { Random } from './random.js';
import { isSame } from './same.js';
import { headerSeeds, querySeeds } from './seeds.js';
import { hexOf } from './show.js';
import type { Target } from './target.js';

/** A text to be read as a query, a URL, credentials, a header or a date; or bytes to be a base64 query. */
export type QueryInput =
  | { readonly as: keyof typeof sources; readonly text: string }
  | { readonly as: 'base64'; readonly bytes: Uint8Array };

/** What is under test; a mutant of any part has to be found. */
export interface QueryParts {
  readonly query: Coder<Query, string>;
  readonly credentials: typeof basicCredentials;
  readonly base64: typeof base64;
  readonly readTarget: typeof readTarget;
  readonly parseHttpDate: typeof parseHttpDate;
}

export const shippedQuery: QueryParts = {
  query: { encode: formatQuery, decode: parseQuery },
  credentials: basicCredentials,
  base64,
  readTarget,
  parseHttpDate,
};

export function queryTarget(parts: QueryParts = shippedQuery): Target<QueryInput> {
  function queryFault(text: string): string | null {
    // Written again, with escapes of nine characters at most for one, it may be longer than a query may be; and half of
    // a surrogate pair, which no wire carries, is read and not written.
    const mayBeRefused = text.length * 9 > maxQueryLength || /\p{Surrogate}/u.test(text);
    const refusals = mayBeRefused ? (['ERR_QUERY_VALUE'] as const) : [];
    return decodingFault({ coder: parts.query, refusals }, text) ?? packedFault(text);
  }

  /** The packed form has nothing to leave out: parameters may only change places. */
  function packedFault(text: string): string | null {
    const read = parts.query.decode(text);
    if (!read.ok || read.value.form !== 'base64') return null;
    const written = parts.query.encode(read.value);
    return written.ok && written.value.length === text.length
      ? null
      : 'a packed query is kept whole: it became shorter';
  }

  const faults: Readonly<Record<keyof typeof sources, (text: string) => string | null>> = {
    query: queryFault,
    url(text) {
      const { isOurs, query } = parts.readTarget(text);
      const at = text.indexOf('?');
      const own = parts.query.decode(at < 0 ? '' : text.slice(at + 1));
      if (!isSame(query, own)) return 'a target holds the query behind the first question mark: it does not';
      const mayBeOurs = text.toLowerCase().includes('/microsoft-server-activesync');
      return !isOurs || mayBeOurs ? requestFault(text) : 'ours is only the path of ActiveSync: another was taken';
    },
    credentials: (text) => decodingFault({ coder: parts.credentials }, text),
    date(text) {
      const time = parts.parseHttpDate(text);
      return time === null ? dateFault(text, parts) : timeFault(time, text);
    },
    header: headerFault,
    spelling(text) {
      const bytes = parts.base64.decode(text);
      if (!bytes.ok) return problemFault(bytes.error, text.length);
      const written = parts.base64.encode(bytes.value);
      return written.ok && written.value === text ? null : 'base64 has one spelling: another was read';
    },
  };
  return {
    name: 'query',
    make(random) {
      if (random.once(5)) return { as: 'base64', bytes: mutatedBytes(random, bytesSource) };
      const as = random.pick(kinds);
      return { as, text: random.once(2000) ? pumped(as, random) : mutatedText(random, sources[as]) };
    },
    check(input) {
      if (input.as !== 'base64') return faults[input.as](input.text);
      const text = parts.base64.encode(input.bytes);
      if (!text.ok) return 'all bytes have a spelling in base64: these have none';
      return encodingFault({ coder: parts.base64 }, input.bytes) ?? queryFault(text.value);
    },
    *simpler(input) {
      if (input.as === 'base64') for (const bytes of simplerBytes(input.bytes)) yield { as: 'base64', bytes };
      else for (const text of simplerText(input.text)) yield { as: input.as, text };
    },
    show: (input) =>
      input.as === 'base64' ? `base64 of hex ${hexOf(input.bytes)}` : `${input.as} ${JSON.stringify(input.text)}`,
    work: {
      pumped(random) {
        const as = random.pick(kinds);
        return { as, text: pumped(as, random) };
      },
      length: (input) => (input.as === 'base64' ? input.bytes.length : input.text.length),
      decode: (input) => input.as !== 'base64' && faults[input.as](input.text),
      each: 20,
      fixed: 1000,
    },
  };
}

/** Where a text of each kind begins, and what is put into it. */
const sources = {
  query: { seeds: [...querySeeds, ''], words: queryWords },
  url: {
    seeds: querySeeds.flatMap((query) => [
      `/Microsoft-Server-ActiveSync?${query}`,
      `https://eas.example.test/Microsoft-Server-ActiveSync?${query}`,
    ]),
    words: queryWords,
  },
  credentials: { seeds: ['Basic dXNlckBleGFtcGxlLnRlc3Q6c2VjcmV0', 'Basic w6k6w7w=', 'Basic Og=='], words: queryWords },
  date: {
    seeds: ['Sun, 06 Nov 1994 08:49:37 GMT', 'Thu, 29 Feb 2024 23:59:60 GMT', 'Wed, 31 Dec 1969 00:00:00 GMT'],
    words: [...queryWords, 'Jan', 'Dec', 'Feb', '2000', '1900', '0000', '9999', '00:00:00'],
  },
  spelling: {
    seeds: ['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYmFy'],
    words: ['A', 'B', '=', '==', '/', '+', '-', '_', ' ', 'Q', 'R'],
  },
  header: { seeds: headerSeeds.map(([, value]) => value), words: queryWords },
} as const satisfies Record<string, TextSource>;

const kinds = Object.keys(sources) as readonly (keyof typeof sources)[];

const bytesSource = {
  seeds: querySeeds.flatMap((query) => {
    const decoded = base64.decode(query);
    return decoded.ok ? [decoded.value] : [];
  }),
  words: [...[0, 1, 4, 7, 8, 9, 20, 255].map((byte) => Uint8Array.of(byte)), ...['a', 'é', '\0'].map(utf8)],
};

function pumped(as: keyof typeof sources, random: Random): string {
  return pumpedText(random, { ...sources[as], repeatable: queryRepeatables }, 1 << (4 + random.below(12)));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function requestFault(url: string): string | null {
  const read = readRequest({
    method: 'POST',
    url,
    headers: { 'ms-asprotocolversion': '14.1' },
    body: new Uint8Array(),
  });
  if (read.ok) return read.value.kind === 'Command' ? null : 'a POST is a command: it was not';
  const { reason, status } = read.error;
  return requestRefusals[reason]?.status === status ? null : `a refusal has the status of its row: ${reason} ${status}`;
}

/** What is read as a time is written as that text by the platform, the day of the week apart. */
function timeFault(time: number, text: string): string | null {
  const leap = text.includes(':60 ') ? 1000 : 0;
  const written = new Date(time - leap).toUTCString().slice(5);
  const expected = text.slice(5).replace(':60 ', ':59 ');
  return written === expected ? null : `a date is the time that the platform has for it: ${written}`;
}

/** What the platform writes as a date is read. */
function dateFault(text: string, parts: Pick<QueryParts, 'parseHttpDate'>): string | null {
  const time = text.length === 29 ? Math.floor(Date.parse(text) / 1000) * 1000 : Number.NaN;
  if (Number.isNaN(time)) return null;
  const written = new Date(time).toUTCString();
  return written.length !== 29 || parts.parseHttpDate(written) === time
    ? null
    : `what the platform writes is read: ${written}`;
}

function headerFault(text: string): string | null {
  const headers = { 'RETRY-AFTER': text, 'X-MS-Location': text, 'ms-asprotocolversions': text };
  const wait = retryAfter(headers, 0);
  if (wait !== null && !(wait >= 0 && wait <= 86_400_000)) return `nobody waits longer than a day: ${wait}`;
  const location = redirectLocation(headers);
  if (location !== null && !/^https:\/\/[^?#\s]+$/i.test(location)) return `a redirection is an https URL: ${location}`;
  const { versions } = readOffer(headers);
  if (versions.some((version) => version.trim() !== version || version === '')) return 'versions are words: one is not';
  if (header(headers, 'Retry-After') !== text.trim()) return 'names of headers have no case: not found';
  const isCarried = isHeaderValue(text) && /[\r\n\0]/.test(text);
  if (isCarried) return 'a header value is one line: it is not';
  return typeof isWbxml(text) === 'boolean' ? null : 'a content type is WBXML or not: it is neither';
}
