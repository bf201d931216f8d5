/** For each promise one wrong engine that breaks it: the shipped parts with one of them replaced. */
import type { ProvisioningEvent } from '../../machines/index.js';
import { provisionResponse } from '../../src/codec/index.js';
import type { Bounds } from '../../src/explore/bounds.js';
import type { InvariantName } from '../../src/explore/invariants.js';
import { type Parts, shippedParts } from '../../src/explore/parts.js';
import type { Circumstances } from '../../src/server/decide.js';
import type { ReadProvision } from '../../src/server/read-provision.js';
import type { DeviceRecord } from '../../src/server/record.js';
import { edges, engineOf, type Mutant, shipped, update } from '../support/engine.js';

export interface Wrong {
  readonly fault: string;
  readonly bounds?: Partial<Bounds>;
  readonly parts: Partial<Parts>;
}

/** As small as an exploration gets. */
export const smallest: Partial<Bounds> = { faults: 0, changes: 0, commands: 1, servers: 1, revisions: 2 };

const { decideProvision, decideCommand, interpretAnswer, composeRefusal, composeProvision } = shippedParts;
const { takeFact, nextInExchange } = shippedParts;

function client(mutant: Mutant): Partial<Parts> {
  return { step: engineOf(mutant(shipped.parts)).step };
}

type Provisioned = readonly [stored: DeviceRecord, request: ReadProvision, at: Circumstances];
function provision(change: (...given: Provisioned) => Provisioned): Partial<Parts> {
  return { decideProvision: (...given) => decideProvision(...change(...given)) };
}

function acknowledges(request: ReadProvision, change: (fact: ProvisioningEvent) => object): ReadProvision {
  return { ...request, fact: { ...request.fact, ...change(request.fact) } as ReadProvision['fact'] };
}

function withContext(record: DeviceRecord, change: Partial<DeviceRecord['state']['context']>): DeviceRecord {
  return { ...record, state: { ...record.state, context: { ...record.state.context, ...change } } };
}

export const wrongs: Readonly<Record<InvariantName, Wrong>> = {
  permanentKeyIsEarned: {
    fault: 'an acknowledgment under any key counted as one of the offer',
    bounds: { faults: 1 },
    parts: provision((stored, request, at) => {
      const { policyKey } = stored.state.context;
      return [stored, acknowledges(request, ({ type }) => (type === 'PolicyAcknowledged' ? { policyKey } : {})), at];
    }),
  },
  temporaryKeyOpensNothing: {
    fault: 'any current key were good enough for a command',
    parts: {
      decideCommand: (stored, request, at) => {
        const decided = decideCommand(stored, request, at);
        const { policyKey } = stored.state.context;
        return request.presented === policyKey && policyKey !== '0' ? { ...decided, reason: null } : decided;
      },
    },
  },
  lesserEarnsNothing: {
    fault: 'applied in part counted as applied',
    bounds: { changes: 1 },
    parts: provision((stored, request, at) => {
      const acknowledgments = { ...at.settings.acknowledgments, partial: 'accept' } as const;
      return [stored, request, { ...at, settings: { ...at.settings, acknowledgments } }];
    }),
  },
  noKeyBesideRefusal: {
    fault: 'a refusal carried a key',
    bounds: { changes: 1 },
    parts: {
      composeProvision: async (response, version, describes) => {
        const http = await composeProvision(response, version, describes);
        if (response.kind !== 'RejectionResponse') return http;
        const policy = { policyType: 'MS-EAS-Provisioning-WBXML', status: 1, policyKey: '7' };
        const body = provisionResponse.encode({ status: response.status, policies: [policy] });
        return body.ok ? { ...http, body: body.value } : http;
      },
    },
  },
  changeIsNoticed: {
    fault: 'the revision of a policy were the one that was agreed on',
    bounds: { changes: 1 },
    parts: {
      decideCommand: (stored, request, at) => {
        const { revision } = stored.state.context;
        const policy = at.policy.kind === 'Set' && revision !== null ? { ...at.policy, revision } : at.policy;
        return decideCommand(stored, request, { ...at, policy });
      },
    },
  },
  sameKeyMeansSamePolicy: {
    fault: 'the device kept the first policy that it ever had',
    bounds: { changes: 1 },
    parts: {
      remember: (memory, fact, state) => {
        const after = shippedParts.remember(memory, fact, state);
        return after === memory ? memory : { ...after, policy: memory.policy ?? after.policy };
      },
    },
  },
  wipeOutranks: {
    fault: 'a request for a policy were answered with one, whatever was ordered',
    bounds: { changes: 1 },
    parts: provision((stored, request, at) => [withContext(stored, { reason: null }), request, at]),
  },
  onlyATrueAnswerEndsAWipe: {
    fault: 'a wipe that failed were recorded as done',
    bounds: { changes: 2 },
    parts: provision((stored, request, at) => [
      stored,
      acknowledges(request, ({ type }) => (type === 'WipeAcknowledged' ? { status: 1 } : {})),
      at,
    ]),
  },
  accountWipeFitsTheVersion: {
    fault: 'every version were taken to know the wipe of the account',
    bounds: { changes: 1, version: '14.1' },
    parts: provision((stored, request, at) => [stored, request, { ...at, version: '16.1' }]),
  },
  onlyTheOrderedIsWiped: {
    fault: 'the device took every directive for one to wipe itself',
    bounds: { changes: 1 },
    parts: {
      interpretAnswer: (question, http) => {
        const { fact, violation } = interpretAnswer(question, http);
        return { fact: fact.type === 'WipeDirected' ? { ...fact, scope: 'device' } : fact, violation };
      },
    },
  },
  recordedMeansWiped: {
    fault: 'a device forgot with its process that a wipe was confirmed',
    bounds: { faults: 1, changes: 1 },
    parts: {
      writeMemory: (memory, identity) => {
        const { state } = memory;
        const { pending } = state.context;
        if (pending?.kind !== 'Wipe') return shippedParts.writeMemory(memory, identity);
        const context = { ...state.context, pending: { ...pending, status: null } };
        return shippedParts.writeMemory({ ...memory, state: { ...state, context } }, identity);
      },
    },
  },
  noCommandDuringAWipe: {
    fault: 'a wipe were only announced to who asks for a policy',
    bounds: { changes: 1 },
    parts: {
      decideCommand: (stored, request, at) => {
        const decided = decideCommand(stored, request, at);
        return decided.reason === 'RemoteWipeRequested' ? { ...decided, reason: null } : decided;
      },
    },
  },
  oneExchange: {
    fault: 'every command provisioned for itself',
    bounds: { commands: 2 },
    parts: { beginsExchange: () => true },
  },
  whoWaitsIsHeard: { fault: 'nobody were told of the end of an exchange', parts: { hearsOfEnd: () => false } },
  noPolicyDemandsNothing: {
    fault: 'no policy were an empty one',
    bounds: { changes: 1 },
    parts: {
      decideCommand: (stored, request, at) =>
        decideCommand(stored, request, {
          ...at,
          policy: at.policy.kind === 'None' ? { kind: 'Set', document: {}, revision: 'none' } : at.policy,
        }),
    },
  },
  noPolicyIsSuccess: {
    fault: 'no policy were a failure',
    bounds: { changes: 1 },
    parts: client(
      edges('AwaitingPolicy', 'PolicyNotDefined', [
        { target: 'NeedsReprovision', actions: ['forgetOffer', 'keepFailure', 'giveUp', 'forgetTries'] },
      ]),
    ),
  },
  rightNumberInTheRightPlace: {
    fault: 'every version were told by HTTP',
    parts: { composeRefusal: (reason, at) => composeRefusal(reason, at && { ...at, version: '12.1' }) },
  },
  authenticationComesFirst: {
    fault: 'everybody were somebody',
    parts: {
      createProvisioningServer: (options) =>
        shippedParts.createProvisioningServer({ ...options, authenticate: () => 'user' }),
    },
  },
  noKeyOpensNothing: {
    fault: 'who sends no key could pass',
    parts: {
      decideCommand: (stored, request, at) =>
        decideCommand(stored, request, { ...at, settings: { ...at.settings, allowNonProvisionable: true } }),
    },
  },
  keysAreNew: {
    fault: 'the temporary key became the permanent one',
    parts: {
      decideProvision: (stored, request, at) => {
        const decided = decideProvision(stored, request, at);
        const { policyKey } = stored.state.context;
        return decided.response?.kind === 'PermanentKeyResponse'
          ? { ...decided, response: { ...decided.response, policyKey } }
          : decided;
      },
    },
  },
  recordSurvivesARestart: {
    fault: 'a server forgot temporary keys when it started again',
    bounds: { faults: 1 },
    parts: {
      parseRecord: (text) => {
        const record = shippedParts.parseRecord(text);
        return record && withContext(record, { cycles: record.state.context.cycles + 1 });
      },
    },
  },
  orderSurvivesARestart: {
    fault: 'a record kept no reason',
    bounds: { changes: 1 },
    parts: { formatRecord: (record) => shippedParts.formatRecord(withContext(record, { reason: null })) },
  },
  memorySurvivesARestart: {
    fault: 'a device kept no reason',
    parts: {
      writeMemory: (memory, identity) => {
        const context = { ...memory.state.context, reason: null };
        return shippedParts.writeMemory({ ...memory, state: { ...memory.state, context } }, identity);
      },
    },
  },
  nodesAgree: {
    fault: 'a node wrote over what another one had written',
    bounds: { faults: 1, servers: 2 },
    parts: { mayWrite: () => true },
  },
  keyOnlyFromAFullAnswer: {
    fault: 'the device took a refusal for a key',
    bounds: { changes: 1 },
    parts: {
      interpretAnswer: (question, http) => {
        const { fact, violation } = interpretAnswer(question, http);
        const isRefused = fact.type === 'ProvisionRejected' && fact.status === 139;
        return { fact: isRefused ? { type: 'PermanentKeyIssued', policyKey: '7' } : fact, violation };
      },
    },
  },
};

/** The same for what is done between two awaits. */
export const loops: readonly (Wrong & { readonly breaks: string })[] = [
  {
    fault: 'a client told the server before it had stored what it tells',
    breaks: 'recordedMeansWiped',
    bounds: { faults: 1, changes: 1 },
    parts: { takeFact: (memory, fact, by) => ({ ...takeFact(memory, fact, by), isStoredFirst: false }) },
  },
  {
    fault: 'an exchange had no outcome',
    breaks: 'agreementInTheEnd',
    bounds: { faults: 1, changes: 1 },
    parts: {
      nextInExchange: (exchange) => {
        const next = nextInExchange(exchange);
        return next.kind === 'End' ? { kind: 'End', outcome: null } : next;
      },
    },
  },
  {
    fault: 'who lost a race answered as if it had won',
    breaks: 'nodesAgree',
    bounds: { faults: 1, servers: 2 },
    parts: { afterWriting: () => 'Answer' },
  },
];

/** The same for what has to happen in the end. */
export const endless: Readonly<Record<string, Wrong>> = {
  agreementOrVerdict: {
    fault: 'no acknowledgment were good enough, and the device never counted its exchanges',
    parts: {
      ...client(update('begin', (was) => (context, event) => ({ ...was(context, event), cycles: context.cycles }))),
      decideProvision: (stored, request, at) =>
        decideProvision(
          stored,
          acknowledges(request, ({ type }) => (type === 'PolicyAcknowledged' ? { policyKey: '9' } : {})),
          at,
        ),
    },
  },
  agreementInTheEnd: {
    fault: 'the device never did what a command was refused for',
    parts: { needsProvisioning: () => false },
  },
};
