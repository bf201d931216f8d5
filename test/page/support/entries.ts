/** An exchange as a program would tell of it: transitions by the machine itself, messages made up. */
import { type ProvisioningEvent, type Role, start, step } from '../../../machines/index.js';
import type { Entry, MessageEntry } from '../../../src/timeline/entry.js';

/** What happens, in order: a fact of one side, or a message and its fate. */
type Happening = readonly [Role, ProvisioningEvent] | (Partial<MessageEntry> & Pick<MessageEntry, 'direction'>);

/** Device and server as one session agree on a policy. */
export function agreement(session = 'A1'): readonly Entry[] {
  return told(session, [
    { direction: 'request', command: 'FolderSync', summary: 'SyncKey 0', policyKey: '0' },
    {
      direction: 'answer',
      command: 'FolderSync',
      summary: 'Status 142',
      refusal: { name: 'DeviceNotProvisioned', meaning: 'The device has not provisioned.', move: 'client' },
    },
    ['client', { type: 'ReprovisionRequired', policyKey: '0', reason: 'DeviceNotProvisioned' }],
    ['client', { type: 'PolicyRequested' }],
    {
      direction: 'request',
      summary: 'initial request',
      policyKey: '0',
      body: { hex: '03016a00'.repeat(9), xml: '<Provision xmlns="Provision">\n  <Policies/>\n</Provision>' },
    },
    ['server', { type: 'PolicyRequested' }],
    ['server', offered],
    { direction: 'answer', summary: 'policy under temporary key 100' },
    ['client', offered],
    ['client', { type: 'PolicyAcknowledged', policyKey: '100', status: 1 }],
    { direction: 'request', summary: 'acknowledges policy, status 1', policyKey: '100' },
    ['server', { type: 'PolicyAcknowledged', policyKey: '100', status: 1 }],
    ['server', { type: 'PermanentKeyIssued', policyKey: '101' }],
    { direction: 'answer', summary: 'permanent key 101' },
    ['client', { type: 'PermanentKeyIssued', policyKey: '101' }],
  ]);
}

const offered: ProvisioningEvent = {
  type: 'PolicyOffered',
  policyKey: '100',
  policy: { DevicePasswordEnabled: true, MinDevicePasswordLength: 6 },
  revision: 'r1',
};

function told(session: string, happenings: readonly Happening[]): readonly Entry[] {
  const states = { client: start('client'), server: start('server') };
  let id = 0;
  return happenings.flatMap((happening, index): readonly Entry[] => {
    const where = { at: index * 10, session };
    if (!('direction' in happening)) {
      const [role, event] = happening;
      const before = states[role];
      const [after, effects] = step<Role>(before, event);
      Object.assign(states, { [role]: after });
      return [{ kind: 'Transition', ...where, role, before, event, after, effects }];
    }
    id += 1;
    const answers = happening.direction === 'answer' ? id - 1 : null;
    const message: MessageEntry = { ...plain, ...where, id, answers, ...happening };
    return [message, { kind: 'Fate', ...where, message: id, fate: 'Delivered' }];
  });
}

const plain = {
  kind: 'Message',
  command: 'Provision',
  protocolVersion: '14.1',
  policyKey: null,
  httpStatus: null,
  summary: '',
  body: { hex: '', xml: null },
  refusal: null,
} as const;
