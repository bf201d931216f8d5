import type { ExchangeFault, Transition } from '../../machines/index.js';
import type { HttpRequest, HttpResponse } from '../http/index.js';
import type { ServerReason } from '../server/index.js';
import { answerEntry, type Disclosure, type FateEntry, requestEntry, transitionEntry } from '../timeline/index.js';
import type { Journal } from './page-journal.js';

/** How much of what happens is shown. */
export interface Privacy {
  readonly messages: Disclosure;
  transition(transition: Transition): Transition;
}

/** Writes down what happens, as the entries of a timeline. */
export interface Teller {
  /** Milliseconds since it began. */
  now(): number;
  /** A request that was sent: what becomes of it is not known yet. */
  sent(session: string, request: HttpRequest): Asked;
  /** A request that came in, `at` the time. */
  received(session: string, request: HttpRequest, at: number): Asked;
  answer(asked: Asked, response: HttpResponse, reason?: ServerReason | null): void;
  noAnswer(asked: Asked, fault: ExchangeFault): void;
  transition(session: string, transition: Transition): void;
}

/** A request that was told of. */
export interface Asked {
  readonly session: string;
  /** Its number among the messages. */
  readonly id: number;
  readonly request: HttpRequest;
  /** Whether it is told already that it arrived. */
  readonly isDelivered: boolean;
}

export function createTeller(journal: Pick<Journal, 'append'>, { messages, transition: shown }: Privacy): Teller {
  const began = performance.now();
  const now = () => Math.round(performance.now() - began);
  let lastId = 0;

  function sent(session: string, request: HttpRequest, at = now()): Asked {
    lastId += 1;
    journal.append(requestEntry({ at, session, id: lastId, request }, messages));
    return { session, id: lastId, request, isDelivered: false };
  }

  function fate(session: string, message: number, fate: FateEntry['fate'], at = now()): void {
    journal.append({ kind: 'Fate', at, session, message, fate });
  }

  return {
    now,
    sent: (session, request) => sent(session, request),
    received(session, request, at) {
      const asked = sent(session, request, at);
      fate(session, asked.id, 'Delivered', at);
      return { ...asked, isDelivered: true };
    },
    answer({ session, id: answers, request, isDelivered }, response, reason = null) {
      if (!isDelivered) fate(session, answers, 'Delivered');
      lastId += 1;
      journal.append(answerEntry({ at: now(), session, id: lastId, answers, request, response, reason }, messages));
      fate(session, lastId, 'Delivered');
    },
    noAnswer({ session, id }, fault) {
      fate(session, id, fault === 'Malformed' ? 'Delivered' : 'Lost');
      journal.append({ kind: 'Note', at: now(), session, by: 'client', text: faultTexts[fault] });
    },
    transition(session, transition) {
      journal.append(transitionEntry({ at: now(), session }, shown(transition)));
    },
  };
}

/** The side that asked cannot know how far its request came. */
const faultTexts = {
  Network: 'No answer came: the network failed, on the way there or back.',
  Timeout: 'No answer came in time; the request may have arrived.',
  Malformed: 'What came was no answer, or a longer one than is read.',
  Aborted: 'The request was called off; it may have arrived.',
} as const satisfies Record<ExchangeFault, string>;
