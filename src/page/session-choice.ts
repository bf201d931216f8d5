import type { Entry } from '../timeline/entry.js';
import { marksIn } from '../timeline/marks.js';
import { element, part } from './element.js';
import { areOne, entriesOf, type Session, sessionsOf } from './sessions.js';

/** Which session is shown, where there are several: a list to choose from, that says how much there is in each. */
export interface SessionChoice {
  /** The entries of the one that a person chose; of the first of which a side was seen as long as nobody did. */
  choose(entries: readonly Entry[]): readonly Entry[];
  /** What was chosen among other entries. */
  forget(): void;
}

export function createSessionChoice(onChoice: () => void): SessionChoice {
  const chooser = part('session') as HTMLSelectElement;
  let chosen: string | null = null;
  chooser.addEventListener('change', () => {
    chosen = chooser.value;
    onChoice();
  });
  return {
    choose(entries) {
      const sessions = sessionsOf(entries);
      part('session-choice').hidden = areOne(sessions);
      if (areOne(sessions)) return entries;
      offer(chooser, sessions, marksBySession(entries));
      const known = sessions.find(({ name }) => name === chosen);
      const shown = known ?? sessions.find(({ roles }) => roles.size > 0) ?? sessions[0];
      chooser.value = shown?.name ?? '';
      return entriesOf(entries, chooser.value);
    },
    forget() {
      chosen = null;
    },
  };
}

/** Changes only what differs: the list may be open. */
function offer(chooser: HTMLSelectElement, sessions: readonly Session[], marks: ReadonlyMap<string, number>): void {
  for (const option of [...chooser.options]) {
    if (!sessions.some(({ name }) => name === option.value)) option.remove();
  }
  const options = new Map([...chooser.options].map((option) => [option.value, option]));
  for (const { name, size } of sessions) {
    const option = options.get(name) ?? element('option', { value: name });
    const text = `${name} (${[`${size}`, ...marked(marks.get(name) ?? 0)].join(', ')})`;
    if (option.textContent !== text) option.textContent = text;
    if (!option.isConnected) chooser.append(option);
  }
}

function marked(count: number): readonly string[] {
  return count === 0 ? [] : [count === 1 ? '1 mark' : `${count} marks`];
}

function marksBySession(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { session } of marksIn(entries)) counts.set(session, (counts.get(session) ?? 0) + 1);
  return counts;
}
