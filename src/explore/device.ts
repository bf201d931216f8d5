/** The device: its exchange, its commands, its process. */
import type { Moved } from './client-side.js';
import type { Desk } from './desk.js';
import { type Link, waiters } from './link.js';
import { remembered } from './memo.js';
import { moveOf } from './moves.js';
import { commandPlacesOf, orderedIn, places, UNFINISHED, unfinishedIn, wipedFlag } from './row.js';
import type { Tables } from './tables.js';
import { answered, unanswered } from './verdict.js';

const EXCHANGE = waiters.indexOf('exchange');
const WIPE = waiters.indexOf('wipe');
const COMMAND_1 = waiters.indexOf('command 1');

export type Device = ReturnType<typeof createDevice>;

export function createDevice({ parts, bounds, client, requests }: Tables, link: Link) {
  const { answersFrom, width, requestRoom, abandon } = link;
  const { exchanges, commands, verdicts } = client;
  const commandPlaces = commandPlacesOf(bounds);
  const passed = verdicts.of(answered);
  const unreachable = verdicts.of(unanswered);
  const joining = commands.of(parts.firstOf(true));
  const sending = commands.of(parts.firstOf(false));

  const exchangeFacts = remembered((exchange) => {
    const { waits, effects, isOwedAnswer } = exchanges.at(exchange);
    return { waits, effect: effects[0]?.type ?? null, isOwedAnswer };
  });
  const kinds = remembered((command) => commands.at(command).kind);
  const sent = remembered((command, memory, index) => {
    const found = commands.at(command);
    if (found.kind !== 'Send') throw new TypeError(`nothing to send: ${found.kind}`);
    const policyKey = client.keyOf(memory);
    return {
      command: commands.of({ kind: 'Await', turn: found.turn, policyKey, ended: null }),
      request: requests.of({ to: index === 0 ? 'command 1' : 'command 2', kind: 'Command', policyKey }),
    };
  });

  /** A call of `provision`: begins an exchange, or joins the one under way. */
  function provision(next: Int32Array): void {
    if (!parts.beginsExchange(next[places.exchange] !== 0)) return;
    const isUnfinished = unfinishedIn(next[places.flags]!);
    next[places.flags]! &= ~UNFINISHED;
    moveExchange(next, client.begin(1, next[places.memory]!, next[places.durable]!, isUnfinished));
  }

  function moveExchange(next: Int32Array, { exchange, memory, durable, sends, outcome }: Moved): void {
    next[places.exchange] = exchange;
    next[places.memory] = memory;
    next[places.durable] = durable;
    if (sends !== 0) next[requestRoom(next)] = sends;
    if (exchange !== 0 || outcome === 0) return;
    for (const place of commandPlaces) {
      if (next[place] === 0) continue;
      const after = client.afterExchange(next[place]!, outcome);
      next[place] = after.command;
      if (after.command === 0) finish(next, after.verdict);
    }
  }

  function finish(next: Int32Array, verdict: number): void {
    next[places.verdict] = verdict === passed ? 0 : verdict;
  }

  /** The machine hears what a command was answered, and the command goes on. */
  function takeIn(next: Int32Array, place: number, command: number): void {
    const after = client.takeIn(command, next[places.memory]!, next[places.durable]!);
    next[places.memory] = after.memory;
    next[places.durable] = after.durable;
    next[place] = after.command;
    if (after.command === 0) finish(next, after.verdict);
    if (after.provisions) provision(next);
  }

  /** What is taken for the answer of a waiter: the promises that it breaks. */
  function receive(next: Int32Array, waiter: number, answer: number): number {
    abandon(next, waiter);
    const memory = next[places.memory]!;
    const durable = next[places.durable]!;
    if (waiter === EXCHANGE) {
      const moved = client.hear(next[places.exchange]!, answer, memory, durable);
      moveExchange(next, moved);
      return moved.broken;
    }
    if (waiter === WIPE) {
      moveExchange(next, client.rest(next[places.exchange]!, memory, durable));
      return 0;
    }
    const place = places.command1 + waiter - COMMAND_1;
    const { settling, waits } = client.answered(next[place]!, answer);
    if (waits && next[places.exchange] !== 0) next[place] = settling;
    else takeIn(next, place, settling);
    return 0;
  }

  function giveUp(next: Int32Array, waiter: number): void {
    abandon(next, waiter);
    const memory = next[places.memory]!;
    const durable = next[places.durable]!;
    if (waiter === EXCHANGE) moveExchange(next, client.silence(next[places.exchange]!, memory, durable));
    else if (waiter === WIPE) moveExchange(next, client.rest(next[places.exchange]!, memory, durable));
    else {
      next[places.command1 + waiter - COMMAND_1] = 0;
      finish(next, unreachable);
    }
  }

  function isWaiting(row: Int32Array, waiter: number): boolean {
    const exchange = row[places.exchange]!;
    if (waiter === EXCHANGE) return exchange !== 0 && exchangeFacts(exchange, 0).waits === 'answer';
    if (waiter === WIPE) return exchange !== 0 && exchangeFacts(exchange, 0).isOwedAnswer;
    const command = row[places.command1 + waiter - COMMAND_1]!;
    return command !== 0 && kinds(command, 0) === 'Await';
  }

  function commandMoves(desk: Desk, index: number, place: number, isCalmStart: boolean): void {
    const { row, next } = desk;
    const command = row[place]!;
    if (command === 0) {
      // Two idle places are alike.
      if (index === 1 && row[places.command1] === 0) return;
      desk.begin();
      next[places.verdict] = 0;
      const waits = row[places.exchange] !== 0 || client.needsProvisioning(row[places.memory]!, 0);
      next[place] = waits ? joining : sending;
      if (waits) provision(next);
      desk.end(moveOf('begin', index), { isCalm: isCalmStart });
      return;
    }
    const kind = kinds(command, 0);
    if (kind === 'Send' && requestRoom(row) >= 0) {
      desk.begin();
      const after = sent(command, row[places.memory]!, index);
      next[place] = after.command;
      next[requestRoom(next)] = after.request;
      desk.end(moveOf('send', index), { isRequest: true });
    } else if (kind === 'Settle' && row[places.exchange] === 0) {
      desk.begin();
      takeIn(next, place, command);
      desk.end(moveOf('resume', index));
    }
  }

  function exchangeMoves(desk: Desk): void {
    const { row, next } = desk;
    const exchange = row[places.exchange]!;
    if (exchange === 0) return;
    const { waits, effect } = exchangeFacts(exchange, 0);
    if (waits === 'timer') {
      desk.begin();
      moveExchange(next, client.wake(exchange, row[places.memory]!, row[places.durable]!));
      desk.end(moveOf('wake'));
    }
    if (waits !== null || (effect === 'Send' && requestRoom(row) < 0)) return;
    const words = !desk.mayChange ? 1 : effect === 'ApplyPolicy' ? 4 : effect === 'ConfirmWipe' ? 2 : 1;
    const ordered = orderedIn(row[places.flags]!) << 3;
    for (let word = 1; word <= words; word++) {
      desk.begin();
      const moved = client.perform(exchange, row[places.memory]!, row[places.durable]!, word | ordered);
      moveExchange(next, moved);
      const { broken, wipes } = moved;
      if (wipes !== null) next[places.flags]! |= wipedFlag(wipes);
      if (word === 1) desk.end(moveOf('perform'), { isRequest: moved.sends !== 0, broken });
      else desk.change(moveOf('word', word), broken);
    }
  }

  function answerMoves(desk: Desk): void {
    const { row, next } = desk;
    for (let at = answersFrom; at < width; at++) {
      const answer = row[at]!;
      if (answer === 0 || (at > answersFrom && answer === row[at - 1])) continue;
      desk.begin();
      next[at] = 0;
      const broken = receive(next, link.waiterOfAnswer(answer), link.answerContent(answer));
      desk.end(moveOf('answer', at - answersFrom), { broken });
    }
    for (let waiter = 0; waiter < waiters.length; waiter++) {
      if (!isWaiting(row, waiter)) continue;
      const isOnTheWay = link.isHeld(row, waiter);
      if (isOnTheWay && !desk.mayFail) continue;
      desk.begin();
      giveUp(next, waiter);
      if (isOnTheWay) desk.fault(moveOf('impatience', waiter));
      else desk.end(moveOf('silence', waiter));
    }
  }

  function crash(desk: Desk): void {
    const { row, next } = desk;
    const isAtWork = row[places.exchange] !== 0 || row[places.command1] !== 0 || row[places.command2] !== 0;
    if (!desk.mayFail || !isAtWork) return;
    desk.begin();
    next[places.memory] = client.restarted(row[places.durable]!, 0);
    next[places.durable] = next[places.memory]!;
    for (const place of [places.exchange, places.command1, places.command2, places.verdict]) next[place] = 0;
    next[places.flags]! |= UNFINISHED;
    for (let waiter = 0; waiter < waiters.length; waiter++) abandon(next, waiter);
    desk.fault(moveOf('crashDevice'));
  }

  return {
    isAwaiting: (exchange: number) => exchange !== 0 && exchangeFacts(exchange, 0).waits === 'answer',
    /** How many commands wait for an exchange. */
    waitingIn: (row: Int32Array) =>
      commandPlaces.filter((place) => {
        const kind = row[place] === 0 ? null : kinds(row[place]!, 0);
        return kind === 'Provision' || kind === 'Look';
      }).length,
    moves(desk: Desk, isCalmStart: boolean): void {
      for (const [index, place] of commandPlaces.entries()) commandMoves(desk, index, place, isCalmStart);
      exchangeMoves(desk);
      answerMoves(desk);
      crash(desk);
    },
  };
}
