import type { NoteEntry } from '../timeline/entry.js';
import { markOf, markPrefixes } from '../timeline/marks.js';
import { element, spoken } from './element.js';
import { authorText } from './entry-text.js';

/** Anything else that happened, on the lifeline of whoever did it; a mark stands out. */
export function noteRow(note: NoteEntry): HTMLLIElement {
  const mark = markOf(note);
  const prefix = mark && Object.values(markPrefixes).find((known) => note.text.startsWith(known));
  return element(
    'li',
    { class: `row note ${note.by}${mark ? ' marked' : ''}` },
    spoken(authorText(note)),
    prefix ? element('strong', { class: 'refusal' }, prefix) : null,
    element('span', { class: 'text' }, mark?.text ?? note.text),
  );
}
