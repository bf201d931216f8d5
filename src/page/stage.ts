import type { Entry } from '../timeline/entry.js';
import { element, part } from './element.js';
import { entryText } from './entry-text.js';
import { createSequence } from './sequence.js';
import { areOne, entriesOf, type Session, sessionsOf } from './sessions.js';
import { createSide } from './side.js';
import { sideAt } from './side-at.js';
import { nothingKnown, type Story } from './story.js';

/** What is the same in every mode: both sides and the exchange, at a time that a person can choose. */
export interface Stage {
  /** Draws a story, or what was added to it. */
  show(story: Story): void;
  /** Goes to the time after so many entries of the shown session; null is now. */
  goTo(at: number | null): void;
  /** The time that is shown, and how many entries there are to go to. */
  readonly time: { readonly at: number; readonly end: number };
  /** Says something that is no entry. */
  say(text: string): void;
  /** Is told whenever the time or the entries changed. */
  onDrawn: () => void;
}

export function createStage(): Stage {
  const sides = [createSide('client'), createSide('server')] as const;
  const list = part('entries');
  // It scrolls, so that it has to be reachable.
  list.tabIndex = 0;
  const status = part('status');
  const chooser = part('session') as HTMLSelectElement;
  const past = part('past');
  let story: Story = { mode: 'simulation', title: '', entries: [], initial: nothingKnown };
  let chosen: string | null = null;
  let at: number | null = null;
  let drawn = 0;

  const shown = () => {
    const sessions = sessionsOf(story.entries);
    part('session-choice').hidden = areOne(sessions);
    if (areOne(sessions)) return story.entries;
    offer(chooser, sessions);
    const first = sessions.find(({ roles }) => roles.size > 0) ?? sessions[0];
    chooser.value = chosen ?? first?.name ?? '';
    return entriesOf(story.entries, chooser.value);
  };
  const sequence = createSequence(list, part('earlier'), (entry) => stage.goTo(shown().indexOf(entry) + 1));

  const draw = () => {
    const entries = shown();
    if (at !== null && at >= entries.length) at = null;
    const isFollowed = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    const happened = at === null ? entries : entries.slice(0, at);
    for (const [index, role] of (['client', 'server'] as const).entries()) {
      sides[index]?.draw(sideAt(happened, role, story.initial[role]));
    }
    if (performance.getEntriesByName(FIRST).length === 0) performance.mark(FIRST);
    sequence.draw(entries, happened.length);
    drawn = entries.length;
    part('empty').hidden = story.mode !== 'simulation' || entries.length > 0;
    past.hidden = at === null;
    if (at === null && isFollowed) list.scrollTop = list.scrollHeight;
    stage.onDrawn();
  };

  const stage: Stage = {
    show(next) {
      const isNew = next.entries !== story.entries || next.mode !== story.mode;
      if (isNew) chosen = null;
      const before = isNew ? 0 : drawn;
      story = next;
      // What a person did is to be seen at once; what others do can wait.
      if (isNew || next.mode === 'simulation') at = null;
      document.body.dataset.mode = next.mode;
      part('title').textContent = next.title;
      draw();
      if (drawn > before) stage.say(lastSaid(shown()));
    },
    goTo(next) {
      at = next;
      draw();
      const entries = shown();
      stage.say(lastSaid(at === null ? entries : entries.slice(0, at)));
    },
    get time() {
      const end = shown().length;
      return { at: at ?? end, end };
    },
    say(text) {
      status.textContent = text;
    },
    onDrawn: () => {},
  };
  chooser.addEventListener('change', () => {
    chosen = chooser.value;
    stage.goTo(null);
  });
  part('to-now').addEventListener('click', () => stage.goTo(null));
  return stage;
}

/** When the charts first showed a state. */
const FIRST = 'first chart';

/** Pixels from the end of the list within which it follows what is added. */
const NEAR = 80;

function offer(chooser: HTMLSelectElement, sessions: readonly Session[]): void {
  for (const { name } of sessions.slice(chooser.options.length))
    chooser.append(element('option', { value: name }, name));
}

/** Fates say less than what they led to. */
function lastSaid(entries: readonly Entry[]): string {
  const telling = entries.filter(({ kind }) => kind !== 'Fate').at(-1) ?? entries.at(-1);
  return telling ? entryText(telling) : '';
}
