/**
 * The life of one policy agreement between one device and one account (MS-ASPROV 3.1.1).
 *
 * Rule 1: every state and every transition is in this file.
 * Rule 2: nothing here asks which side it is on; only the effects table does.
 *
 * Read an edge as: when this fact comes, and the guard holds, go there; remember or forget this; take that step.
 * `{}` is a fact ignored on purpose; `'*'` makes every other fact a violation, so no cell is undecided.
 */
import { assign, enqueueActions, setup } from 'xstate';
import { cleanMemory, type Limits, type ProvisioningContext } from './provisioning.context.js';
import { type Effect, effects, type Step } from './provisioning.effects.js';
import type { ProvisioningEvent, Role } from './provisioning.events.js';
import { type Guard, type GuardName, guards } from './provisioning.guards.js';
import { type Update, type UpdateName, updates } from './provisioning.updates.js';

/** What an actor of the machine is started with. */
export interface ProvisioningInput {
  readonly role: Role;
  readonly limits: Limits;
}

/**
 * The machine itself, for actors and inspectors; provide `effect` to perform what it asks. `step` runs the same one.
 */
export const provisioningMachine = setup({
  types: {} as { context: ProvisioningContext; events: ProvisioningEvent; input: ProvisioningInput },
  guards: mapTable<GuardName, Guard, (args: Moment) => boolean>(
    guards,
    (guard) =>
      ({ context, event }) =>
        guard(context, event),
  ),
  actions: {
    /** Receives each effect as plain data; provide your own to perform them. */
    effect: (_: Moment, _effect: Effect) => {},
    ...mapTable<UpdateName, Update, ReturnType<typeof remember>>(updates, remember),
    ...mapTable<Step, (typeof effects)[Step], ReturnType<typeof ask>>(effects, (_, step) => ask(step)),
  },
}).createMachine({
  id: 'provisioning',
  context: ({ input }) => ({ role: input.role, limits: input.limits, ...cleanMemory }),
  initial: 'Unprovisioned',
  on: {
    PolicyRequested: { target: '.AwaitingPolicy', actions: ['begin', 'requestPolicy'] },
    PolicyAcknowledged: { actions: 'refuseAcknowledgment' },
    WipeAcknowledged: { actions: 'refuseWipeAcknowledgment' },
    ReprovisionRequired: [
      {
        guard: 'concernsCurrentKey',
        target: '.NeedsReprovision',
        actions: ['forgetOffer', 'keepReason', 'demandReprovision'],
      },
      {},
    ],
    Reset: { target: '.Unprovisioned', actions: ['forgetAll', 'reset'] },
    WipeCancelled: [
      { guard: 'isWipeDemanded', target: '.NeedsReprovision', actions: ['forgetWipe', 'demandReprovision'] },
      {},
    ],
    PolicyDetermined: {},
    CommandAdmitted: {},
    ExchangeFailed: {},
    RetryDue: {},
    OfferExpired: {},
    WipeCompleted: {},
    '*': { actions: 'reportViolation' },
  },
  states: {
    Unprovisioned: {
      description: 'No agreement, and none begun: a fresh, reset or wiped device.',
    },
    AwaitingPolicy: {
      description: 'The device has asked; nothing has been offered yet.',
      on: {
        PolicyOffered: { guard: 'carriesKey', target: 'Acknowledging', actions: ['keepOffer', 'offerPolicy'] },
        PolicyNotDefined: { target: 'Provisioned', actions: ['keepNoKey', 'waivePolicy'] },
        WipeDirected: { target: 'Acknowledging', actions: ['keepDirective', 'directWipe'] },
        WipeNotDirected: { target: 'NeedsReprovision', actions: ['forgetOffer', 'forgetReason', 'denyDirective'] },
        ReprovisionRequired: { guard: 'concernsCurrentKey', actions: ['keepReason', 'reloadPolicy'] },
        ProvisionRejected: [
          { guard: 'canRetry', actions: ['countAttempt', 'scheduleRetry'] },
          {
            guard: 'asksAnew',
            target: 'NeedsReprovision',
            actions: ['forgetOffer', 'keepReason', 'demandReprovision'],
          },
          { target: 'NeedsReprovision', actions: ['forgetOffer', 'keepFailure', 'giveUp', 'forgetTries'] },
        ],
        ExchangeFailed: [
          { guard: 'canRetry', actions: ['countAttempt', 'scheduleRetry'] },
          { target: 'NeedsReprovision', actions: ['forgetOffer', 'keepFailure', 'giveUp', 'forgetTries'] },
        ],
        RetryDue: { guard: 'concernsCurrentTry', actions: 'repeat' },
      },
    },
    Acknowledging: {
      description: 'Something stands offered and is not settled: a policy under a temporary key, or a wipe.',
      on: {
        PolicyAcknowledged: { guard: 'concernsCurrentOffer', actions: ['keepAcknowledgment', 'acknowledgePolicy'] },
        PermanentKeyIssued: { guard: 'isAcknowledged', target: 'Provisioned', actions: ['keepKey', 'issueKey'] },
        PolicyNotDefined: [
          { guard: 'isApplied', target: 'Provisioned', actions: ['keepNoKey', 'waivePolicy'] },
          {
            guard: 'isNotApplied',
            target: 'NeedsReprovision',
            actions: ['forgetOffer', 'keepFailure', 'giveUp', 'forgetTries'],
          },
        ],
        WipeDirected: [{ guard: 'isConfirmed', actions: 'directWipe' }, { actions: ['keepDirective', 'directWipe'] }],
        WipeAcknowledged: [
          { guard: 'isWiped', actions: ['keepConfirmation', 'acknowledgeWipe'] },
          {
            guard: 'isNotWiped',
            target: 'NeedsReprovision',
            actions: ['forgetOffer', 'keepFailure', 'failWipe', 'forgetTries'],
          },
        ],
        WipeCompleted: { guard: 'endsConfirmed', target: 'Unprovisioned', actions: ['forgetAll', 'completeWipe'] },
        PolicyRequested: { guard: 'isConfirmed', actions: 'requestPolicy' },
        ReprovisionRequired: { guard: 'isOutranked' },
        PolicyDetermined: {
          guard: 'differsFromOffered',
          target: 'NeedsReprovision',
          actions: ['forgetOffer', 'keepReason', 'demandReprovision'],
        },
        ProvisionRejected: [
          { guard: 'canRetry', actions: ['countAttempt', 'scheduleRetry'] },
          {
            guard: 'asksAnew',
            target: 'NeedsReprovision',
            actions: ['forgetOffer', 'keepReason', 'demandReprovision'],
          },
          { target: 'NeedsReprovision', actions: ['forgetOffer', 'keepFailure', 'giveUp', 'forgetTries'] },
        ],
        ExchangeFailed: [
          { guard: 'canRetry', actions: ['countAttempt', 'scheduleRetry'] },
          { target: 'NeedsReprovision', actions: ['forgetOffer', 'keepFailure', 'giveUp', 'forgetTries'] },
        ],
        RetryDue: { guard: 'concernsCurrentTry', actions: 'repeat' },
        OfferExpired: {
          guard: 'concernsCurrentOffer',
          target: 'NeedsReprovision',
          actions: ['forgetOffer', 'keepFailure', 'giveUp', 'forgetTries'],
        },
      },
    },
    Provisioned: {
      description: 'Both sides hold the same permanent key, or agree that there is no policy.',
      on: {
        CommandAdmitted: { guard: 'provesAgreement', actions: 'forgetCycles' },
        PolicyAcknowledged: { guard: 'repeatsSettled', actions: 'reissueKey' },
        PolicyDetermined: [
          { guard: 'mayDifferForNow', actions: 'scheduleDemand' },
          {
            guard: 'differsFromAgreed',
            target: 'NeedsReprovision',
            actions: ['forgetOffer', 'keepReason', 'demandReprovision'],
          },
        ],
      },
    },
    NeedsReprovision: {
      description: 'The agreement fell, or the last try at one failed; nothing may pass until a new one is made.',
      on: {
        PolicyRequested: [
          { guard: 'withinCycles', target: 'AwaitingPolicy', actions: ['begin', 'requestPolicy'] },
          { actions: ['keepFailure', 'giveUp'] },
        ],
      },
    },
  },
});

interface Moment {
  readonly context: ProvisioningContext;
  readonly event: ProvisioningEvent;
}

/** An update as XState's own action. */
function remember(update: Update) {
  return assign<ProvisioningContext, ProvisioningEvent, undefined, ProvisioningEvent, never>(({ context, event }) =>
    update(context, event),
  );
}

/** A step as XState's own action: the effects of our role, each handed to `effect`. */
function ask(step: Step) {
  return enqueueActions<
    ProvisioningContext,
    ProvisioningEvent,
    undefined,
    ProvisioningEvent,
    never,
    { type: 'effect'; params: Effect },
    never,
    never,
    never
  >(({ context, event, enqueue }) => {
    for (const params of effects[step][context.role](context, event)) enqueue({ type: 'effect', params });
  });
}

function mapTable<Name extends string, From, To>(
  table: Readonly<Record<Name, From>>,
  to: (entry: From, name: Name) => To,
): Record<Name, To> {
  const names = Object.keys(table) as Name[];
  return Object.fromEntries(names.map((name) => [name, to(table[name], name)])) as Record<Name, To>;
}
