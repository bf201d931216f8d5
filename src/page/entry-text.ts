import type { Role } from '../../machines/index.js';
import type { Entry, MessageEntry, NoteEntry } from '../timeline/entry.js';
import { fateTexts } from './fates.js';

/** What an entry says, as one sentence: for the status line and for screen readers. */
export function entryText(entry: Entry): string {
  switch (entry.kind) {
    case 'Message':
      return `${wayText(entry)}: ${messageText(entry)}.`;
    case 'Fate':
      return `Message ${entry.message} was ${fateTexts[entry.fate]}.`;
    case 'Transition': {
      const { name } = entry.after;
      const where = name === entry.before.name ? `stays ${name}` : `is now ${name}`;
      return `${sideNames[entry.role]} takes ${entry.event.type} and ${where}.`;
    }
    case 'Note':
      return `${authorText(entry)}${entry.text}`;
  }
}

export const sideNames = { client: 'The device', server: 'The server' } as const satisfies Record<Role, string>;

/** Whoever a note is by, before what it says; nothing where that says it. */
export function authorText({ by }: NoteEntry): string {
  if (by === 'environment') return '';
  return by === 'link' ? 'The link: ' : `${sideNames[by]}: `;
}

/** `Device to server`. */
export function wayText({ direction }: MessageEntry): string {
  return direction === 'request' ? 'Device to server' : 'Server to device';
}

/** The key that a message goes under, unless its summary names it. */
export function keyBeside({ policyKey, summary }: MessageEntry): string | null {
  return policyKey === null || summary.split(/\W+/).includes(policyKey) ? null : `key ${policyKey}`;
}

function messageText(message: MessageEntry): string {
  return [message.command, message.summary, keyBeside(message) ?? ''].filter((part) => part !== '').join(', ');
}
