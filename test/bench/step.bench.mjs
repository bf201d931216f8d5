/** `step` against a switch written by hand that does the same, and XState's own `transition()` beside it. */
import assert from 'node:assert/strict';
import { provisioningMachine, resume, start, step } from 'eas-provisioning/machine';
import { transition } from 'xstate';
import { compare } from './compare.mjs';
import { reduce } from './switch-reducer.mjs';

const policy = { DevicePasswordEnabled: true, MinDevicePasswordLength: 4 };
const handshake = [
  { type: 'PolicyRequested' },
  { type: 'PolicyOffered', policyKey: '1307199584', policy, revision: 'r1' },
  { type: 'PolicyAcknowledged', policyKey: '1307199584', status: 1 },
  { type: 'PermanentKeyIssued', policyKey: '3942919513' },
  { type: 'CommandAdmitted', policyKey: '3942919513' },
];
const provisioned = resume('server', '3942919513', { revision: 'r1' });
const command = { type: 'CommandAdmitted', policyKey: '3942919513' };
const fresh = start('server');

export async function results() {
  for (let count = 1; count <= handshake.length; count++) {
    assert.deepEqual(run(step, count), run(reduce, count));
    assert.deepEqual(run(xstate, count), run(step, count));
  }
  const compared = [
    ['an admitted command', () => step(provisioned, command)[1].length, () => reduce(provisioned, command)[1].length],
    ['a full handshake', () => run(step).length, () => run(reduce).length],
  ].map(([name, ours, theirs]) => compare(`step / hand-written switch, ${name}`, 8, ours, theirs));
  const shown = [
    ['an admitted command', () => xstate(provisioned, command)[1].length, () => reduce(provisioned, command)[1].length],
    ['a full handshake', () => run(xstate).length, () => run(reduce).length],
  ].map(([name, ours, theirs]) => ({
    ...compare(`XState transition() / hand-written switch, ${name}`, Number.POSITIVE_INFINITY, ours, theirs),
    limit: null,
  }));
  return [...compared, ...shown];
}

/** The states and effects of a handshake, or the beginning of one. */
function run(through, count = handshake.length) {
  let state = fresh;
  let effects = [];
  for (let index = 0; index < count; index++) [state, effects] = through(state, handshake[index]);
  return [state, effects];
}

function xstate(state, event) {
  const snapshot = provisioningMachine.resolveState({ value: state.name, context: state.context });
  const [next, actions] = transition(provisioningMachine, snapshot, event);
  return [{ name: next.value, context: next.context }, actions.map(({ params }) => params)];
}
