import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpStatus, httpStatuses, isHttpStatus, isSuccess } from '../../src/http/http-status.js';

describe('the HTTP status table', () => {
  it('gives every number a row, its own where it has one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 100, max: 599 }), fc.double()), (status) => {
        if (isHttpStatus(status)) expect(httpStatus(status)).toBe(httpStatuses[status]);
        else expect(httpStatus(status).retry === 'later').toBe(status >= 500 && status <= 599);
      }),
    );
  });

  it('calls 200 to 299 a success, and nobody has to move then', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), (status) => {
        expect(isSuccess(status)).toBe(Math.floor(status / 100) === 2);
        expect(httpStatus(status).move === 'nobody').toBe(isSuccess(status));
      }),
    );
  });

  it.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
  ])('has %d at the edge of success: %s', (status, success) => expect(isSuccess(status)).toBe(success));

  it.each([
    [499, 'never'],
    [500, 'later'],
    [599, 'later'],
    [600, 'never'],
  ])('has %d at the edge of the faults of a server, to be repeated %s', (status, retry) => {
    expect(httpStatus(status)).toMatchObject({ retry });
  });

  it('names and explains every row, that of a status without one as well', () => {
    for (const row of [...Object.values(httpStatuses), httpStatus(405)]) {
      expect(row.name).toMatch(/^[A-Z]+/);
      expect(row.meaning).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('has a row for each status of MS-ASHTTP, and 449', () => {
    const listed = [200, 400, 401, 403, 404, 449, 451, 456, 457, 500, 501, 502, 503, 505, 507];
    expect(Object.keys(httpStatuses).map(Number)).toEqual(listed);
  });

  it.each([
    [400, 'client', 'never'],
    [401, 'user', 'afterLogin'],
    [403, 'administrator', 'never'],
    [404, 'caller', 'never'],
    [405, 'client', 'never'],
    [449, 'client', 'afterProvision'],
    [451, 'client', 'afterRedirect'],
    [500, 'server', 'later'],
    [501, 'client', 'never'],
    [502, 'wait', 'later'],
    [503, 'wait', 'later'],
    [504, 'server', 'later'],
    [507, 'user', 'never'],
    [Number.NaN, 'client', 'never'],
  ])('%d: the move is of the %s, to be repeated %s', (status, move, retry) => {
    expect(httpStatus(status)).toMatchObject({ move, retry });
  });
});
