/** The device as tables: its exchange and its commands, remembered by the numbers of what they depend on. */
import type { WipeScope } from '../../machines/index.js';
import type { Told } from '../client/exchange-loop.js';
import type { Memory } from '../client/memory.js';
import { NO_POLICY_KEY } from '../protocol/policy-key.js';
import type { Bounds } from './bounds.js';
import { brokenBits } from './invariants.js';
import { begin, type Exchange, hear, perform, type Remembered, rest, type Turn, wake } from './loop.js';
import { remembered } from './memo.js';
import type { AnswerMessage, RequestMessage, Wire } from './messages.js';
import type { Parts } from './parts.js';
import { scopesIn } from './row.js';
import { afterEnd, answered, type Command, isCommand, type Step, takeIn } from './run.js';
import { createValues, type Values } from './values.js';
import type { CommandVerdict, Verdict } from './verdict.js';

/** What an exchange came to after a move, in numbers; 0 is none. */
export interface Moved {
  readonly exchange: number;
  readonly memory: number;
  readonly durable: number;
  /** A request, to whom its answer goes included. */
  readonly sends: number;
  readonly outcome: number;
  readonly wipes: WipeScope | null;
  readonly broken: number;
}

/** What a command came to. */
export interface CommandMoved {
  readonly memory: number;
  readonly durable: number;
  /** 0 once it has its verdict. */
  readonly command: number;
  readonly verdict: number;
  /** Whether an exchange has to be begun, or joined, for it. */
  readonly provisions: boolean;
}

/** What the device says where it has a say: 1 to 4 is an acknowledgment, 1 and 2 an answer to a wipe. */
type Word = 1 | 2 | 3 | 4;

export type ClientSide = ReturnType<typeof createClientSide>;

export function createClientSide(
  parts: Parts,
  bounds: Bounds,
  wire: Wire,
  requests: Values<RequestMessage>,
  answers: Values<AnswerMessage>,
) {
  const { version, attempts, cycles } = bounds;
  const limits = { attempts, cycles };
  const identity = {
    user: 'user',
    device: { id: 'device', type: 'type', information: {} },
    endpoint: 'https://server.test/Microsoft-Server-ActiveSync',
    queryForm: 'plain',
    limits,
  } as const;
  const memories = createValues<Memory>('memory');
  const exchanges = createValues<Exchange>('exchange');
  const commands = createValues<Command>('command');
  const verdicts = createValues<CommandVerdict>('verdict');
  const ends = createValues<Verdict>('end');

  /** The memory that a text in the store gives; null where it cannot be read. */
  function again(memory: Memory | null): Memory | null {
    const read = parts.readMemory(memory && parts.writeMemory(memory, identity), identity);
    return read.ok && read.value.problem === null ? read.value.memory : null;
  }

  const first = again(null);
  if (!first) throw new TypeError('no first memory');

  function moved({ exchange, memory, durable, sends, wipes, outcome }: Turn, broken = 0): Moved {
    return {
      exchange: exchange === null ? 0 : exchanges.of(exchange),
      memory: memories.of(memory),
      durable: memories.of(durable),
      sends:
        sends === null
          ? 0
          : requests.of({
              to: sends.isAwaited ? 'exchange' : 'wipe',
              kind: 'Provision',
              policyKey: sends.policyKey,
              request: sends.request,
            }),
      outcome: outcome === null ? 0 : ends.of(outcome),
      wipes,
      broken,
    };
  }

  /** Memory and what is stored of it, as one number for the tables. */
  const pairs = createValues<readonly [number, number]>('pair');
  const pairIds = remembered((memory, durable) => pairs.of([memory, durable]));

  function remembering<T>(work: (id: number, was: Remembered, third: number) => T) {
    const table = remembered((id, pair, third) => {
      const [memory, durable] = pairs.at(pair);
      return work(id, { memory: memories.at(memory), durable: memories.at(durable) }, third);
    });
    return (id: number, memory: number, durable: number, third = 0) => table(id, pairIds(memory, durable), third);
  }

  const heard = createValues<readonly [number, number]>('heard');
  const heardIds = remembered((exchange, answer) => heard.of([exchange, answer]));
  const hearing = remembering((id, was) => {
    const [exchange, answer] = heard.at(id);
    return hears(exchanges.at(exchange), answers.at(answer), was);
  });

  return {
    memories,
    exchanges,
    commands,
    verdicts,
    first: memories.of(first),

    /** A call of `provision`; `isUnfinished` is 1 in a process that took up nothing yet. */
    begin: remembering((_none, was, isUnfinished) => moved(begin(parts, was, isUnfinished === 1))),

    /** The next effect; the third number is the device's word, with the scopes ordered so far above it. */
    perform: remembering((id, was, third) => {
      const exchange = exchanges.at(id);
      const status = wordOf(third & 7);
      const turn = perform(parts, exchange, was, { status, isConfirmed: status === 1 });
      const [effect] = exchange.effects;
      return moved(turn, effect ? brokenBits('effect', { effect, ordered: scopesIn(third >> 3) }) : 0);
    }),

    wake: remembering((id, was) => moved(wake(parts, exchanges.at(id), was))),
    rest: remembering((id, was) => moved(rest(exchanges.at(id), was))),
    silence: remembering((id, was) =>
      moved(hear(parts, exchanges.at(id), was, { fact: { type: 'ExchangeFailed', fault: 'Timeout' } })),
    ),

    hear: (exchange: number, answer: number, memory: number, durable: number) =>
      hearing(heardIds(exchange, answer), memory, durable),

    /** A command that has its answer; the number is that of one that is to `Settle`. */
    takeIn: remembering((id, was): CommandMoved => {
      const command = commands.at(id);
      if (command.kind !== 'Settle') throw new TypeError(`nothing to settle: ${command.kind}`);
      const { memory, durable, after } = takeIn(parts, command, was);
      return {
        memory: memories.of(memory),
        durable: memories.of(durable),
        ...numbered(after),
        provisions: isCommand(after) && after.kind !== 'Send',
      };
    }),

    /** A command that was sent, with its answer: now it is to `Settle`; the flag is whether it has to wait. */
    answered: remembered((command, answer) => {
      const sent = commands.at(command);
      if (sent.kind !== 'Await') throw new TypeError(`nothing to await: ${sent.kind}`);
      const { turn, ended } = sent;
      const read = answered(parts, wire.answer(answers.at(answer)), sent.policyKey, version);
      const waits = parts.isAboutAgreement(read);
      return { settling: commands.of({ kind: 'Settle', turn, answer: read, ended }), waits };
    }),

    /** A waiting command after the end of an exchange: a command, or its verdict. */
    afterExchange: remembered((command, outcome) => {
      if (!parts.hearsOfEnd()) return { command, verdict: 0 };
      return numbered(afterEnd(parts, commands.at(command), ends.at(outcome)));
    }),

    /** What the store gives to a process that starts. */
    restarted: remembered((durable) => {
      const stored = memories.at(durable);
      return memories.of(again(stored) ?? first);
    }),

    broken: remembered((memory) => {
      const stored = memories.at(memory);
      return brokenBits('memory', { memory: stored, again: again(stored) });
    }),

    needsProvisioning: remembered((memory) => parts.needsProvisioning(memories.at(memory).state)),
    keyOf: (memory: number) => memories.at(memory).state.context.policyKey ?? NO_POLICY_KEY,
  };

  function numbered(after: Step['after']) {
    return isCommand(after) ? { command: commands.of(after), verdict: 0 } : { command: 0, verdict: verdicts.of(after) };
  }

  function hears(exchange: Exchange, answer: AnswerMessage, was: Remembered): Moved {
    const http = wire.answer(answer);
    const asked = exchange.asked ?? 'InitialRequest';
    const { fact, violation } = parts.interpretAnswer(parts.questionOf(asked, version, was.memory), http);
    const told: Told = { fact, ...(violation !== null && { violation }) };
    const turn = hear(parts, exchange, was, told);
    return moved(turn, brokenBits('answer', { http, fact, before: was.memory, after: turn.memory }));
  }
}

function wordOf(word: number): Word {
  return word === 2 || word === 3 || word === 4 ? word : 1;
}
