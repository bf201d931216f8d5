import { expect, test } from 'vitest';
import { reprovisionReasons } from '../../machines/provisioning.events.js';
import { memoryFields } from '../../machines/provisioning.record-fields.js';

type Field = keyof typeof memoryFields;

const counts = [0, 1, Number.MAX_SAFE_INTEGER];
const noCounts = [-1, 1.5, 2 ** 53, Number.NaN, '1', null, undefined];
const offer = { kind: 'Policy', policy: {}, revision: null, status: null };
const wipe = { kind: 'Wipe', scope: 'device', status: null };

/** What each field may hold, and what it may not. */
const rows: Readonly<Record<Field, readonly [may: readonly unknown[], mayNot: readonly unknown[]]>> = {
  policyKey: [
    ['0', '4294967295', 'any text', 'x'.repeat(64)],
    ['', 'x'.repeat(65), 7, null, undefined, ['7']],
  ],
  settledKey: [
    [null, '7', 'x'.repeat(64)],
    ['', 'x'.repeat(65), 7, undefined],
  ],
  revision: [
    [null, '', 'r1', 'x'.repeat(128)],
    ['x'.repeat(129), 7, undefined, ['r1']],
  ],
  reason: [
    [null, ...reprovisionReasons],
    ['', 'Whim', 142, undefined, ['PolicyRefresh']],
  ],
  attempts: [counts, noCounts],
  cycles: [counts, noCounts],
  failure: [
    [
      null,
      { kind: 'OfferExpired' },
      ...['Http', 'Provision', 'Policy'].map((scope) => ({ kind: 'Rejected', scope, status: 503 })),
      ...['Network', 'Timeout', 'Malformed', 'Aborted'].map((fault) => ({ kind: 'ExchangeFailed', fault })),
      ...['device', 'account'].map((scope) => ({ kind: 'WipeFailed', scope })),
      { kind: 'ReprovisionLoop', cycles: 3 },
    ],
    [
      undefined,
      'OfferExpired',
      7,
      [],
      {},
      { kind: 'Whim' },
      { kind: 'toString' },
      { kind: ['OfferExpired'] },
      { kind: 'OfferExpired', at: 7 },
      { kind: 'Rejected', scope: 'Http' },
      { kind: 'Rejected', scope: 'Wire', status: 503 },
      { kind: 'Rejected', scope: 'Http', status: '503' },
      { kind: 'Rejected', scope: 'Http', code: 503 },
      { kind: 'ExchangeFailed', fault: 'Tired' },
      { kind: 'WipeFailed', scope: 'shop' },
      { kind: 'ReprovisionLoop', cycles: -1 },
    ],
  ],
  pending: [
    [
      null,
      offer,
      { ...offer, policy: '<wap-provisioningdoc/>', revision: 'r1' },
      ...[1, 2, 3, 4].map((status) => ({ ...offer, status })),
      wipe,
      { ...wipe, scope: 'account', status: 1 },
    ],
    [
      undefined,
      'Policy',
      {},
      { ...offer, kind: 'Whim' },
      { ...offer, policy: null },
      { ...offer, policy: [] },
      { ...offer, policy: 7 },
      { ...offer, revision: 7 },
      { ...offer, status: 0 },
      { ...offer, status: 5 },
      { ...offer, scope: 'device' },
      { kind: 'Policy', policy: {}, revision: null },
      { ...wipe, scope: 'shop' },
      { ...wipe, status: 2 },
      { ...wipe, policy: {} },
      { kind: 'Wipe', scope: 'device' },
      { kind: 'Wipe', scope: 'device', confirmed: null },
    ],
  ],
};

test.each(Object.entries(rows))('%s holds what it may, and nothing else', (field, [may, mayNot]) => {
  const check = memoryFields[field as Field];
  for (const value of may) expect([value, check(value)]).toEqual([value, true]);
  for (const value of mayNot) expect([value, check(value)]).toEqual([value, false]);
});
