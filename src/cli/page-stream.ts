import type { Writable } from 'node:stream';
import type { NoteEntry } from '../timeline/entry.js';
import type { Journal } from './page-journal.js';

/** What a stream of entries begins with. */
export interface StreamHead {
  /** `watch`: more may come. `replay`: the stream ends after the last entry. */
  readonly mode: 'watch' | 'replay';
  readonly title: string;
}

/**
 * Writes the head, every entry that is kept, and each new one as it comes, as lines of JSON, until the journal ends.
 * No faster than they are read: who falls so far behind that entries are gone before they were written is let go of.
 */
export function streamEntries(journal: Journal, head: StreamHead, to: Writable): void {
  let next = journal.first;
  let isFull = !to.write(`${JSON.stringify(head)}\n${next === 0 ? '' : `${JSON.stringify(gone(journal))}\n`}`);
  const write = () => {
    if (next < journal.first) return letGo();
    while (!isFull && next < journal.next) {
      let text = '';
      for (; next < journal.next && text.length < CHUNK; next++) text += `${journal.line(next)}\n`;
      isFull = !to.write(text);
    }
    if (journal.isEnded && next === journal.next) to.end();
  };
  const leave = journal.follow(write);
  const letGo = () => {
    leave();
    to.destroy();
  };
  to.on('close', leave);
  to.on('error', leave);
  to.on('drain', () => {
    isFull = false;
    write();
  });
  write();
}

/** In the place of the entries that are not kept any more. */
function gone(journal: Journal): NoteEntry {
  const { at, session } = JSON.parse(journal.line(journal.first) ?? '{"at":0,"session":""}');
  const text = `${journal.first} earlier ${journal.first === 1 ? 'entry is' : 'entries are'} not kept any more.`;
  return { kind: 'Note', at, session, by: 'environment', text };
}

/** Characters that are written at once. */
const CHUNK = 64 * 1024;
