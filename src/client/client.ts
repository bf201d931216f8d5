import { needsProvisioning, type ProvisioningState } from '../../machines/index.js';
import { createWbxml } from '../codec/index.js';
import type { PolicyData } from '../protocol/provision.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { createAgreement } from './agreement.js';
import type { HttpAttempt } from './attempt.js';
import { type CommandInput, createCourier, type Delivered } from './command.js';
import { createConnection } from './connection.js';
import {
  afterAnswer,
  afterExchange,
  afterLook,
  type Course,
  firstOf,
  isAboutAgreement,
  type Settled,
  settledBy,
} from './course.js';
import { runExchange } from './exchange.js';
import { failureOf, HostFailure } from './host-failure.js';
import { observationOf } from './observation.js';
import type { ProvisioningClientOptions } from './options.js';
import { type CommandOutcome, type ProvisionOutcome, type Trouble, troubleOf } from './outcome.js';
import { isGated } from './reading.js';
import { settingsOf } from './settings.js';
import type { ClientWarning } from './warning.js';

/** The client of one device and one account. Its methods reject only for faults of this library. */
export interface ProvisioningClient {
  /**
   * Sends a command under the current key. Where the server demands it, or the agreement fell before, the client
   * provisions first, once for all commands that wait, and repeats the command once (MS-ASPROV 3.1.5.1). Up to 12.1 a 403
   * under key 0 leads to an exchange as well, one between two commands that pass, because it may hide a wipe.
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
  /**
   * The policy last agreed on, also before a restart; `null` without one, after a wipe or reset, and where one of more
   * than 65,536 characters was agreed on before a restart. It stays while the agreement is renewed. Reads the store on
   * first use, and rejects with what that throws.
   */
  policy(): Promise<PolicyData | null>;
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
  const agreement = createAgreement(settings, warn);
  const seen = async (attempt: HttpAttempt) => tell(attempt, await agreement.state());
  const connection = createConnection({ settings, agreement, warn, seen });
  const courier = createCourier(settings, connection, wbxml);
  const parts = { settings, agreement, connection, tell };

  let exchanges = 0;
  let underWay: Promise<ProvisionOutcome> | null = null;
  let lookingForWipe: Promise<ProvisionOutcome | null> | null = null;
  let callOff = new AbortController();
  let lastOutcome: ProvisionOutcome | null = null;

  function warn(warning: ClientWarning) {
    try {
      settings.warn(warning);
    } catch {
      // Whoever is warned takes no part in what it is warned of.
    }
  }

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
    lastOutcome = outcome;
    return outcome;
  }

  async function exchangesSettled() {
    while (underWay) await underWay.catch(() => {});
  }

  async function run(command: CommandInput): Promise<CommandOutcome> {
    const waits = isGated(command.name) && (underWay !== null || isDue(await agreement.state()));
    let course: Course<Delivered, ProvisionOutcome> = firstOf(waits);
    for (;;) {
      switch (course.kind) {
        case 'Provision':
          course = afterExchange(course.turn, await provision());
          break;
        case 'Send': {
          const answer = await deliver(command);
          course = afterAnswer(course.turn, answer, needsProvisioning(await agreement.state()));
          break;
        }
        case 'Look':
          course = afterLook(course.answer, await lookForWipe());
          break;
        case 'Answered':
          return course.answer.outcome(course.turn === 'second');
        case 'Ended':
          return course.outcome;
      }
    }
  }

  function isDue(state: ProvisioningState<'client'>): boolean {
    return needsProvisioning(state) || (settings.provisionFirst && state.name === 'Unprovisioned');
  }

  function lookForWipe(): Promise<ProvisionOutcome | null> {
    lookingForWipe ??= lookOnce().finally(() => {
      lookingForWipe = null;
    });
    return lookingForWipe;
  }

  async function lookOnce(): Promise<ProvisionOutcome | null> {
    if ((await agreement.memory()).hasLookedForWipe) return null;
    await agreement.note({ hasLookedForWipe: true });
    return provision();
  }

  /** Sends a command and feeds the machine what the answer tells, between exchanges, not into one. */
  async function deliver(command: CommandInput): Promise<Settled<Delivered, ProvisionOutcome>> {
    const outcomeBefore = lastOutcome;
    const delivered = await courier.send(command, (await agreement.state()).context.policyKey);
    if (isAboutAgreement(delivered)) await exchangesSettled();
    const answer = settledBy(delivered, lastOutcome === outcomeBefore ? null : lastOutcome);
    const { fact, isDemand, attempt } = answer;
    // A command that passed has passed, whether or not the store can note it.
    if (fact) await agreement.deliver(fact).catch(isDemand ? undefined : hostFailed);
    if (attempt) tell(attempt, await agreement.state());
    return answer;
  }

  return {
    run: (command) => run(command).catch(hostFailed),
    provision,

    async reset() {
      callOff.abort();
      await exchangesSettled();
      const first = () => agreement.deliver({ type: 'Reset' });
      const outcome = await runExchange(parts, first, callOff.signal);
      return outcome !== null && 'explanation' in outcome ? outcome : { kind: 'Reset' };
    },

    state: () => agreement.state().catch((failure) => Promise.reject(causeOf(failure))),
    protocolVersion: connection.version,
    policy: () =>
      agreement.memory().then(
        ({ policy }) => policy,
        (failure) => Promise.reject(causeOf(failure)),
      ),
  };
}

function hostFailed(thrown: unknown): Trouble {
  const failure = failureOf(thrown);
  if (failure === null) throw thrown;
  return troubleOf(failure);
}

function causeOf(failure: unknown): unknown {
  return failure instanceof HostFailure ? failure.cause : failure;
}

const aborted = troubleOf({ kind: 'ExchangeFailed', fault: 'Aborted' });
