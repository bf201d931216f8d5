import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basicCredentials, header, isHeaderValue, isWbxml, wbxmlContentType } from '../../src/http/headers.js';
import { anyText } from '../support/arbitraries/text.js';
import { text } from './arbitraries.js';

const printable = anyText().filter((text) => !/\p{Cc}/u.test(text));
/** What every refusal has to say: a sentence, whichever it is. */
const sentence = expect.stringMatching(/^[A-Z].*\.$/);
const basic = (bytes: string | Buffer) => `Basic ${Buffer.from(bytes).toString('base64')}`;

describe('header', () => {
  it('finds a field whatever the letter case of its name', () => {
    const name = fc.mixedCase(fc.constant('X-MS-PolicyKey'));
    fc.assert(
      fc.property(name, name, (written, asked) => {
        expect(header({ Host: 'a', [written]: '7' }, asked)).toBe('7');
      }),
    );
  });

  it('takes the white space off, and tells empty from absent', () => {
    expect(header({ Cookie: ' \t x y ' }, 'cookie')).toBe('x y');
    expect(header({ cookie: ' \t x y ' }, 'cookie')).toBe('x y');
    expect(header({ Cookie: '' }, 'cookie')).toBe('');
    expect(header({}, 'cookie')).toBeNull();
  });

  it('looks at own fields only', () => {
    expect(header({}, 'constructor')).toBeNull();
    expect(header(Object.create({ Cookie: 'x' }), 'Cookie')).toBeNull();
  });

  it('takes the lower-case one of two spellings, otherwise the first', () => {
    expect(header({ 'X-A': '1', 'X-a': '2' }, 'x-a')).toBe('1');
    expect(header({ 'X-A': '1', 'x-a': '2' }, 'x-A')).toBe('2');
  });
});

describe('isHeaderValue', () => {
  it.each(['0', 'a b', '~'])('takes %s', (text) => expect(isHeaderValue(text)).toBe(true));

  it.each(['', ' a', 'a ', 'a\r\nX: y', 'a\n', 'é', '\u0000'])('refuses %j', (text) => {
    expect(isHeaderValue(text)).toBe(false);
  });

  it('takes 1024 characters and no more', () => {
    expect(isHeaderValue('x'.repeat(1024))).toBe(true);
    expect(isHeaderValue('x'.repeat(1025))).toBe(false);
  });
});

describe('basicCredentials', () => {
  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(printable, printable, (user, password) => {
        fc.pre(!user.includes(':'));
        const encoded = basicCredentials.encode({ user, password });
        expect(encoded).toEqual({ ok: true, value: basic(`${user}:${password}`) });
        expect(encoded.ok && basicCredentials.decode(encoded.value)).toEqual({ ok: true, value: { user, password } });
      }),
    );
  });

  it('is total, and what it refuses it never shows', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((text) => `Basic ${text}`),
          fc.uint8Array().map((bytes) => basic(Buffer.from(bytes))),
        ),
        (value) => {
          const decoded = basicCredentials.decode(value);
          if (!decoded.ok) expect(decoded).toEqual(basicCredentials.decode(''));
        },
      ),
    );
  });

  it.each([
    ['Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'Aladdin', 'open sesame'],
    ['basic  dGVzdDoxMjPCow==', 'test', '123£'],
    ['BASIC YTpiOmM=', 'a', 'b:c'],
    ['Basic Og==', '', ''],
  ])('reads %s (RFC 7617)', (value, user, password) => {
    expect(basicCredentials.decode(value)).toEqual({ ok: true, value: { user, password } });
  });

  it.each([
    ['another scheme', 'Bearer YTpi'],
    ['another scheme that ends as Basic does', 'Xbasic YTpi'],
    ['no token', 'Basic '],
    ['two tokens', 'Basic YTpi YTpi'],
    ['loose base64', 'Basic YTpiOmM'],
    ['no colon', basic('alice')],
    ['Latin-1', basic(Buffer.from('andr\u00e9:x', 'latin1'))],
    ['a control character', basic('a:b\u0000')],
    ['the control character DEL', basic('a:b\u007f')],
    ['a control character beyond ASCII', basic('a:é\u0085')],
    ['the lowest byte beyond ASCII alone', basic(Buffer.of(0x61, 0x3a, 0x80))],
    ['too long a value', basic(`a:${'b'.repeat(3100)}`)],
  ])('refuses %s', (_, value) => {
    const error = { code: 'ERR_HEADER_VALUE', message: sentence };
    expect(basicCredentials.decode(value)).toEqual({ ok: false, error });
  });

  it.each([
    ['a colon in the user', 'a:b', 'c'],
    ['a control character in the user', 'a\u007f', 'c'],
    ['a control character in the password', 'a', 'c\r\n'],
    ['half a surrogate pair', 'a', '\ud83d'],
    ['too long a password', 'a', 'b'.repeat(3100)],
  ])('cannot carry %s', (_, user, password) => {
    const error = { code: 'ERR_HEADER_VALUE', message: sentence };
    expect(basicCredentials.encode({ user, password })).toEqual({ ok: false, error });
  });

  it('are of 4096 characters at most, the spaces before the token included', () => {
    const credentials = { user: 'a', password: 'b'.repeat(3064) };
    const encoded = basicCredentials.encode(credentials);
    const token = encoded.ok ? encoded.value.slice('Basic '.length) : '';
    expect(basicCredentials.decode(`Basic ${token.padStart(4090)}`)).toEqual({
      ok: true,
      value: credentials,
    });
    expect(basicCredentials.decode(`Basic ${token.padStart(4091)}`).ok).toBe(false);
    expect(basicCredentials.encode({ user: 'a', password: 'b'.repeat(3065) }).ok).toBe(false);
  });
});

describe('isWbxml', () => {
  it('takes both media types in any letter case, whatever follows', () => {
    const type = fc.mixedCase(fc.constantFrom(wbxmlContentType, 'application/vnd.ms-sync'));
    fc.assert(
      fc.property(type, text, (type, rest) => {
        expect(isWbxml(` ${type} ;${rest}`)).toBe(true);
      }),
    );
    expect(isWbxml('application/vnd.ms-sync.wbxml')).toBe(true);
    expect(wbxmlContentType).toBe('application/vnd.ms-sync.wbxml');
  });

  it.each([
    '',
    'text/html',
    'application/vnd.ms-sync.xml',
    'xapplication/vnd.ms-sync',
    'text/html; application/vnd.ms-sync',
  ])('refuses %j', (type) => expect(isWbxml(type)).toBe(false));
});
