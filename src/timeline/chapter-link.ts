/** The messages of a chapter: which one stands in which place of a row, and what became of it. */

import { provisionRequest, wbxml } from '../codec/index.js';
import type { Composed } from '../explore/composed.js';
import type { RequestMessage } from '../explore/messages.js';
import type { PathStep } from '../explore/path.js';
import { places } from '../explore/row.js';
import { composeRequest, type HttpRequest } from '../http/index.js';
import type { Entry } from './entry.js';
import { answerEntry, type EntryPlace, requestEntry } from './messages.js';

/** What a move does to messages, as entries in the order in which they are to be read. */
export interface LinkMoved {
  /** What was put on the wire. */
  readonly sent: readonly Entry[];
  /** What became of what was there. */
  readonly fates: readonly Entry[];
}

/** Follows the messages from row to row. */
export function followLink(composed: Composed, place: EntryPlace, nextId: () => number) {
  const { requests, answers, wire, bounds } = composed;
  const { inFlight } = bounds;
  /** By place in the row, the message in it. */
  const held = new Map<number, Held>();
  /** By the place of an instance of the server, the request in its hands. */
  const inHand = new Map<number, Held>();

  function entryOf(at: number, id: number, answersTo: Held | null): Held & { readonly entry: Entry } {
    const number = nextId();
    if (at < places.requests + inFlight) {
      const request = httpOf(composed, requests.at(id));
      return { number, request, entry: requestEntry({ ...place, id: number, request }) };
    }
    const request = answersTo?.request ?? httpOf(composed, { to: 'nobody', kind: 'Command', policyKey: '0' });
    const response = wire.answer(answers.at(id));
    const entry = answerEntry({ ...place, id: number, answers: answersTo?.number ?? 0, request, response });
    return { number, request, entry };
  }

  function fate(message: Held, what: 'Delivered' | 'Lost' | 'Repeated'): Entry {
    return { kind: 'Fate', ...place, message: message.number, fate: what };
  }

  return {
    /** The request that an instance of the server has in hand, or null. */
    inHand: (node: number) => inHand.get(node) ?? null,

    moved({ before, after }: PathStep, kind: LinkKind): LinkMoved {
      const sent: Entry[] = [];
      const fates: Entry[] = [];
      const taken: Held[] = [];
      for (const [at, message] of held) {
        if (after[at] !== 0) continue;
        held.delete(at);
        const isRequest = at < places.requests + inFlight;
        const isTaken =
          kind === 'takes request' ? isRequest : kind === 'takes answer' && !isRequest && before[at] !== 0;
        fates.push(fate(message, isTaken && taken.length === 0 ? 'Delivered' : 'Lost'));
        taken.push(message);
      }
      for (const node of [places.node1, places.node2]) {
        if (before[node] === 0 && after[node] !== 0 && taken[0]) inHand.set(node, taken[0]);
      }
      const freed = [places.node1, places.node2].find((node) => before[node] !== 0 && after[node] === 0);
      const answered = freed === undefined ? taken[0] : inHand.get(freed);
      for (let at = places.requests; at < places.requests + 2 * inFlight; at++) {
        if (after[at] === 0 || held.has(at)) continue;
        const original = kind === 'repeats' ? [...held].find(([other]) => before[other] === after[at]) : undefined;
        if (original) {
          held.set(at, original[1]);
          fates.push(fate(original[1], 'Repeated'));
          continue;
        }
        const message = entryOf(at, after[at] ?? 0, answered ?? null);
        held.set(at, message);
        sent.push(message.entry);
      }
      if (freed !== undefined) inHand.delete(freed);
      return { sent, fates };
    },
  };
}

interface Held {
  readonly number: number;
  readonly request: HttpRequest;
}

/** What a move does to the messages that it takes off the wire. */
export type LinkKind = 'takes request' | 'takes answer' | 'repeats' | 'loses';

function httpOf({ parts, bounds: { version } }: Composed, message: RequestMessage): HttpRequest {
  const { policyKey } = message;
  const device = { user: 'user', deviceId: 'device', deviceType: 'type' };
  const draft = { form: 'plain', ...device, protocolVersion: version, policyKey } as const;
  const bytes =
    message.kind === 'Command'
      ? wbxml.encode(folderSync)
      : provisionRequest.encode(parts.compose(message.request, version, { Model: 'Device' }));
  const command = message.kind === 'Command' ? 'FolderSync' : 'Provision';
  const request = composeRequest('/Microsoft-Server-ActiveSync', {
    ...draft,
    command,
    body: bytes.ok ? bytes.value : new Uint8Array(),
  });
  if (!request.ok) throw new TypeError(`${command}: ${request.error.message}`);
  return request.value;
}

const folderSync = {
  name: 'FolderHierarchy:FolderSync',
  content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }],
} as const;
