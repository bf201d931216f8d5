/** Entries, how they are made of messages and transitions, and what is read from them. */
export { withoutSecrets } from './bodies.js';
export { MAX_BODY, MAX_XML } from './body.js';
export { type Disclosure, everything } from './disclosure.js';
export type {
  Entry,
  FactList,
  FateEntry,
  MessageBody,
  MessageEntry,
  NoteEntry,
  RefusalExplained,
  TransitionEntry,
} from './entry.js';
export { type AnswerSent, answerEntry, type EntryPlace, type RequestSent, requestEntry } from './messages.js';
export { type Departure, departureIn, edgeIn, factsIn, type Sides, sessionsIn, sidesAfter } from './retell.js';
export { type ChartRow, type MessageRow, type NoteRow, rowsOf, type TransitionRow } from './rows.js';
export { transitionEntry } from './transitions.js';
