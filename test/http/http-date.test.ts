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
    ['Jan', 31, 1672531200000],
    ['Feb', 28, 1675209600000],
    ['Mar', 31, 1677628800000],
    ['Apr', 30, 1680307200000],
    ['May', 31, 1682899200000],
    ['Jun', 30, 1685577600000],
    ['Jul', 31, 1688169600000],
    ['Aug', 31, 1690848000000],
    ['Sep', 30, 1693526400000],
    ['Oct', 31, 1696118400000],
    ['Nov', 30, 1698796800000],
    ['Dec', 31, 1701388800000],
  ])('has in %s the days 01 to %i', (month, days, first) => {
    const at = (day: number) => parseHttpDate(`Sun, ${String(day).padStart(2, '0')} ${month} 2023 00:00:00 GMT`);
    expect([0, 1, days, days + 1].map(at)).toEqual([null, first, first + (days - 1) * 86_400_000, null]);
  });

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
