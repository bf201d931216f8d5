import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClientFailure,
  isProvisioned,
  isUnprovisioned,
  type ProvisionOutcome,
  type Refusal,
  troubleOf,
  violationOf,
} from '../../src/client/outcome.js';
import { describeStatus } from '../../src/protocol/status.js';

const kinds: readonly (readonly [failure: ClientFailure | Refusal, kind: string, code: string, move: string])[] = [
  [{ kind: 'Rejected', scope: 'Http', status: 401 }, 'Refused', 'Http 401', 'user'],
  [{ kind: 'Rejected', scope: 'Provision', status: 3 }, 'Refused', 'Provision 3', 'wait'],
  [{ kind: 'Rejected', scope: 'Provision', status: 139 }, 'Refused', 'Provision 139', 'administrator'],
  [{ kind: 'Rejected', scope: 'Policy', status: 4 }, 'Refused', 'Policy 4', 'administrator'],
  [{ kind: 'ReprovisionRequired', reason: 'PolicyRefresh' }, 'Refused', 'ReprovisionRequired', 'server'],
  [{ kind: 'ExchangeFailed', fault: 'Network' }, 'Unreachable', 'Network', 'wait'],
  [{ kind: 'ExchangeFailed', fault: 'Timeout' }, 'Unreachable', 'Timeout', 'wait'],
  [{ kind: 'ExchangeFailed', fault: 'Malformed' }, 'Failed', 'Malformed', 'server'],
  [{ kind: 'ExchangeFailed', fault: 'Aborted' }, 'Failed', 'Aborted', 'caller'],
  [{ kind: 'OfferExpired' }, 'Failed', 'OfferExpired', 'client'],
  [{ kind: 'WipeFailed', scope: 'device' }, 'Failed', 'WipeFailed', 'user'],
  [{ kind: 'ReprovisionLoop', cycles: 3 }, 'Failed', 'ReprovisionLoop', 'administrator'],
  [{ kind: 'HostFailed', port: 'wipe', cause: 1 }, 'Failed', 'HostFailed', 'caller'],
  [{ kind: 'ForeignState', field: 'user' }, 'Failed', 'ForeignState', 'caller'],
  [{ kind: 'Unsendable', problem: { code: 'ERR_QUERY_VALUE', message: '' } }, 'Failed', 'Unsendable', 'caller'],
];

describe('troubleOf', () => {
  test.each(kinds)('%o is %s, code %s, and the move is with: %s', (failure, kind, code, move) => {
    expect(troubleOf(failure)).toMatchObject({ kind, failure, explanation: { code, move } });
  });

  test.each([401, 403, 500])('HTTP %i: another server may be the right one, which Autodiscover tells', (status) => {
    const { explanation } = troubleOf({ kind: 'Rejected', scope: 'Http', status });
    expect(explanation.meaning).toMatch(/Autodiscover/);
  });

  test('HTTP 451: the client has said why it does not follow', () => {
    const { explanation } = troubleOf({ kind: 'Rejected', scope: 'Http', status: 451 });
    expect(explanation.meaning).toMatch(/It is no place to follow to by oneself: a warning says why\.$/);
  });

  test.each([401, 403, 451, 500])('advice about HTTP %i is none about the same number in a body', (status) => {
    const { explanation } = troubleOf({ kind: 'Rejected', scope: 'Provision', status });
    expect(explanation.meaning).toBe(describeStatus('Provision', status).meaning);
  });

  test('explains any number', () => {
    const scope = fc.constantFrom('Http' as const, 'Provision' as const, 'Policy' as const);
    fc.assert(
      fc.property(scope, fc.nat(), (scope, status) => {
        const { explanation } = troubleOf({ kind: 'Rejected', scope, status });
        expect(explanation.code).toBe(`${scope} ${status}`);
        for (const text of [explanation.name, explanation.meaning, explanation.move]) expect(text).not.toBe('');
      }),
    );
  });
});

test('a violation names the side that broke the rules', () => {
  const server = violationOf({ kind: 'Violation', event: 'PolicyOffered', fault: 'server' });
  const explanation = { code: 'Violation', move: 'server' };
  expect(server).toMatchObject({ kind: 'Violation', fault: 'server', explanation });
  const local = violationOf({ kind: 'Violation', event: 'PolicyRequested', fault: 'local' });
  expect(local).toMatchObject({ fault: 'local', explanation: { move: 'client' } });
});

test.each<[ProvisionOutcome, boolean]>([
  [{ kind: 'Provisioned', policyKey: '7', policy: {} }, true],
  [{ kind: 'ProvisionedWithoutPolicy' }, true],
  [{ kind: 'Wiped', scope: 'device' }, false],
  [troubleOf({ kind: 'OfferExpired' }), false],
])('commands may go on behind $kind: %s', (outcome, mayGoOn) => {
  expect([isProvisioned(outcome), isUnprovisioned(outcome)]).toEqual([mayGoOn, !mayGoOn]);
});
