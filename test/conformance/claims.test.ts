/** Every requirement whose wording a claim understands is checked against the sources, one by one. */
import { describe, expect, test } from 'vitest';
import { normative } from '../support/requirements.js';
import { checkClaim, claimFor } from './claim.js';
import { claims } from './claims.js';

const understood = normative.flatMap((requirement) => {
  const claim = claimFor(claims, requirement);
  return claim ? [[requirement.summary, requirement.id, requirement, claim] as const] : [];
});

describe('MS-ASPROV, read and checked', () => {
  test.each(understood)('%s [%s]', async (_summary, _id, requirement, claim) => {
    await checkClaim(claim, requirement);
  });
});

test.each(claims.map(({ pattern }) => [String(pattern), pattern]))('a requirement is of the form %s', (_, pattern) => {
  expect(normative.some(({ summary }) => pattern.test(summary))).toBe(true);
});
