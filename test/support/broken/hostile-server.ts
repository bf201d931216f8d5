/** A server that does to clients what `probe` does to servers: scripted, one scenario for each device type. */
import { provisionResponse } from '../../../src/codec/index.js';
import { type HttpResponse, wbxmlContentType } from '../../../src/http/index.js';
import type { ProvisionResponseMessage, ResponsePolicy } from '../../../src/protocol/provision.js';
import type { Seen } from './seen.js';
import { bare, statusOf } from './seen.js';

/** What it answers; commands are told to provision (142), and Provision is answered well, unless it says otherwise. */
export interface Scenario {
  /** What it does to the client. */
  readonly does: string;
  /** To the initial form. */
  readonly offer?: Answer;
  /** To an acknowledgment, of a policy or of a wipe. */
  readonly settle?: Answer;
  /** To any other command. */
  readonly command?: Answer;
}

type Answer = (request: Seen) => HttpResponse;

/** A key that comes where none may come. */
export const STRAY = '777';
const policyType = 'MS-EAS-Provisioning-WBXML';
const document = { DevicePasswordEnabled: true };
const offering = (policy: ResponsePolicy) => () => provisioned({ policies: [{ policyType, ...policy }] });

/** By device type. */
export const scenarios = {
  DemandsForEver: { does: 'demands provisioning under every key that it issued' },
  Always449: { does: 'answers 449 to Provision itself', offer: () => bare(449) },
  RefusesEveryKey: { does: 'every acknowledgment is of a wrong key (5)', settle: offering({ status: 5 }) },
  KeyBesideRefusal: { does: 'a key beside Policy Status 5', settle: offering({ status: 5, policyKey: STRAY }) },
  KeyBesideNoPolicy: { does: 'a key beside Policy Status 2', offer: offering({ status: 2, policyKey: STRAY }) },
  KeyBeside139: {
    does: 'a key beside Provision Status 139',
    settle: () => provisioned({ status: 139, policies: [{ policyType, status: 1, policyKey: STRAY }] }),
  },
  NoKey: { does: 'an offer without a key', offer: offering({ status: 1, data: document }) },
  NoDocument: { does: 'a key without a policy', offer: offering({ status: 1, policyKey: '11' }) },
  KeyZero: { does: 'an offer under key 0', offer: offering({ status: 1, policyKey: '0', data: document }) },
  KeyOfNoForm: { does: 'a key of no form', offer: offering({ status: 1, policyKey: '0xFF\t', data: document }) },
  OtherType: {
    does: 'a policy of another type',
    offer: offering({ policyType: 'MS-WAP-Provisioning-XML', status: 1, policyKey: '11', data: '<wap/>' }),
  },
  OffersAgain: {
    does: 'an acknowledgment is answered with another offer',
    settle: offering({ status: 1, policyKey: '12', data: document }),
  },
  Wipes: { does: 'a wipe in place of a policy', offer: () => provisioned({ remoteWipe: true }) },
  WipesBeside: {
    does: 'a wipe beside a policy',
    offer: () =>
      provisioned({ policies: [{ policyType, status: 1, policyKey: '11', data: document }], remoteWipe: true }),
  },
  WipesInPassing: {
    does: 'a wipe beside the permanent key',
    settle: () => provisioned({ policies: [{ policyType, status: 1, policyKey: '22' }], remoteWipe: true }),
  },
  WipesAccountTooEarly: {
    does: 'a wipe of the account, in 14.1',
    offer: () => provisioned({ accountOnlyRemoteWipe: true }),
  },
  NotWbxml: { does: 'a body that is none', offer: () => wbxmlOf(Uint8Array.of(0xff, 0xff, 0xff)) },
  Nests: {
    does: 'elements inside each other without end',
    offer: () => wbxmlOf(Uint8Array.from([0x03, 0x01, 0x6a, 0x00, 0x00, 0x0e, ...Array<number>(10_000).fill(0x45)])),
  },
  TooLong: { does: 'a body beyond every limit', offer: () => wbxmlOf(new Uint8Array(2 * 1024 * 1024)) },
  Empty: { does: 'a success without a body', offer: () => bare(200) },
  OtherRoot: { does: 'a FolderSync that answers Provision', offer: () => statusOf(folderSync, 1) },
  BusyForAYear: {
    does: '503 with a Retry-After of a year',
    offer: () => ({ ...bare(503), headers: { 'Retry-After': '31536000' } }),
  },
  SendsElsewhere: {
    does: '451 to another site',
    offer: () => ({ ...bare(451), headers: { 'X-MS-Location': 'https://elsewhere.test/Microsoft-Server-ActiveSync' } }),
  },
  SendsRound: {
    does: '451 to itself, for ever',
    offer: () => ({ ...bare(451), headers: { 'X-MS-Location': 'https://hostile.test/Microsoft-Server-ActiveSync' } }),
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

/** What a scenario answers to a request. */
export function hostileAnswer(scenario: Scenario, request: Seen): HttpResponse {
  const { command, isInitial, message } = request;
  if (command !== 'Provision') return (scenario.command ?? demand)(request);
  const isAsking = isInitial || Object.keys(message ?? {}).length === 0;
  if (isAsking) return (scenario.offer ?? offering({ status: 1, policyKey: '11', data: document }))(request);
  return (scenario.settle ?? offering({ status: 1, policyKey: '22' }))(request);
}

const demand: Answer = (request) => statusOf(request, 142);
const folderSync = { command: 'FolderSync' } as const;

function provisioned(message: ProvisionResponseMessage): HttpResponse {
  const body = provisionResponse.encode({ status: 1, ...message });
  if (!body.ok) throw new TypeError(body.error.message);
  return wbxmlOf(body.value);
}

function wbxmlOf(body: Uint8Array): HttpResponse {
  return { status: 200, headers: { 'Content-Type': wbxmlContentType }, body };
}
