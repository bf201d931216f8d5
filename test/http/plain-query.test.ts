import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxQueryLength, type PlainQuery, plainQuery } from '../../src/http/query.js';
import { plainQueries, text } from './arbitraries.js';

const query: PlainQuery = {
  form: 'plain',
  command: 'Provision',
  user: 'alice',
  deviceId: 'ASPROV0001',
  deviceType: 'SP',
  parameters: {},
  others: [],
};

/** What every refusal has to say: a sentence, whichever it is. */
const sentence = expect.stringMatching(/^[A-Z].*\.$/);

/** What `plainQuery` makes of a query that it has to accept. */
const read = (text: string) => {
  const decoded = plainQuery.decode(text);
  if (!decoded.ok) throw new Error(decoded.error.message);
  return decoded.value;
};

describe('plainQuery', () => {
  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(plainQueries, (query) => {
        const encoded = plainQuery.encode(query);
        expect(encoded.ok && plainQuery.decode(encoded.value)).toEqual({ ok: true, value: query });
      }),
      { numRuns: 500 },
    );
  });

  it('writes nothing that a URL has to escape', () => {
    fc.assert(
      fc.property(plainQueries, (query) => {
        const encoded = plainQuery.encode(query);
        expect(encoded.ok && encoded.value).toMatch(/^[\w.!~*'()%&=-]+$/);
      }),
    );
  });

  it('is total, and what it reads it can write so that it reads the same', () => {
    const pieces = fc.array(fc.oneof(text, fc.constantFrom('Cmd=Sync', '&', '&', '=', '%', '%41', 'User=a', 'ItemId')));
    fc.assert(
      fc.property(pieces, (pieces) => {
        const decoded = plainQuery.decode(pieces.join(''));
        if (!decoded.ok) {
          const code = expect.stringMatching(/^ERR_QUERY_(SYNTAX|VALUE)$/);
          expect(decoded.error).toMatchObject({ code, message: sentence });
          return;
        }
        const encoded = plainQuery.encode(decoded.value);
        expect(encoded.ok && plainQuery.decode(encoded.value)).toEqual(decoded);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not mind the order of the pairs', () => {
    const pairs = ['Cmd=SmartReply', 'User=alice', 'DeviceId=A1', 'DeviceType=SP', 'ItemId=5%3A1', 'CollectionId=5'];
    const shuffled = fc.shuffledSubarray(pairs, { minLength: pairs.length });
    fc.assert(
      fc.property(shuffled, (shuffled) => {
        expect(read(shuffled.join('&'))).toEqual(read(pairs.join('&')));
      }),
    );
  });

  it('refuses a known field that comes twice, whatever the letter case', () => {
    const name = fc.mixedCase(fc.constantFrom('Cmd', 'User', 'DeviceId', 'DeviceType', 'CollectionId', 'SaveInSent'));
    fc.assert(
      fc.property(name, name, (first, second) => {
        const isSame = first.toLowerCase() === second.toLowerCase();
        const { ok } = plainQuery.decode(`x=1&${first}=T&${second}=T${/cmd/i.test(first + second) ? '' : '&Cmd=Sync'}`);
        expect(ok).toBe(!isSame);
      }),
    );
  });
});

describe('a plain query', () => {
  it('is written in the order of the specification', () => {
    expect(plainQuery.encode({ ...query, command: 'SendMail', parameters: { SaveInSent: 'T' } })).toEqual({
      ok: true,
      value: 'Cmd=SendMail&User=alice&DeviceId=ASPROV0001&DeviceType=SP&SaveInSent=T',
    });
  });

  it('is read in the order of the MS-ASPROV examples too', () => {
    expect(read('User=alice&DeviceId=ASPROV0001&DeviceType=SP&Cmd=Provision')).toEqual(query);
  });

  it.each([
    ['user@example.org', 'user@example.org'],
    ['user%40example.org', 'user@example.org'],
    ['EXAMPLE%5Calice', 'EXAMPLE\\alice'],
    ['a+b', 'a b'],
    ['a%2Bb', 'a+b'],
    ['a=b', 'a=b'],
    ['Andr%C3%A9', 'André'],
    ['', ''],
  ])('reads User=%s', (escaped, user) => {
    expect(read(`Cmd=Sync&User=${escaped}`)).toMatchObject({ user });
  });

  it('has names in any letter case, but commands only in their own', () => {
    expect(read('CMD=provision&user=alice&deviceid=ASPROV0001&DEVICETYPE=SP')).toEqual({
      ...query,
      command: 'provision',
    });
  });

  it('keeps parameters without a known name, doubled ones and ones of the base64 form included', () => {
    expect(read('Cmd=Provision&a=1&&b&a=2&Options=3&').others).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '' },
      { name: 'a', value: '2' },
      { name: 'Options', value: '3' },
    ]);
  });

  it.each(['&Cmd=Sync', '&&Cmd=Sync', 'Cmd=Sync&', 'Cmd=Sync&&'])('may have empty pairs: %s', (text) => {
    expect(read(text)).toEqual(read('Cmd=Sync'));
  });

  it('without DeviceId, DeviceType or User still is one: the server has a Status for that', () => {
    expect(read('Cmd=FolderSync')).toStrictEqual({
      form: 'plain',
      command: 'FolderSync',
      deviceId: '',
      deviceType: '',
      parameters: {},
      others: [],
    });
  });

  it('shows a device id and type of any length and content', () => {
    const long = 'x'.repeat(35);
    expect(read(`Cmd=FolderSync&DeviceId=${long},&DeviceType=${long}`)).toMatchObject({
      deviceId: `${long},`,
      deviceType: long,
    });
  });

  it.each([
    ['', 'ERR_QUERY_SYNTAX', 0],
    ['User=alice', 'ERR_QUERY_SYNTAX', 0],
    ['Cmd=', 'ERR_QUERY_SYNTAX', 0],
    ['Cmd', 'ERR_QUERY_SYNTAX', 0],
    ['Cmd=Sync&User=%', 'ERR_QUERY_SYNTAX', 9],
    ['Cmd=Sync&User=%zz', 'ERR_QUERY_SYNTAX', 9],
    ['Cmd=Sync&&%ff=1', 'ERR_QUERY_SYNTAX', 10],
    ['Cmd=Sync&User=a&user=b', 'ERR_QUERY_VALUE', 16],
    ['Cmd=Sync&cmd=Provision', 'ERR_QUERY_VALUE', 9],
  ])('is not %j: %s at %i', (text, code, offset) => {
    expect(plainQuery.decode(text)).toEqual({ ok: false, error: { code, offset, message: sentence } });
  });

  it('is bounded', () => {
    const longest = `Cmd=Sync&User=${'u'.repeat(maxQueryLength - 14)}`;
    const { user, ...rest } = read(longest);
    expect(plainQuery.encode({ ...rest, user: `${user}` })).toEqual({ ok: true, value: longest });

    const tooLong = { ok: false, error: { code: 'ERR_QUERY_VALUE', message: sentence } };
    expect(plainQuery.decode(`${longest}u`)).toEqual(tooLong);
    expect(plainQuery.encode({ ...rest, user: `${user}u` })).toEqual(tooLong);
  });

  it.each<[string, Partial<PlainQuery>]>([
    ['an empty command', { command: '' }],
    ['half a surrogate pair', { user: '\ud83d' }],
    ['half a surrogate pair in a name', { others: [{ name: '\udd11', value: '' }] }],
    ['a known field among the others', { others: [{ name: 'deviceID', value: '1' }] }],
    ['more than the limit', { user: 'u'.repeat(maxQueryLength) }],
  ])('cannot carry %s', (_, part) => {
    expect(plainQuery.encode({ ...query, ...part })).toEqual({
      ok: false,
      error: { code: 'ERR_QUERY_VALUE', message: sentence },
    });
  });
});
