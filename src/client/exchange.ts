import type {
  AcknowledgmentStatus,
  ClientEffect,
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
import {
  beginning,
  type FinalOutcome,
  factAfter,
  nextInExchange,
  questionOf,
  type Told,
  type Work,
  withEffects,
  withTold,
} from './exchange-loop.js';
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
 * Goes from a first step to an outcome; `null` where nothing is reported. Which fact leads where is the machine's to say,
 * what comes next that of `exchange-loop.ts`. What the host throws ends it as a crash would: back to what is stored.
 */
export async function runExchange(
  parts: Parts,
  first: () => Promise<Transition<'client'>>,
  calledOff: AbortSignal,
): Promise<ProvisionOutcome | null> {
  const { agreement, tell } = parts;
  const hands = createHands(parts, calledOff);
  try {
    let last = await first();
    let loop = beginning(last.effects);
    for (;;) {
      const next = nextInExchange(loop);
      if (next.kind === 'End') return next.outcome && outcomeOf(next.outcome, last);
      if (next.kind === 'Perform') {
        const told = await hands.perform(next.effect);
        loop = told ? withTold(next.left, told) : next.left;
      } else {
        const { fact, attempt } = next.told;
        last = await agreement.deliver(fact);
        if (attempt) tell(attempt, last.after);
        loop = withEffects(next.left, last.effects);
      }
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
      const memory = await agreement.memory();
      const version = connection.version() ?? settings.fallbackVersion;
      return { ...interpretAnswer(questionOf(request.kind, version, memory), result.value), attempt };
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

  /** What was told by performing an effect, if anything was. */
  async function perform(effect: Work): Promise<Told | null> {
    switch (effect.type) {
      case 'Send': {
        if (effect.awaitsReply) return told(effect.request, await send(effect, calledOff));
        await handOver(effect);
        return null;
      }
      case 'ApplyPolicy': {
        const { policy, policyKey } = effect;
        const details = { policyKey, protocolVersion: await spoken() };
        const status = await ask('applyPolicy', async () =>
          acknowledgmentOf(await settings.applyPolicy(policy, details)),
        );
        return { fact: factAfter.ApplyPolicy(effect, status) };
      }
      case 'ConfirmWipe': {
        const { scope } = effect;
        const isConfirmed = await ask('confirmWipe', () => settings.confirmWipe(scope));
        return { fact: factAfter.ConfirmWipe(effect, isConfirmed === true) };
      }
      case 'Wipe':
        await ask('wipe', () => settings.wipe(effect.scope));
        return { fact: factAfter.Wipe(effect) };
      case 'StorePolicyKey':
        await agreement.commit();
        return null;
      case 'StartTimer': {
        const { event } = effect;
        const random = await ask('random', settings.random);
        const delay = delayBefore(event.type === 'RetryDue' ? event.attempt : 0, settings.backoff, random, serverAsks);
        await ask('clock', () => clock.sleep(delay, calledOff));
        // Called off, it was cut short, and so is what follows.
        return { fact: factAfter.StartTimer(effect) };
      }
      case 'Report':
        return { fact: factAfter.Report(effect) };
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

function outcomeOf(outcome: FinalOutcome, { before }: Transition<'client'>): ProvisionOutcome {
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
