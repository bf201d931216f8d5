import { expect, test } from 'vitest';
import { administrationProblems, problemOfOrder } from '../../src/admin/problems.js';
import { type ServerReason, serverReasons } from '../../src/server/reasons.js';

test('every problem is one that HTTP knows for a failure, and is told in a sentence', () => {
  for (const [code, { status, meaning }] of Object.entries(administrationProblems)) {
    expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(meaning).toMatch(/^[A-Z].+\.$/);
  }
});

test.each(Object.keys(serverReasons) as ServerReason[])(
  'an order refused for %s has that reason, by message or name',
  (reason) => {
    const { http, meaning } = serverReasons[reason];
    const expected = { code: reason, status: http === 503 ? 503 : 409, meaning };
    expect(problemOfOrder(new Error(reason))).toEqual(expected);
    expect(problemOfOrder(Object.assign(new Error('told otherwise'), { name: reason }))).toEqual(expected);
  },
);

test.each([new Error('toString'), new TypeError('x'), 'StoreFailed', null, undefined, { message: 'LostRace' }])(
  '%o is no reason, so the store is to blame',
  (error) => {
    expect(problemOfOrder(error)).toMatchObject({ code: 'StoreFailed', status: 503 });
  },
);
