/** The messages between both sides: each waits until it is delivered or lost. */
import type { HttpRequest, HttpResponse } from '../http/index.js';
import type { ServerReason } from '../server/index.js';
import type { MessageEntry } from '../timeline/index.js';
import type { Journal } from './journal.js';

/** Who sent a request, and may still wait for the answer. */
export interface Caller {
  readonly isWaiting: boolean;
  answer(response: HttpResponse): void;
}

/** A message on its way. */
export interface Packet {
  readonly entry: MessageEntry;
  readonly request: HttpRequest;
  /** Null for a request. */
  readonly response: HttpResponse | null;
  readonly caller: Caller;
  /** Whether timers go first as well. */
  readonly isLate: boolean;
}

export interface Wire {
  /** The order in which they arrive; those that are late come last. */
  readonly packets: readonly Packet[];
  send(request: HttpRequest, caller: Caller): void;
  answer(packet: Packet, response: HttpResponse, reason: ServerReason | null): void;
  /** Takes it from the wire, to be delivered. */
  take(packet: Packet): void;
  lose(packet: Packet): void;
  repeat(packet: Packet): void;
  /** Behind the others; behind the timers, where it is the only one. */
  delay(packet: Packet): void;
  /** Time passed: nothing is late any more. */
  catchUp(): void;
  /** Loses the answers that nobody waits for any more. */
  sweep(): void;
}

export function createWire(journal: Journal): Wire {
  let packets: readonly Packet[] = [];

  function put(packet: Packet) {
    const late = packets.findIndex(({ isLate }) => isLate);
    const at = late < 0 || packet.isLate ? packets.length : late;
    packets = [...packets.slice(0, at), packet, ...packets.slice(at)];
  }

  function remove(packet: Packet) {
    packets = packets.filter((each) => each !== packet);
  }

  function lose(packet: Packet) {
    remove(packet);
    journal.fate(packet.entry.id, 'Lost');
  }

  return {
    get packets() {
      return packets;
    },
    send: (request, caller) => put({ entry: journal.request(request), request, response: null, caller, isLate: false }),
    answer: ({ entry, request, caller }, response, reason) =>
      put({ entry: journal.answer(entry.id, request, response, reason), request, response, caller, isLate: false }),
    take(packet) {
      remove(packet);
      journal.fate(packet.entry.id, 'Delivered');
    },
    lose,
    repeat(packet) {
      journal.fate(packet.entry.id, 'Repeated');
      const copy = { ...packet, entry: journal.request(packet.request) };
      packets = packets.flatMap((each) => (each === packet ? [each, copy] : [each]));
    },
    delay(packet) {
      remove(packet);
      put({ ...packet, isLate: !packets.some(({ isLate }) => !isLate) });
      journal.fate(packet.entry.id, 'Delayed');
    },
    catchUp() {
      packets = packets.map((packet) => (packet.isLate ? { ...packet, isLate: false } : packet));
    },
    sweep() {
      for (const packet of packets) if (packet.response !== null && !packet.caller.isWaiting) lose(packet);
    },
  };
}
