import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatQuery, isDeviceId, isDeviceType, parseQuery, type Query } from '../../src/http/query.js';
import { anyText } from '../support/arbitraries/text.js';
import { base64Queries, plainQueries, text } from './arbitraries.js';

describe('parseQuery', () => {
  it('tells the two forms apart', () => {
    fc.assert(
      fc.property(fc.oneof<fc.Arbitrary<Query>[]>(plainQueries, base64Queries), (query) => {
        const formatted = formatQuery(query);
        expect(formatted.ok && parseQuery(formatted.value)).toEqual({ ok: true, value: query });
      }),
      { numRuns: 500 },
    );
  });

  it('is total', () => {
    fc.assert(
      fc.property(fc.oneof(text, anyText(), fc.base64String()), (text) => {
        const parsed = parseQuery(text);
        const code = expect.stringMatching(/^ERR_QUERY_(SYNTAX|VALUE)$/);
        if (!parsed.ok) expect(parsed.error).toMatchObject({ code, message: expect.stringMatching(/^[A-Z].*\.$/) });
      }),
    );
  });

  it.each([
    ['Cmd=Sync', 'plain'],
    ['User=a&cmd=Sync', 'plain'],
    ['jRQJBApBU1BST1YwMDAxAAJTUA==', 'base64'],
  ])('takes %s as %s', (text, form) => {
    expect(parseQuery(text)).toMatchObject({ ok: true, value: { form } });
  });

  it.each(['', 'Cmd=', 'User=alice&DeviceId=A1', 'xCmd=Sync', 'Zm9v', '%'])('takes %j as neither', (text) => {
    expect(parseQuery(text)).toMatchObject({ ok: false, error: { code: 'ERR_QUERY_SYNTAX' } });
  });
});

describe('isDeviceId', () => {
  it.each(['A', 'v140Device', '00112233445566778899aabbccddeeff'])('takes %s', (id) =>
    expect(isDeviceId(id)).toBe(true),
  );

  it.each(['', 'x'.repeat(33), 'x'.repeat(35), 'a,b', 'a-b', 'a b', 'é', 'A1\n'])('refuses %j', (id) => {
    expect(isDeviceId(id)).toBe(false);
  });
});

describe('isDeviceType', () => {
  it.each(['SP', 'PPC', 'SmartPhone', 'a-b,c', 'x'.repeat(32)])('takes %s', (type) =>
    expect(isDeviceType(type)).toBe(true),
  );

  it.each(['', 'x'.repeat(33), 'a b', 'é', 'SP\n', '\u007f'])('refuses %j', (type) => {
    expect(isDeviceType(type)).toBe(false);
  });
});
