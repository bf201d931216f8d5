/** A chapter of `test/exchange` as entries: its script played, everything that happened in its order. */
import type { Transition } from '../../../machines/index.js';
import { answerEntry, type Entry, requestEntry, rowsOf, transitionEntry } from '../../../src/timeline/index.js';
import type { Watch } from '../../exchange/scene.js';
import { play } from '../../exchange/script.js';
import type { Link } from '../link.js';

/** What a chapter came to. */
export interface Session {
  readonly rows: ReturnType<typeof rowsOf>;
  /** `Answered`, `Wiped device`; null where the last line of the script has none. */
  readonly outcome: string | null;
}

export async function playSession(script: readonly string[]): Promise<Session> {
  const { watch, entries } = recorder();
  const trace = await play(script, watch);
  const [, outcome = null] = /: (?<outcome>.+)$/.exec(trace.at(-1) ?? '') ?? [];
  return { rows: rowsOf(entries()), outcome };
}

/** Lines that are not seen in the messages anyway. */
const notes: readonly (readonly [pattern: RegExp, by: 'client' | 'server' | 'environment', text: string])[] = [
  [/^device runs (?<command>\w+)$/, 'client', 'runs $1'],
  [/^device provisions$/, 'client', 'provisions'],
  [/^device crashes$/, 'client', 'crashes'],
  [/^device restarts$/, 'client', 'starts again'],
  [/^policy changes$/, 'server', 'has another policy'],
  [/^time passes (?<hours>\d+) hours$/, 'environment', '$1 hours pass'],
  [/^order wipe device$/, 'server', 'is told to wipe the device'],
  [/^order wipe account$/, 'server', 'is told to wipe the account'],
];

/** The link tells of an exchange when it is over; everything in between was seen while it went on. */
function recorder(): { readonly watch: Watch; entries(): readonly Entry[] } {
  const happened: (Happened & { readonly over: number })[] = [];
  let played: Link | null = null;
  const saw = (what: Happened, link: Link) => {
    played = link;
    happened.push({ ...what, over: link.exchanges.length });
  };
  return {
    watch: {
      line: (line, link) => saw({ kind: 'Line', line }, link),
      request: (link) => saw({ kind: 'Request' }, link),
      fact: (transition, link) => saw({ kind: 'Fact', transition }, link),
    },
    entries() {
      const exchanges = played?.exchanges ?? [];
      let answered = 0;
      const answersUpTo = (over: number) =>
        exchanges.slice(answered, over).flatMap(() => answerTo(exchanges, answered++));
      return [
        ...happened.flatMap(({ over, ...what }) => [...answersUpTo(over), ...entriesOf(what, exchanges, over)]),
        ...answersUpTo(exchanges.length),
      ];
    },
  };
}

type Happened =
  | { readonly kind: 'Line'; readonly line: string }
  | { readonly kind: 'Request' }
  | { readonly kind: 'Fact'; readonly transition: Transition };

function entriesOf(what: Happened, exchanges: Link['exchanges'], at: number): readonly Entry[] {
  switch (what.kind) {
    case 'Line':
      return notes
        .filter(([pattern]) => pattern.test(what.line))
        .map(([pattern, by, text]) => ({ ...PLACE, kind: 'Note', by, text: what.line.replace(pattern, text) }));
    case 'Fact':
      return [transitionEntry(PLACE, what.transition)];
    case 'Request':
      return requestTo(exchanges, at);
  }
}

function requestTo(exchanges: Link['exchanges'], at: number): readonly Entry[] {
  const exchange = exchanges[at];
  if (!exchange) return [];
  const message = requestEntry({ ...PLACE, id: 2 * at, request: exchange.request });
  const fate = exchange.fate === 'request lost' ? 'Lost' : 'Delivered';
  return [message, { ...PLACE, kind: 'Fate', message: message.id, fate }];
}

function answerTo(exchanges: Link['exchanges'], at: number): readonly Entry[] {
  const exchange = exchanges[at];
  if (!exchange || exchange.fate === 'request lost') return [];
  const message = answerEntry({ ...PLACE, ...exchange, id: 2 * at + 1, answers: 2 * at });
  const fate = exchange.fate === 'response lost' ? 'Lost' : 'Delivered';
  return [message, { ...PLACE, kind: 'Fate', message: message.id, fate }];
}

const PLACE = { at: 0, session: 'chapter' };
