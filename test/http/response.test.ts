import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeOptionsResponse, readOffer, redirectLocation, retryAfter } from '../../src/http/response.js';
import { commandNames } from '../../src/protocol/command.js';
import { negotiateVersion, versions } from '../../src/protocol/version.js';
import { text } from './arbitraries.js';

describe('the answer to OPTIONS', () => {
  it('is undone by readOffer', () => {
    fc.assert(
      fc.property(fc.subarray([...versions]), fc.subarray([...commandNames]), (versions, commands) => {
        const response = composeOptionsResponse(versions, commands);
        expect(response).toMatchObject({ status: 200, body: Uint8Array.of() });
        expect(readOffer(response.headers)).toEqual({ versions, commands });
      }),
    );
  });

  it('offers what any of the versions has, unless told which', () => {
    const commandsOf = (...of: typeof versions) => readOffer(composeOptionsResponse(of).headers).commands;
    expect(commandsOf('2.5', '16.1')).toEqual(
      expect.arrayContaining(['GetAttachment', 'Find', 'Settings', 'Provision']),
    );
    expect(commandsOf('14.1')).not.toContain('GetAttachment');
    expect(commandsOf('14.1')).not.toContain('Find');
    expect(commandsOf('2.5')).not.toContain('Settings');
  });

  it('is read with spaces and unknown entries, which negotiation then ignores (MS-ASHTTP 3.1.3)', () => {
    const headers = {
      'ms-asprotocolversions': '2.0, 2.1,2.5 ,,14.1,99.9',
      'ms-asprotocolcommands': ' Sync , GetHierarchy,Provision',
    };
    const offer = readOffer(headers);
    expect(offer.versions).toEqual(['2.0', '2.1', '2.5', '14.1', '99.9']);
    expect(offer.commands).toEqual(['Sync', 'GetHierarchy', 'Provision']);
    expect(negotiateVersion(offer.versions.join())).toBe('14.1');
  });

  it('may lack its headers', () => {
    expect(readOffer({})).toEqual({ versions: [], commands: [] });
  });
});

describe('retryAfter', () => {
  const now = Date.UTC(2026, 0, 1);
  const day = 86_400_000;

  it('is null or between nothing and a day', () => {
    const value = fc.oneof(
      text,
      fc.nat().map(String),
      fc.bigInt().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(value, fc.nat(Number.MAX_SAFE_INTEGER), (value, now) => {
        const wait = retryAfter({ 'retry-after': value }, now);
        if (wait !== null) expect(wait >= 0 && wait <= day).toBe(true);
      }),
    );
  });

  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['86400', day],
    ['86401', day],
    ['99999999999999999999999999', day],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:59 GMT', 0],
    ['Fri, 01 Jan 2027 00:00:00 GMT', day],
    ['-1', null],
    ['1.5', null],
    ['1e3', null],
    ['soon', null],
    ['', null],
  ])('reads %j', (value, wait) => expect(retryAfter({ 'Retry-After': value }, now)).toBe(wait));

  it('is null without the header', () => expect(retryAfter({}, now)).toBeNull());
});

describe('redirectLocation', () => {
  it('is null or an https URL without user, query and fragment', () => {
    const url = fc.tuple(fc.constantFrom('', 'https://', 'http://', 'https://h'), text);
    fc.assert(
      fc.property(url, (url) => {
        const location = redirectLocation({ 'X-MS-Location': url.join('') });
        if (location !== null) expect(location).toMatch(/^https:\/\/[^/@?#\s]+(\/[^?#\s]*)?$/i);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['https://mail.contoso.com/Microsoft-Server-ActiveSync', 'https://mail.contoso.com/Microsoft-Server-ActiveSync'],
    ['HTTPS://mail.example.org:444/a', 'HTTPS://mail.example.org:444/a'],
    ['https://[2001:db8::1]/a', 'https://[2001:db8::1]/a'],
    ['https://mail.example.org', 'https://mail.example.org'],
    ['https://mail.example.org/a?Cmd=Sync#x', 'https://mail.example.org/a'],
    ['http://mail.example.org/a', null],
    ['see https://mail.example.org/a', null],
    ['https://', null],
    ['https:///a', null],
    ['https://user@mail.example.org/a', null],
    ['https://mail.example.org\\@evil.example/a', null],
    ['https://mail.example.org/a b', null],
    ['//mail.example.org/a', null],
    ['javascript:alert(1)', null],
  ])('reads %s', (value, location) => expect(redirectLocation({ 'x-ms-location': value })).toBe(location));

  it('is null without the header, and beyond 2048 characters', () => {
    const url = 'https://h/'.padEnd(2048, 'a');
    expect(redirectLocation({ 'X-MS-Location': url })).toBe(url);
    expect(redirectLocation({ 'X-MS-Location': `${url}a` })).toBeNull();
    expect(redirectLocation({})).toBeNull();
  });
});
