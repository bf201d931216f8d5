import { describe } from 'vitest';
import { type Query, readTarget } from '../../src/http/index.js';
import { queryTarget, shippedQuery } from './query.js';
import { shortRun } from './short-run.js';

const { query, credentials, base64, parseHttpDate } = shippedQuery;

describe('fuzz: query', () => {
  shortRun(queryTarget(), 3000, [
    [
      'a broken escape throws',
      'throws nothing',
      mutant({
        query: {
          encode: query.encode,
          decode(text) {
            const read = query.decode(text);
            if (!read.ok && read.error.message.includes('escape')) throw new URIError('URI malformed');
            return read;
          },
        },
      }),
    ],
    [
      'the key of a packed query is lost',
      'a packed query is kept whole',
      mutant({
        query: {
          encode: query.encode,
          decode(text) {
            const read = query.decode(text);
            return read.ok ? { ok: true, value: withoutKey(read.value) } : read;
          },
        },
      }),
    ],
    [
      'a user may hold a colon',
      'what is decoded can be encoded',
      mutant({
        credentials: {
          encode: credentials.encode,
          decode(text) {
            const read = credentials.decode(text);
            const [first, ...rest] = read.ok ? read.value.password.split(':') : [];
            if (!read.ok || rest.length === 0) return read;
            return { ok: true, value: { user: `${read.value.user}:${first}`, password: rest.join(':') } };
          },
        },
      }),
    ],
    [
      'spare bits of base64 count for nothing',
      'base64 has one spelling',
      mutant({
        base64: {
          encode: base64.encode,
          decode: (text) => base64.decode(text.replace(/[B-P](?===$)/, 'A')),
        },
      }),
    ],
    [
      'every February has 29 days',
      'a date is the time that the platform has for it',
      mutant({ parseHttpDate: (text) => parseHttpDate(text) ?? leapDay(text) }),
    ],
    [
      'a target ends at the last question mark',
      'a target holds the query behind the first question mark',
      mutant({ readTarget: (url) => readTarget(url.slice(0, url.indexOf('?')) + url.slice(url.lastIndexOf('?'))) }),
    ],
  ]);
});

function mutant(broken: Partial<typeof shippedQuery>) {
  return queryTarget({ ...shippedQuery, ...broken });
}

function withoutKey(query: Query): Query {
  if (query.form === 'plain') return query;
  const { policyKey: _, ...rest } = query;
  return rest;
}

function leapDay(text: string): number | null {
  const before = parseHttpDate(text.replace(', 29 Feb', ', 28 Feb'));
  return before === null ? null : before + 86_400_000;
}
