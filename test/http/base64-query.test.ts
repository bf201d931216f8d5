import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Base64Query, base64Query, maxQueryLength } from '../../src/http/query.js';
import { base64Queries } from './arbitraries.js';

const query: Base64Query = {
  form: 'base64',
  protocolVersion: '14.1',
  command: 'Provision',
  locale: 0x0409,
  deviceId: 'ASPROV0001',
  deviceType: 'SP',
  parameters: {},
  others: [],
};

/** What every refusal has to say: a sentence, whichever it is. */
const sentence = expect.stringMatching(/^[A-Z].*\.$/);

const bytesOf = (text: string) => [...Buffer.from(text, 'base64')];
const textOf = (...bytes: (number | string)[]) =>
  Buffer.concat(
    bytes.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))),
  ).toString('base64');

/** A query of the given device id, key, type and parameters, each with its own length byte. */
const packed = (...fields: (number | string)[]) => textOf(0x8d, 0x14, 0x09, 0x04, ...fields);

describe('base64Query', () => {
  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(base64Queries, (query) => {
        const encoded = base64Query.encode(query);
        expect(encoded.ok && base64Query.decode(encoded.value)).toEqual({ ok: true, value: query });
      }),
      { numRuns: 500 },
    );
  });

  it('is total, and what it reads has exactly one spelling but for the order of parameters', () => {
    const field = fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.of(bytes.length, ...bytes));
    const parts = fc.tuple(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      field,
      fc.constantFrom(Buffer.of(0), Buffer.of(4, 1, 2, 3, 4)),
      field,
      fc.uint8Array({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          parts.map((parts) => Buffer.concat(parts)),
          fc.uint8Array({ maxLength: 40 }),
        ),
        (bytes) => {
          const decoded = base64Query.decode(Buffer.from(bytes).toString('base64'));
          if (!decoded.ok) {
            const code = expect.stringMatching(/^ERR_QUERY_(SYNTAX|VALUE)$/);
            expect(decoded.error).toMatchObject({ code, message: sentence });
            return;
          }
          const encoded = base64Query.encode(decoded.value);
          expect(encoded.ok && bytesOf(encoded.value).sort()).toEqual([...bytes].sort());
          expect(encoded.ok && base64Query.decode(encoded.value)).toEqual(decoded);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('refuses every shortened query', () => {
    fc.assert(
      fc.property(base64Queries, fc.nat(), (query, pick) => {
        const encoded = base64Query.encode({ ...query, parameters: {}, others: [{ name: '5', value: '00' }] });
        const bytes = encoded.ok ? Buffer.from(encoded.value, 'base64') : Buffer.of();
        const withoutParameters = bytes.length - 3 - (query.user === undefined ? 0 : 2 + Buffer.byteLength(query.user));
        const short = bytes.subarray(0, pick % withoutParameters);
        expect(base64Query.decode(short.toString('base64'))).toMatchObject({
          ok: false,
          error: { code: 'ERR_QUERY_SYNTAX' },
        });
      }),
    );
  });
});

describe('the worked examples', () => {
  it.each<[string, string, Partial<Base64Query>]>([
    [
      'jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l',
      '8c 00 09 04 0a 76 31 34 30 44 65 76 69 63 65 00 0a 53 6d 61 72 74 50 68 6f 6e 65',
      { protocolVersion: '14.0', command: 'Sync', deviceId: 'v140Device', deviceType: 'SmartPhone' },
    ],
    ['jRQJBApBU1BST1YwMDAxAAJTUA==', '8d 14 09 04 0a 41 53 50 52 4f 56 30 30 30 31 00 02 53 50', {}],
    [
      'jRQJBApBU1BST1YwMDAxBAAAAAACU1A=',
      '8d 14 09 04 0a 41 53 50 52 4f 56 30 30 30 31 04 00 00 00 00 02 53 50',
      { policyKey: '0' },
    ],
    [
      'jRQJBApBU1BST1YwMDAxBGBI6k0CU1A=',
      '8d 14 09 04 0a 41 53 50 52 4f 56 30 30 30 31 04 60 48 ea 4d 02 53 50',
      { policyKey: '1307199584' },
    ],
    [
      'oQkJBApBU1BST1YwMDAxBFktBOsCU1AIBWFsaWNl',
      'a1 09 09 04 0a 41 53 50 52 4f 56 30 30 30 31 04 59 2d 04 eb 02 53 50 08 05 61 6c 69 63 65',
      { protocolVersion: '16.1', command: 'FolderSync', policyKey: '3942919513', user: 'alice' },
    ],
  ])('%s', (text, hex, part) => {
    expect(Buffer.from(text, 'base64').toString('hex')).toBe(hex.replaceAll(' ', ''));
    expect(base64Query.decode(text)).toStrictEqual({ ok: true, value: { ...query, ...part } });
    expect(base64Query.encode({ ...query, ...part })).toEqual({ ok: true, value: text });
  });
});

describe('a base64 query', () => {
  it('shows a device id of other bytes in lower-case hex', () => {
    const guid = Buffer.from('00112233445566778899AABBCCDDEEFF', 'hex').toString('latin1');
    const expected = { deviceId: '00112233445566778899aabbccddeeff', deviceIdHex: true };
    expect(base64Query.decode(packed(16, guid, 0, 2, 'SP'))).toMatchObject({ ok: true, value: expected });
  });

  it.each<[number, object]>([
    [0x1f, { deviceId: '1f', deviceIdHex: true }],
    [0x20, { deviceId: ' ' }],
    [0x7e, { deviceId: '~' }],
    [0x7f, { deviceId: '7f', deviceIdHex: true }],
  ])('shows the device id of the one byte %i as text only if it is printable', (byte, identity) => {
    const { deviceId, ...rest } = query;
    expect(base64Query.decode(packed(1, byte, 0, 2, 'SP'))).toEqual({ ok: true, value: { ...rest, ...identity } });
  });

  it('shows a device id that looks like hex as the text it is', () => {
    const decoded = base64Query.decode(packed(4, 'ab00', 0, 2, 'SP'));
    expect(decoded).toEqual({ ok: true, value: { ...query, deviceId: 'ab00' } });
  });

  it('keeps versions, commands and parameters that are not assigned', () => {
    expect(base64Query.decode(textOf(191, 7, 0, 0, 1, 'D', 0, 0, 5, 2, 0xca, 0xfe, 2, 0))).toEqual({
      ok: true,
      value: {
        form: 'base64',
        protocolVersion: '19.1',
        command: '7',
        locale: 0,
        deviceId: 'D',
        deviceType: '',
        parameters: {},
        others: [
          { name: '5', value: 'cafe' },
          { name: '2', value: '' },
        ],
      },
    });
  });

  it('reads the parameters of SmartReply in any order', () => {
    const decoded = base64Query.decode(packed(1, 'D', 0, 0, 7, 1, 1, 3, 3, '5:1', 1, 1, '5', 8, 1, 'u'));
    const parameters = { CollectionId: '5', ItemId: '5:1', Options: '1' };
    expect(decoded).toMatchObject({ ok: true, value: { user: 'u', parameters, others: [] } });
  });

  it.each([
    ['an empty text', '', 'ERR_QUERY_SYNTAX', 0],
    ['a plain query', 'User=alice', 'ERR_QUERY_SYNTAX', 10],
    ['white space', 'jRQJBApBU1BST1YwMDAxAAJTUA ==', 'ERR_QUERY_SYNTAX', 29],
    ['the URL alphabet', 'jRQJBAp-U1BST1YwMDAxAAJTUA==', 'ERR_QUERY_SYNTAX', 7],
    ['a device id that ends early', packed(9, 'D'), 'ERR_QUERY_SYNTAX', 6],
    ['no device type', packed(1, 'D', 0), 'ERR_QUERY_SYNTAX', 7],
    ['a parameter without length', packed(1, 'D', 0, 0, 8), 'ERR_QUERY_SYNTAX', 8],
    ['a parameter that ends early', packed(1, 'D', 0, 0, 8, 2, 'u'), 'ERR_QUERY_SYNTAX', 8],
    ['an empty device id', packed(0, 0, 2, 'SP'), 'ERR_QUERY_VALUE', 4],
    ['a key of one byte', packed(1, 'D', 1, 'k', 0), 'ERR_QUERY_VALUE', 6],
    ['a key of five bytes', packed(1, 'D', 5, 'kkkkk', 0), 'ERR_QUERY_VALUE', 6],
    ['a device type that is not UTF-8', packed(1, 'D', 0, 1, 0xff), 'ERR_QUERY_VALUE', 7],
    ['a user that is not UTF-8', packed(1, 'D', 0, 0, 8, 1, 0xff), 'ERR_QUERY_VALUE', 8],
    ['two users', packed(1, 'D', 0, 0, 8, 1, 'u', 8, 1, 'v'), 'ERR_QUERY_VALUE', 11],
    ['options of two bytes', packed(1, 'D', 0, 0, 7, 2, 0, 1), 'ERR_QUERY_VALUE', 8],
    ['options of no byte', packed(1, 'D', 0, 0, 7, 0), 'ERR_QUERY_VALUE', 8],
  ])('is not %s', (_, text, code, offset) => {
    expect(base64Query.decode(text)).toMatchObject({ ok: false, error: { code, offset, message: sentence } });
  });

  it('is bounded', () => {
    const others = (last: number) => [
      ...Array.from({ length: 23 }, () => ({ name: '9', value: '00'.repeat(255) })),
      { name: '9', value: '00'.repeat(last) },
    ];
    const longest = base64Query.encode({ ...query, others: others(212) });
    const text = longest.ok ? longest.value : '';
    expect(text).toHaveLength(maxQueryLength);
    expect(base64Query.decode(text)).toEqual({ ok: true, value: { ...query, others: others(212) } });

    const tooLong = { ok: false, error: { code: 'ERR_QUERY_VALUE', message: sentence } };
    expect(base64Query.encode({ ...query, others: others(213) })).toEqual(tooLong);
    const another = Buffer.of(9, 1, 0).toString('base64');
    expect(base64Query.decode(text + another)).toEqual(tooLong);
  });

  it.each<[string, Partial<Base64Query>]>([
    ['a version that is none', { protocolVersion: '14' }],
    ['a version beyond one byte', { protocolVersion: '25.6' }],
    ['a version of two decimals', { protocolVersion: '1.23' }],
    ['a version in another spelling', { protocolVersion: '02.5' }],
    ['an unknown command', { command: 'Unknown' }],
    ['an empty command', { command: '' }],
    ['the code of a command', { command: '20' }],
    ['a code beyond one byte', { command: '256' }],
    ['a code in another spelling', { command: '07' }],
    ['a negative locale', { locale: -1 }],
    ['a locale beyond two bytes', { locale: 0x10000 }],
    ['half a locale', { locale: 0.5 }],
    ['an empty device id', { deviceId: '' }],
    ['a device id beyond ASCII', { deviceId: 'é' }],
    ['a device id beyond 255 bytes', { deviceId: 'D'.repeat(256) }],
    ['hex digits of printable text', { deviceId: '4142', deviceIdHex: true }],
    ['upper-case hex digits', { deviceId: '00FF', deviceIdHex: true }],
    ['an empty hex id', { deviceId: '', deviceIdHex: true }],
    ['a key beyond four bytes', { policyKey: '4294967296' }],
    ['a key that is no number', { policyKey: 'abc' }],
    ['a key in another spelling', { policyKey: '01' }],
    ['an empty key', { policyKey: '' }],
    ['a device type beyond 255 bytes', { deviceType: 'é'.repeat(128) }],
    ['a device type that is half a surrogate pair', { deviceType: '\ud83d' }],
    ['a user beyond 255 bytes', { user: 'u'.repeat(256) }],
    ['options beyond one byte', { parameters: { Options: '256' } }],
    ['options that are no number', { parameters: { Options: 'T' } }],
    ['a known tag among the others', { others: [{ name: '8', value: '00' }] }],
    ['a tag that is no number', { others: [{ name: 'x', value: '00' }] }],
    ['a value that is not hex', { others: [{ name: '5', value: 'x' }] }],
    ['a value beyond 255 bytes', { others: [{ name: '5', value: '00'.repeat(256) }] }],
  ])('cannot carry %s', (_, part) => {
    expect(base64Query.encode({ ...query, ...part })).toEqual({
      ok: false,
      error: { code: 'ERR_QUERY_VALUE', message: sentence },
    });
  });

  it.each<Partial<Base64Query>>([
    { protocolVersion: '14' },
    { command: 'Unknown' },
    { locale: -1 },
    { deviceId: 'é' },
    { policyKey: 'abc' },
    { deviceType: '\ud83d' },
  ])('names the field that does not fit: %j', (part) => {
    const message = expect.stringContaining(` ${Object.keys(part)[0]} `);
    expect(base64Query.encode({ ...query, ...part })).toMatchObject({ error: { message } });
  });

  it('has no tag for a parameter of the plain form alone', () => {
    const parameters: Readonly<Record<string, string>> = { SaveInSent: 'T' };
    expect(base64Query.encode({ ...query, parameters })).toEqual(base64Query.encode(query));
  });

  it.each([0, 1, 0xff, 0x100, 0x0409, 0xffff])('carries the locale %i, low byte first', (locale) => {
    const encoded = base64Query.encode({ ...query, locale });
    const bytes = Buffer.from(encoded.ok ? encoded.value : '', 'base64');
    expect(bytes.readUInt16LE(2)).toBe(locale);
  });

  it.each(['0', '1', '255', '256', '2147483648', '4294967295'])('carries the key %s, low byte first', (policyKey) => {
    const encoded = base64Query.encode({ ...query, policyKey });
    const bytes = Buffer.from(encoded.ok ? encoded.value : '', 'base64');
    expect(bytes.readUInt32LE(16)).toBe(Number(policyKey));
  });
});
