/** Every row of the transition table, both columns: what a reader of the chart should be able to predict. */
import type { Effect } from '../../machines/provisioning.effects.js';
import type { ProvisioningEvent, Role } from '../../machines/provisioning.events.js';
import type { ProvisioningState } from '../../machines/provisioning.step.js';
import { type Engine, reach } from '../support/engine.js';

export const limits = { attempts: 1, cycles: 2 };

const requested: ProvisioningEvent = { type: 'PolicyRequested' };
const offered: ProvisioningEvent = { type: 'PolicyOffered', policyKey: '11', policy: {}, revision: 'r1' };
const acknowledged: ProvisioningEvent = { type: 'PolicyAcknowledged', policyKey: '11', status: 1 };
const issued: ProvisioningEvent = { type: 'PermanentKeyIssued', policyKey: '33' };
const directed: ProvisioningEvent = { type: 'WipeDirected', scope: 'device' };
const confirmed: ProvisioningEvent = { type: 'WipeAcknowledged', scope: 'device', status: 1 };
const offline: ProvisioningEvent = { type: 'ExchangeFailed', fault: 'Network' };
const demanded = (policyKey: string, reason: 'PolicyRefresh' | 'RemoteWipeRequested' = 'PolicyRefresh') =>
  ({ type: 'ReprovisionRequired', policyKey, reason }) as const;
const rejected = (scope: 'Http' | 'Provision' | 'Policy', status: number) =>
  ({ type: 'ProvisionRejected', scope, status }) as const;

/** Where a run of facts leads, by name. */
export const situations = {
  Unprovisioned: [],
  AwaitingPolicy: [requested],
  'AwaitingPolicy, told of a wipe': [demanded('0', 'RemoteWipeRequested'), requested],
  'AwaitingPolicy, tried twice': [requested, offline],
  'Acknowledging a policy': [requested, offered],
  'Acknowledging, acknowledged': [requested, offered, acknowledged],
  'Acknowledging, refused': [requested, offered, { type: 'PolicyAcknowledged', policyKey: '11', status: 3 }],
  'Acknowledging a wipe': [requested, directed],
  'Acknowledging a wipe, confirmed': [requested, directed, confirmed],
  'Acknowledging a wipe of the account, confirmed': [
    requested,
    { type: 'WipeDirected', scope: 'account' },
    { type: 'WipeAcknowledged', scope: 'account', status: 1 },
  ],
  Provisioned: [requested, offered, acknowledged, issued],
  'Provisioned without a policy': [requested, { type: 'PolicyNotDefined' }],
  NeedsReprovision: [requested, offered, acknowledged, issued, demanded('33')],
  'NeedsReprovision, out of cycles': [
    requested,
    demanded('0'),
    requested,
    rejected('Policy', 5),
    requested,
    rejected('Policy', 5),
  ],
} as const satisfies Record<string, readonly ProvisioningEvent[]>;

export type Row = readonly [
  from: keyof typeof situations,
  fact: ProvisioningEvent,
  to: ProvisioningState['name'],
  client: string,
  server: string,
];

export const rows: readonly Row[] = [
  ['Unprovisioned', requested, 'AwaitingPolicy', 'Send InitialRequest under 0', 'LoadPolicy'],
  ['Unprovisioned', demanded('0'), 'NeedsReprovision', 'Report ReprovisionRequired', 'StorePolicyKey 0'],
  [
    'AwaitingPolicy',
    offered,
    'Acknowledging',
    'ApplyPolicy under 11',
    'StorePolicyKey 11, Respond PolicyResponse, StartTimer OfferExpired',
  ],
  [
    'AwaitingPolicy',
    { type: 'PolicyNotDefined' },
    'Provisioned',
    'StorePolicyKey 0, Report Provisioned',
    'StorePolicyKey 0, Respond NoPolicyResponse, Report Provisioned',
  ],
  ['AwaitingPolicy', directed, 'Acknowledging', 'ConfirmWipe device', 'Respond WipeResponse'],
  [
    'AwaitingPolicy, told of a wipe',
    { type: 'WipeNotDirected' },
    'NeedsReprovision',
    'Report ReprovisionRequired',
    'Respond NoWipeResponse',
  ],
  [
    'AwaitingPolicy, told of a wipe',
    rejected('Provision', 2),
    'AwaitingPolicy',
    'StartTimer RetryDue',
    'Respond RejectionResponse Provision 2',
  ],
  ['AwaitingPolicy', demanded('0'), 'AwaitingPolicy', '', 'LoadPolicy'],
  [
    'AwaitingPolicy',
    rejected('Provision', 3),
    'AwaitingPolicy',
    'StartTimer RetryDue',
    'Respond RejectionResponse Provision 3',
  ],
  [
    'AwaitingPolicy, tried twice',
    rejected('Provision', 3),
    'NeedsReprovision',
    'Report Failed Rejected',
    'Respond RejectionResponse Provision 3, Report Failed Rejected',
  ],
  [
    'AwaitingPolicy',
    rejected('Provision', 144),
    'NeedsReprovision',
    'Report ReprovisionRequired',
    'StorePolicyKey 0, Respond RejectionResponse Provision 144',
  ],
  [
    'AwaitingPolicy',
    rejected('Http', 449),
    'NeedsReprovision',
    'Report ReprovisionRequired',
    'StorePolicyKey 0, Respond RejectionResponse Http 449',
  ],
  [
    'AwaitingPolicy',
    rejected('Provision', 165),
    'NeedsReprovision',
    'Report Failed Rejected',
    'Respond RejectionResponse Provision 165, Report Failed Rejected',
  ],
  ['AwaitingPolicy', offline, 'AwaitingPolicy', 'StartTimer RetryDue', ''],
  [
    'AwaitingPolicy, tried twice',
    offline,
    'NeedsReprovision',
    'Report Failed ExchangeFailed',
    'Report Failed ExchangeFailed',
  ],
  [
    'AwaitingPolicy',
    { type: 'ExchangeFailed', fault: 'Malformed' },
    'NeedsReprovision',
    'Report Failed ExchangeFailed',
    'Report Failed ExchangeFailed',
  ],
  [
    'AwaitingPolicy, tried twice',
    { type: 'RetryDue', cycle: 1, attempt: 1 },
    'AwaitingPolicy',
    'Send InitialRequest under 0',
    '',
  ],
  ['AwaitingPolicy', requested, 'AwaitingPolicy', 'Send InitialRequest under 0', 'LoadPolicy'],
  [
    'Acknowledging a policy',
    acknowledged,
    'Acknowledging',
    'Send PolicyAcknowledgment under 11',
    'JudgeAcknowledgment 1',
  ],
  [
    'Acknowledging a policy',
    { ...acknowledged, policyKey: '22' },
    'Acknowledging',
    'Report Violation local',
    'Respond RejectionResponse Policy 5',
  ],
  ['Acknowledging a policy', issued, 'Acknowledging', 'Report Violation server', 'Report Violation local'],
  [
    'Acknowledging, acknowledged',
    issued,
    'Provisioned',
    'StorePolicyKey 33, Report Provisioned',
    'StorePolicyKey 33, Respond PermanentKeyResponse, Report Provisioned',
  ],
  [
    'Acknowledging, acknowledged',
    rejected('Provision', 139),
    'NeedsReprovision',
    'Report Failed Rejected',
    'Respond RejectionResponse Provision 139, Report Failed Rejected',
  ],
  [
    'Acknowledging, acknowledged',
    rejected('Policy', 5),
    'NeedsReprovision',
    'Report ReprovisionRequired',
    'StorePolicyKey 0, Respond RejectionResponse Policy 5',
  ],
  ['Acknowledging, acknowledged', offline, 'Acknowledging', 'StartTimer RetryDue', ''],
  [
    'Acknowledging, acknowledged',
    { type: 'RetryDue', cycle: 1, attempt: 0 },
    'Acknowledging',
    'Send PolicyAcknowledgment under 11',
    '',
  ],
  ['Acknowledging a policy', { type: 'RetryDue', cycle: 1, attempt: 0 }, 'Acknowledging', 'ApplyPolicy under 11', ''],
  ['Acknowledging a wipe', { type: 'RetryDue', cycle: 1, attempt: 0 }, 'Acknowledging', 'ConfirmWipe device', ''],
  ['Acknowledging a policy', directed, 'Acknowledging', 'ConfirmWipe device', 'Respond WipeResponse'],
  ['Acknowledging a policy', requested, 'AwaitingPolicy', 'Send InitialRequest under 0', 'LoadPolicy'],
  [
    'Acknowledging a policy',
    { type: 'OfferExpired', policyKey: '11' },
    'NeedsReprovision',
    'Report Failed OfferExpired',
    'Report Failed OfferExpired',
  ],
  ['Acknowledging a policy', demanded('11'), 'NeedsReprovision', 'Report ReprovisionRequired', 'StorePolicyKey 0'],
  [
    'Acknowledging a policy',
    { type: 'PolicyDetermined', revision: 'r2' },
    'NeedsReprovision',
    'Report ReprovisionRequired',
    'StorePolicyKey 0',
  ],
  ['Acknowledging a policy', { type: 'PolicyDetermined', revision: 'r1' }, 'Acknowledging', '', ''],
  ['Acknowledging a wipe', demanded('0'), 'Acknowledging', '', ''],
  [
    'Acknowledging a wipe',
    confirmed,
    'Acknowledging',
    'Send WipeAcknowledgment under 0, Wipe device',
    'RecordWipe device',
  ],
  [
    'Acknowledging a wipe, confirmed',
    { type: 'WipeCompleted', scope: 'device' },
    'Unprovisioned',
    'StorePolicyKey 0, Report Wiped',
    'StorePolicyKey 0, Respond WipeRecordedResponse',
  ],
  ['Acknowledging a wipe, confirmed', { type: 'WipeCompleted', scope: 'account' }, 'Acknowledging', '', ''],
  ['Acknowledging a wipe', { type: 'WipeCompleted', scope: 'device' }, 'Acknowledging', '', ''],
  [
    'Acknowledging a wipe, confirmed',
    { type: 'RetryDue', cycle: 1, attempt: 0 },
    'Acknowledging',
    'Send WipeAcknowledgment under 0, Wipe device',
    '',
  ],
  [
    'Acknowledging a wipe, confirmed',
    requested,
    'Acknowledging',
    'Send WipeAcknowledgment under 0, Wipe device',
    'LoadPolicy',
  ],
  [
    'Acknowledging a wipe, confirmed',
    { type: 'WipeDirected', scope: 'account' },
    'Acknowledging',
    'Send WipeAcknowledgment under 0, Wipe device',
    'Respond WipeResponse',
  ],
  [
    'Acknowledging a wipe, confirmed',
    { type: 'WipeAcknowledged', scope: 'device', status: 2 },
    'Acknowledging',
    'Report Violation local',
    'Report Violation client, Respond NoWipeResponse',
  ],
  ['Acknowledging a wipe of the account, confirmed', demanded('0', 'RemoteWipeRequested'), 'Acknowledging', '', ''],
  [
    'Acknowledging a wipe',
    { type: 'WipeAcknowledged', scope: 'device', status: 2 },
    'NeedsReprovision',
    'Send WipeAcknowledgment under 0, Report Failed WipeFailed',
    'RecordWipe device, StorePolicyKey 0, Respond WipeRecordedResponse',
  ],
  [
    'Acknowledging a wipe',
    { type: 'WipeAcknowledged', scope: 'account', status: 1 },
    'Acknowledging',
    'Report Violation local',
    'Report Violation client, Respond NoWipeResponse',
  ],
  [
    'Acknowledging a wipe',
    { ...acknowledged, policyKey: '0' },
    'Acknowledging',
    'Report Violation local',
    'Respond RejectionResponse Policy 5',
  ],
  [
    'Acknowledging, acknowledged',
    { type: 'PolicyNotDefined' },
    'Provisioned',
    'StorePolicyKey 0, Report Provisioned',
    'StorePolicyKey 0, Respond NoPolicyResponse, Report Provisioned',
  ],
  [
    'Acknowledging, refused',
    { type: 'PolicyNotDefined' },
    'NeedsReprovision',
    'Report Failed Rejected',
    'Report Failed Rejected',
  ],
  [
    'Acknowledging a policy',
    { type: 'PolicyNotDefined' },
    'Acknowledging',
    'Report Violation server',
    'Report Violation local',
  ],
  ['Provisioned', { type: 'CommandAdmitted', policyKey: '33' }, 'Provisioned', '', ''],
  ['Provisioned', acknowledged, 'Provisioned', 'Report Violation local', 'Respond PermanentKeyResponse'],
  [
    'Provisioned',
    { type: 'PolicyDetermined', revision: 'r2' },
    'NeedsReprovision',
    'Report ReprovisionRequired',
    'StorePolicyKey 0',
  ],
  ['Provisioned', { type: 'PolicyDetermined', revision: null }, 'Provisioned', '', ''],
  [
    'Provisioned',
    { type: 'PolicyDetermined', revision: 'r2', mayWait: true },
    'Provisioned',
    '',
    'StartTimer PolicyDetermined',
  ],
  ['Provisioned', { type: 'PolicyDetermined', revision: 'r1', mayWait: true }, 'Provisioned', '', ''],
  ['Provisioned', { type: 'WipeCancelled' }, 'Provisioned', '', ''],
  [
    'Acknowledging a wipe',
    { type: 'WipeCancelled' },
    'NeedsReprovision',
    'Report ReprovisionRequired',
    'StorePolicyKey 0',
  ],
  [
    'Acknowledging a policy',
    { type: 'PolicyDetermined', revision: 'r2', mayWait: true },
    'NeedsReprovision',
    'Report ReprovisionRequired',
    'StorePolicyKey 0',
  ],
  ['Provisioned', demanded('33'), 'NeedsReprovision', 'Report ReprovisionRequired', 'StorePolicyKey 0'],
  ['Provisioned', demanded('11'), 'Provisioned', '', ''],
  ['Provisioned', requested, 'AwaitingPolicy', 'Send InitialRequest under 0', 'LoadPolicy'],
  [
    'Provisioned without a policy',
    { type: 'PolicyDetermined', revision: 'r1' },
    'NeedsReprovision',
    'Report ReprovisionRequired',
    'StorePolicyKey 0',
  ],
  ['NeedsReprovision', requested, 'AwaitingPolicy', 'Send InitialRequest under 0', 'LoadPolicy'],
  [
    'NeedsReprovision, out of cycles',
    requested,
    'NeedsReprovision',
    'Report Failed ReprovisionLoop',
    'Report Failed ReprovisionLoop',
  ],
  ['NeedsReprovision, out of cycles', { type: 'Reset' }, 'Unprovisioned', 'StorePolicyKey 0', 'StorePolicyKey 0'],
  ['NeedsReprovision', issued, 'NeedsReprovision', 'Report Violation server', 'Report Violation local'],
];

/** What an engine makes of a row on one side: the state it leads to, and the effects, spelled as in the table. */
export function played(
  engine: Pick<Engine, 'step'>,
  [from, fact]: Row,
  role: Role,
): readonly [to: string, asked: string] {
  const [next, effects] = engine.step(reach(engine, situations[from], role, limits), fact);
  return [next.name, effects.map(spell).join(', ')];
}

function spell(effect: Effect): string {
  switch (effect.type) {
    case 'Send':
      return `Send ${effect.request.kind} under ${effect.policyKey}`;
    case 'Respond': {
      const { response } = effect;
      const status = response.kind === 'RejectionResponse' ? ` ${response.scope} ${response.status}` : '';
      return `Respond ${response.kind}${status}`;
    }
    case 'Report': {
      const { outcome } = effect;
      const detail = outcome.kind === 'Failed' ? ` ${outcome.failure.kind}` : '';
      return `Report ${outcome.kind}${outcome.kind === 'Violation' ? ` ${outcome.fault}` : detail}`;
    }
    case 'StartTimer':
      return `StartTimer ${effect.event.type}`;
    case 'StorePolicyKey':
      return `StorePolicyKey ${effect.policyKey}`;
    case 'ApplyPolicy':
      return `ApplyPolicy under ${effect.policyKey}`;
    case 'JudgeAcknowledgment':
      return `JudgeAcknowledgment ${effect.status}`;
    case 'ConfirmWipe':
    case 'Wipe':
    case 'RecordWipe':
      return `${effect.type} ${effect.scope}`;
    case 'LoadPolicy':
      return 'LoadPolicy';
  }
}
