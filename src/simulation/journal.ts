import type { Transition } from '../../machines/index.js';
import type { HttpRequest, HttpResponse } from '../http/index.js';
import type { ServerReason } from '../server/index.js';
import {
  answerEntry,
  type Entry,
  type FateEntry,
  type MessageEntry,
  type NoteEntry,
  requestEntry,
  transitionEntry,
} from '../timeline/index.js';

/** Takes down what happens. */
export interface Journal {
  readonly entries: readonly Entry[];
  request(request: HttpRequest): MessageEntry;
  answer(answers: number, request: HttpRequest, response: HttpResponse, reason: ServerReason | null): MessageEntry;
  fate(message: number, fate: FateEntry['fate']): void;
  transition(transition: Transition): void;
  note(by: NoteEntry['by'], text: string, state?: NoteEntry['state']): void;
}

export function createJournal(session: string, now: () => number): Journal {
  const entries: Entry[] = [];
  let messages = 0;
  const place = () => ({ at: now(), session });

  function added<E extends Entry>(entry: E): E {
    entries.push(entry);
    return entry;
  }

  return {
    entries,
    request: (request) => added(requestEntry({ ...place(), id: ++messages, request })),
    answer: (answers, request, response, reason) =>
      added(answerEntry({ ...place(), id: ++messages, answers, request, response, reason })),
    fate: (message, fate) => void added({ kind: 'Fate', ...place(), message, fate }),
    transition: (transition) => void added(transitionEntry(place(), transition)),
    note: (by, text, state) => void added({ kind: 'Note', ...place(), by, text, ...(state && { state }) }),
  };
}
