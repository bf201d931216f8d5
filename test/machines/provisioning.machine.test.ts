/** The rows of the transition table, and what no row can say. */
import { describe, expect, test } from 'vitest';
import { provisioningMachine } from '../../machines/provisioning.machine.js';
import { type ProvisioningState, step } from '../../machines/provisioning.step.js';
import { begin, reach } from '../support/engine.js';
import { limits, played, rows, situations } from './transition-rows.js';

describe.each(rows)('%s x %o', (...row) => {
  const [, , to, client, server] = row;
  test.each([
    ['client', client],
    ['server', server],
  ] as const)(`-> ${to} (%s)`, (role, asked) => {
    expect(played({ step }, row, role)).toEqual([to, asked]);
  });
});

const demanded = { type: 'ReprovisionRequired', policyKey: '0', reason: 'PolicyRefresh' } as const;

test('a server never runs out of cycles: it answers whatever comes', () => {
  let state: ProvisioningState<'server'> = begin('server', { attempts: 0, cycles: Number.MAX_SAFE_INTEGER });
  for (let round = 0; round < 100; round++) [state] = step(step(state, demanded)[0], { type: 'PolicyRequested' });
  expect(state.name).toBe('AwaitingPolicy');
});

test('a failure that is not a loop leaves the next try to the host, with all its cycles', () => {
  const acknowledged = reach({ step }, situations['Acknowledging, acknowledged'], 'client', limits);
  const [failed] = step(acknowledged, { type: 'ProvisionRejected', scope: 'Provision', status: 139 });
  expect(failed.context).toMatchObject({ cycles: 0, failure: { kind: 'Rejected', scope: 'Provision', status: 139 } });
});

test('an inspector shows it under its name', () => {
  expect(provisioningMachine.id).toBe('provisioning');
});
