import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLoopback, isSameSite, movedTo } from '../../src/client/site.js';

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
const at = (host: string) => `https://${host}/Microsoft-Server-ActiveSync`;

describe('one site', () => {
  test('is a host, and what is below it', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 2, maxLength: 4 }), label, (labels, below) => {
        const host = labels.join('.');
        expect(isSameSite(at(host), at(host))).toBe(true);
        expect(isSameSite(at(host), `https://${host}:8443/eas`)).toBe(true);
        expect(isSameSite(at(host), at(`${below}.${host}`))).toBe(true);
      }),
    );
  });

  test('never leads from one registered name to another', () => {
    const suffix = fc.constantFrom('com', 'net', 'de', 'co.uk', 'com.au', 'ac.jp', 'gouv.fr', 'asso.fr');
    const name = fc.tuple(fc.array(label, { maxLength: 2 }), fc.stringMatching(/^[a-z]{5,9}$/));
    fc.assert(
      fc.property(name, name, suffix, suffix, ([below, one], [otherBelow, other], end, otherEnd) => {
        fc.pre(one !== other || end !== otherEnd);
        expect(isSameSite(at([...below, one, end].join('.')), at([...otherBelow, other, otherEnd].join('.')))).toBe(
          false,
        );
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['mail.example.com', 'eu.mail.example.com', true],
    ['mail.example.com', 'new.example.com', true],
    ['eu.mail.example.com', 'example.com', true],
    ['mail.example.com', 'mail.example.com.', true],
    ['MAIL.example.com', 'mail.EXAMPLE.com', true],
    ['mail.example.co.uk', 'new.example.co.uk', true],
    ['mail.contoso.de', 'eas.contoso.de', true],
    ['mail.bmw.de', 'eas.bmw.de', false],
    ['mail.audi.de', 'eas.audi.de', false],
    ['mail.tesla.de', 'eas.tesla.de', true],
    ['mail.bmw.com', 'eas.bmw.com', true],
    ['1.example.com', '2.example.com', true],
    ['mail.example.com', 'example.com.evil.net', false],
    ['mail.example.com', 'notexample.com', false],
    ['localhost', 'mail.localhost', true],
    ['localhost', 'mail.example.com', false],
    ['127.0.0.1', 'localhost', true],
    ['com', 'example.com', true],
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['192.0.2.1', '10.9.2.1', false],
    ['com', 'net', false],
    ['[2001:db8::1]', '[2001:db8::1]', true],
    ['[2001:db8::1]', '[2001:db8::2]', false],
    ['1.example.com', '1.2.3.4', false],
  ])('%s and %s: %s', (one, other, isSame) => {
    expect(isSameSite(at(one), at(other))).toBe(isSame);
  });
});

describe('the loopback', () => {
  test.each([
    ['http://localhost:8080/', true],
    ['http://eas.localhost/', true],
    ['http://127.0.0.1/', true],
    ['http://127.1.2.3:9/', true],
    ['http://127.10.200.3/', true],
    ['http://0x7f.1/', true],
    ['http://[::1]:80/', true],
    ['http://127.0.0.1.example.com/', false],
    ['http://localhost.example.com/', false],
    ['http://10.0.0.1/', false],
  ])('%s: %s', (endpoint, isIt) => {
    expect(isLoopback(endpoint)).toBe(isIt);
  });
});

/** On the loopback, of so many characters. */
const longUrl = (length: number) => 'http://127.0.0.1:9/'.padEnd(length, 'x');

describe('where a 451 leads', () => {
  const local = 'http://127.0.0.1:8080/Microsoft-Server-ActiveSync';
  test.each([
    ['https://new.example.com/', at('mail.example.com'), 'https://new.example.com/Microsoft-Server-ActiveSync'],
    ['https://new.example.com/eas?Cmd=Sync', at('mail.example.com'), 'https://new.example.com/eas'],
    ['http://new.example.com/', at('mail.example.com'), null],
    ['http://127.0.0.1:9/', at('mail.example.com'), null],
    ['http://127.0.0.1:9/eas?x#y', local, 'http://127.0.0.1:9/eas'],
    ['http://localhost:9', local, 'http://localhost:9/Microsoft-Server-ActiveSync'],
    ['http://new.example.com/', local, null],
    ['https://new.example.com/', local, 'https://new.example.com/Microsoft-Server-ActiveSync'],
    ['http://a:b@127.0.0.1:9/', local, null],
    ['//127.0.0.1:9/', local, null],
    [longUrl(2048), local, longUrl(2048)],
    [longUrl(2049), local, null],
    ['', local, null],
  ])('%s, sent by %s: %s', (location, endpoint, target) => {
    expect(movedTo({ 'X-MS-Location': location }, endpoint)).toBe(target);
  });

  test('nowhere without the header', () => {
    expect(movedTo({}, local)).toBeNull();
  });

  test('to a place that is secure, or stays on the loopback, whatever the header holds', () => {
    const url = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.webUrl().map((text) => text.replace('https:', 'http:')),
    );
    fc.assert(
      fc.property(url, fc.constantFrom(local, at('mail.example.com')), (location, endpoint) => {
        const target = movedTo({ 'x-ms-location': location }, endpoint);
        expect(target === null || target.startsWith('https://') || (endpoint === local && isLoopback(target))).toBe(
          true,
        );
      }),
    );
  });
});
