import type {
  AcknowledgmentStatus,
  ClientEffect,
  EventType,
  Outcome,
  ProvisioningEvent,
  ProvisioningState,
  ProvisionRequest,
  Transition,
} from '../../machines/index.js';
import { provisionRequest } from '../codec/index.js';
import { retryAfter } from '../http/index.js';
import { NO_POLICY_KEY } from '../protocol/policy-key.js';
import { ok } from '../protocol/result.js';
import type { Agreement } from './agreement.js';
import type { HttpAttempt } from './attempt.js';
import { delayBefore } from './backoff.js';
import { compose } from './compose.js';
import type { Connection, Sent } from './connection.js';
import { draftIn } from './draft.js';
import { ask, ForeignState, failureOf, HostFailure } from './host-failure.js';
import { interpretAnswer } from './interpret.js';
import { type ProvisionOutcome, troubleOf, violationOf } from './outcome.js';
import type { Settings } from './settings.js';

/** What an exchange works with. */
export interface Parts {
  readonly settings: Settings;
  readonly agreement: Agreement;
  readonly connection: Connection;
  readonly tell: (attempt: HttpAttempt, state: ProvisioningState<'client'>) => void;
}

/**
 * Goes from a first step to an outcome: one fact, then all its effects in order, then the next fact. Which fact leads
 * where is the machine's to say, and when to stop; `null` where nothing is reported. What the host throws ends it as a
 * crash would: back to what is stored.
 */
export async function runExchange(
  parts: Parts,
  first: () => Promise<Transition<'client'>>,
  calledOff: AbortSignal,
): Promise<ProvisionOutcome | null> {
  const { agreement, tell } = parts;
  const hands = createHands(parts, calledOff);
  const facts: Told[] = [];
  let violation: EventType | null = null;
  try {
    let delivery = await first();
    for (;;) {
      for (const effect of delivery.effects) {
        if (effect.type !== 'Report') facts.push(...(await hands.perform(effect)));
        else if (effect.outcome.kind === 'ReprovisionRequired') facts.push({ fact: { type: 'PolicyRequested' } });
        else
          return violation
            ? violationOf({ kind: 'Violation', event: violation, fault: 'server' })
            : outcomeOf(effect.outcome, delivery);
      }
      const next = facts.shift();
      if (!next) return null;
      violation = next.violation ?? null;
      delivery = await agreement.deliver(next.fact);
      if (next.attempt) tell(next.attempt, delivery.after);
    }
  } catch (failure) {
    agreement.rollBack();
    const known = failureOf(failure);
    if (known === null) throw failure;
    return troubleOf(known);
  } finally {
    await hands.rest();
  }
}

/** A fact, and the HTTP exchange that told it. */
interface Told {
  readonly fact: ProvisioningEvent;
  readonly attempt?: HttpAttempt | null;
  /** What the server said instead, and may not say in this version. */
  readonly violation?: EventType | null;
}

type Work = Exclude<ClientEffect, { type: 'Report' }>;
type SendEffect = Extract<ClientEffect, { type: 'Send' }>;

/** Performs effects through the ports. */
function createHands({ settings, agreement, connection, tell }: Parts, calledOff: AbortSignal) {
  const { clock, device } = settings;
  const unawaited: Promise<void>[] = [];
  let serverAsks: number | null = null;

  function send({ request, policyKey }: SendEffect, signal: AbortSignal, handedOver?: () => void): Promise<Sent> {
    return connection.send(
      (protocolVersion, form) => {
        const body = provisionRequest.encode(compose(request, protocolVersion, device.information));
        if (!body.ok) return body;
        return ok(draftIn(form, settings, { command: 'Provision', protocolVersion, policyKey, body: body.value }));
      },
      signal,
      handedOver,
    );
  }

  async function told(request: ProvisionRequest, { result, attempt }: Sent): Promise<Told> {
    if (result.ok) {
      serverAsks = retryAfter(result.value.headers, await ask('clock', () => clock.now()));
      const { state, policy } = await agreement.memory();
      const version = connection.version() ?? settings.fallbackVersion;
      const ofOwnAccord = state.context.reason === null && policy === null;
      return { ...interpretAnswer({ asked: request.kind, version, ofOwnAccord }, result.value), attempt };
    }
    serverAsks = null;
    switch (result.error.kind) {
      case 'ExchangeFailed':
        return { fact: { type: 'ExchangeFailed', fault: result.error.fault }, attempt };
      case 'Unsendable': // The server gave a key that the query cannot carry.
        return { fact: { type: 'ExchangeFailed', fault: 'Malformed' }, attempt };
      case 'HostFailed':
        throw new HostFailure(result.error.port, result.error.cause);
      case 'ForeignState':
        throw new ForeignState(result.error.field);
    }
  }

  /** A restart may have come in between. */
  async function spoken() {
    return connection.version() ?? (await agreement.memory()).protocolVersion;
  }

  async function perform(effect: Work): Promise<readonly Told[]> {
    switch (effect.type) {
      case 'Send': {
        if (!effect.awaitsReply) {
          await handOver(effect);
          return [];
        }
        return [await told(effect.request, await send(effect, calledOff))];
      }
      case 'ApplyPolicy': {
        const { policy, policyKey } = effect;
        const details = { policyKey, protocolVersion: await spoken() };
        const status = await ask('applyPolicy', async () =>
          acknowledgmentOf(await settings.applyPolicy(policy, details)),
        );
        return [{ fact: { type: 'PolicyAcknowledged', policyKey, status } }];
      }
      case 'ConfirmWipe': {
        const { scope } = effect;
        const isConfirmed = await ask('confirmWipe', () => settings.confirmWipe(scope));
        return [{ fact: { type: 'WipeAcknowledged', scope, status: isConfirmed === true ? 1 : 2 } }];
      }
      case 'Wipe':
        await ask('wipe', () => settings.wipe(effect.scope));
        return [{ fact: { type: 'WipeCompleted', scope: effect.scope } }];
      case 'StorePolicyKey':
        await agreement.commit();
        return [];
      case 'StartTimer': {
        const { event } = effect;
        const random = await ask('random', settings.random);
        const delay = delayBefore(event.type === 'RetryDue' ? event.attempt : 0, settings.backoff, random, serverAsks);
        await ask('clock', () => clock.sleep(delay, calledOff));
        // Called off, it was cut short, and so is what follows.
        return [{ fact: event }];
      }
    }
  }

  /** Goes on as soon as the request is on its way: what follows may end the process. */
  function handOver(effect: SendEffect): Promise<void> {
    return new Promise((resolve) => {
      const sending = send(effect, new AbortController().signal, resolve);
      unawaited.push(sending.then(report).finally(resolve));
    });
  }

  async function report({ attempt }: Sent) {
    if (attempt) tell(attempt, await agreement.state());
  }

  return {
    perform,
    /** Waits for the answers that nothing else waited for. */
    rest: () => Promise.all(unawaited),
  };
}

function outcomeOf(
  outcome: Exclude<Outcome, { kind: 'ReprovisionRequired' }>,
  { before }: Transition<'client'>,
): ProvisionOutcome {
  switch (outcome.kind) {
    case 'Provisioned': {
      const { pending } = before.context;
      // Offered and taken away again, there is none either.
      if (pending?.kind !== 'Policy' || outcome.policyKey === NO_POLICY_KEY)
        return { kind: 'ProvisionedWithoutPolicy' };
      return { kind: 'Provisioned', policyKey: outcome.policyKey, policy: pending.policy };
    }
    case 'Wiped':
      return outcome;
    case 'Failed':
      return troubleOf(outcome.failure);
    case 'Violation':
      return violationOf(outcome);
  }
}

function acknowledgmentOf(status: AcknowledgmentStatus): AcknowledgmentStatus {
  if (![1, 2, 3, 4].includes(status)) throw new TypeError('applyPolicy: expected 1, 2, 3 or 4');
  return status;
}
