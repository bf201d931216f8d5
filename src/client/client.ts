import { needsProvisioning, type ProvisioningState } from '../../machines/index.js';
import { createWbxml } from '../codec/index.js';
import type { PolicyData } from '../protocol/provision.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { createAgreement } from './agreement.js';
import type { HttpAttempt } from './attempt.js';
import { type CommandInput, createCourier, type Delivered, isGated } from './command.js';
import { createConnection } from './connection.js';
import { runExchange } from './exchange.js';
import { HostFailure } from './host-failure.js';
import { observationOf } from './observation.js';
import { type ProvisioningClientOptions, settingsOf } from './options.js';
import { type CommandOutcome, isProvisioned, type ProvisionOutcome, type Trouble, troubleOf } from './outcome.js';

/** The client of one device and one account. Its methods reject only for faults of this library. */
export interface ProvisioningClient {
  /**
   * Sends a command under the current key. Where the server demands it, or the agreement fell before, the client
   * provisions first, once for all commands that wait, and repeats the command once (MS-ASPROV 3.1.5.1).
   */
  run(command: CommandInput): Promise<CommandOutcome>;
  /** Provisions, or joins the exchange under way. One that a crash left unfinished is taken up where it was. */
  provision(): Promise<ProvisionOutcome>;
  /** Calls off the exchange under way and forgets the agreement: the account was removed, or a person starts afresh. */
  reset(): Promise<ResetOutcome>;
  /** The current state, read from the store on first use; rejects with what the store throws. */
  state(): Promise<ProvisioningState<'client'>>;
  /** The version spoken; `null` before it is negotiated. */
  protocolVersion(): ProtocolVersion | null;
  /** The policy last agreed on by this client object; `null` without one and after a wipe or reset. */
  policy(): PolicyData | null;
}

/** What a call of `reset` came to. */
export type ResetOutcome = { readonly kind: 'Reset' } | Trouble;

/**
 * A provisioning client (MS-ASPROV 3.1). The callbacks of the options must not wait for a command of the same client:
 * it would wait for them.
 *
 * @throws TypeError for an option that cannot be; nothing is thrown for it later.
 */
export function createProvisioningClient(options: ProvisioningClientOptions): ProvisioningClient {
  const settings = settingsOf(options);
  const wbxml = createWbxml({ bytes: settings.responseLimit, text: settings.responseLimit });
  const agreement = createAgreement(settings.store, settings.limits);
  const connection = createConnection(settings, async (attempt) => tell(attempt, await agreement.state()));
  const courier = createCourier(settings, connection, wbxml);
  const parts = { settings, agreement, connection, tell };

  let exchanges = 0;
  let underWay: Promise<ProvisionOutcome> | null = null;
  let callOff = new AbortController();
  let lastOutcome: ProvisionOutcome | null = null;
  let policy: PolicyData | null = null;

  function tell(attempt: HttpAttempt, state: ProvisioningState<'client'>) {
    exchanges += 1;
    try {
      settings.observe(observationOf(attempt, exchanges, state, wbxml));
    } catch {
      // An observer takes no part in what it observes.
    }
  }

  function provision(): Promise<ProvisionOutcome> {
    underWay ??= begin().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  async function begin(): Promise<ProvisionOutcome> {
    callOff = new AbortController();
    const outcome = (await runExchange(parts, agreement.begin, callOff.signal)) ?? aborted;
    if (outcome.kind === 'Provisioned') policy = outcome.policy;
    else if (outcome.kind === 'ProvisionedWithoutPolicy' || outcome.kind === 'Wiped') policy = null;
    lastOutcome = outcome;
    return outcome;
  }

  async function exchangesSettled() {
    while (underWay) await underWay.catch(() => {});
  }

  async function run(command: CommandInput): Promise<CommandOutcome> {
    if (isGated(command.name)) {
      const outcome = underWay || needsProvisioning(await agreement.state()) ? await provision() : null;
      if (outcome && !isProvisioned(outcome)) return outcome;
    }
    const first = await deliver(command);
    if (!first.isDemand) return first.outcome(false);

    if (first.settledBy && !isProvisioned(first.settledBy)) return first.settledBy;
    if (needsProvisioning(await agreement.state())) {
      const outcome = await provision();
      if (!isProvisioned(outcome)) return outcome;
    }
    return (await deliver(command)).outcome(true);
  }

  /**
   * Sends a command and feeds the machine what the answer tells, between exchanges, not into one. A demand that an
   * exchange came between is settled by that exchange: key 0 in it may be another one than key 0 now.
   */
  async function deliver(command: CommandInput): Promise<Delivered & { readonly settledBy: ProvisionOutcome | null }> {
    const outcomeBefore = lastOutcome;
    const delivered = await courier.send(command, (await agreement.state()).context.policyKey);
    const { fact, isDemand, attempt } = delivered;
    if (isDemand) await exchangesSettled();
    const settledBy = isDemand && lastOutcome !== outcomeBefore ? lastOutcome : null;
    if (fact && settledBy === null) {
      // A command that passed has passed, whether or not the store can note it.
      await agreement.deliver(fact).catch(isDemand ? undefined : hostFailed);
    }
    if (attempt) tell(attempt, await agreement.state());
    return { ...delivered, settledBy };
  }

  return {
    run: (command) => run(command).catch(hostFailed),
    provision,

    async reset() {
      callOff.abort();
      await exchangesSettled();
      const first = () => agreement.deliver({ type: 'Reset' });
      const outcome = await runExchange(parts, first, callOff.signal);
      if (outcome !== null && 'explanation' in outcome) return outcome;
      policy = null;
      return { kind: 'Reset' };
    },

    state: () => agreement.state().catch((failure) => Promise.reject(causeOf(failure))),
    protocolVersion: connection.version,
    policy: () => policy,
  };
}

function hostFailed(failure: unknown): Trouble {
  if (!(failure instanceof HostFailure)) throw failure;
  return troubleOf({ kind: 'HostFailed', port: failure.port, cause: failure.cause });
}

function causeOf(failure: unknown): unknown {
  return failure instanceof HostFailure ? failure.cause : failure;
}

const aborted = troubleOf({ kind: 'ExchangeFailed', fault: 'Aborted' });
