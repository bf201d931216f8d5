import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountChecker, accountsOf } from '../../src/cli/accounts.js';
import { UsageError } from '../../src/cli/exit-code.js';

const name = fc.string({ minLength: 1 }).filter((text) => !text.includes(':'));
const password = fc.string({ minLength: 1 });

test('accounts are let in under their own name, and nobody else', () => {
  const accounts = fc.uniqueArray(fc.record({ user: name, password }), { selector: ({ user }) => user, minLength: 1 });
  fc.assert(
    fc.property(accounts, name, password, (known, user, tried) => {
      const check = accountChecker(accountsOf(known.map((account) => `${account.user}:${account.password}`)));
      for (const account of known) expect(check(account)).toBe(account.user);
      const isOne = known.some((account) => account.user === user && account.password === tried);
      expect(check({ user, password: tried })).toBe(isOne ? user : null);
      expect(check(null)).toBeNull();
    }),
  );
});

test('the password begins behind the first colon', () => {
  expect(accountsOf(['lab:a:b'])).toEqual([{ user: 'lab', password: 'a:b' }]);
});

test.each([['lab'], ['lab:'], [':secret'], ['']])('not an account, and not repeated: %j', (text) => {
  expect(() => accountsOf([text])).toThrow(new UsageError('--user: expected NAME:PASSWORD'));
});
