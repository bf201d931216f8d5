import type { NoteEntry } from '../timeline/entry.js';
import { element, spoken } from './element.js';
import { authorText } from './entry-text.js';

/** Anything else that happened, on the lifeline of whoever did it. */
export function noteRow(note: NoteEntry): HTMLLIElement {
  return element(
    'li',
    { class: `row note ${note.by}` },
    spoken(authorText(note)),
    element('span', { class: 'text' }, note.text),
  );
}
