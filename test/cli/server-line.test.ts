import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookOf } from '../../src/cli/look.js';
import { serverLine } from '../../src/cli/server-line.js';
import { type ServerExchange, type ServerReason, serverReasons } from '../../src/server/index.js';
import { anyText } from '../support/arbitraries/text.js';

const plain = lookOf({ isFancy: false, columns: 80 });
const exchange: ServerExchange = {
  at: new Date(2026, 0, 2, 3, 4, 5).getTime(),
  method: 'POST',
  user: 'lab',
  deviceId: 'v140Device',
  deviceType: 'SP',
  command: 'FolderSync',
  protocolVersion: '14.1',
  policyKey: '1307199584',
  httpStatus: 200,
  reason: null,
  events: [],
  exemption: null,
  previous: null,
  state: null,
};

test('an exchange is one line of columns', () => {
  expect(serverLine(exchange, plain)).toBe(
    '03:04:05  FolderSync  lab           v140Device      14.1  key 130..584  200',
  );
});

test('what happened stands behind them', () => {
  expect(serverLine({ ...exchange, events: ['PolicyChanged', 'PolicyOffered'] }, plain)).toMatch(
    / PolicyChanged, PolicyOffered$/,
  );
});

test('every reason is told in words, with whose move it is; its number where it stood in the body', () => {
  for (const reason of Object.keys(serverReasons) as ServerReason[]) {
    const { status, meaning } = serverReasons[reason];
    expect(serverLine({ ...exchange, reason }, plain)).toContain(`  ${status} ${reason}: ${meaning} Next: `);
    expect(serverLine({ ...exchange, reason, httpStatus: 449 }, plain)).toContain(`449                    ${reason}: `);
  }
});

test('one line it stays, whatever a stranger sends', () => {
  const text = anyText();
  fc.assert(
    fc.property(text, text, text, (method, deviceId, policyKey) => {
      const line = serverLine({ ...exchange, command: null, method, deviceId, policyKey }, plain);
      expect(line).not.toMatch(/\p{Cc}/u);
      expect(line.length).toBeLessThan(120);
    }),
  );
});
