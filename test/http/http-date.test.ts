import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate } from '../../src/http/http-date.js';

describe('parseHttpDate', () => {
  it('undoes toUTCString', () => {
    const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (date) => {
        date.setUTCMilliseconds(0);
        expect(parseHttpDate(date.toUTCString())).toBe(date.getTime());
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', 784111777000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Thu, 29 Feb 2024 23:59:60 GMT', 1709251200000],
    ['Tue, 29 Feb 2000 00:00:00 GMT', 951782400000],
  ])('reads %s', (text, milliseconds) => expect(parseHttpDate(text)).toBe(milliseconds));

  it.each([
    '',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 GMT ',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
    'MonSun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 nov 1994 08:49:37 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Sun, 31 Nov 1994 08:49:37 GMT',
    'Wed, 29 Feb 2023 08:49:37 GMT',
    'Thu, 29 Feb 1900 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:37 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun, 06 Xyz 1994 08:49:37 GMT',
  ])('does not read %j', (text) => expect(parseHttpDate(text)).toBeNull());
});
