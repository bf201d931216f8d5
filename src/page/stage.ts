import type { Entry } from '../timeline/entry.js';
import { type Mark, marksIn } from '../timeline/marks.js';
import { part } from './element.js';
import { entryText } from './entry-text.js';
import { createSequence } from './sequence.js';
import { createSessionChoice } from './session-choice.js';
import { createSide } from './side.js';
import { sideAt } from './side-at.js';
import { createStatus } from './status.js';
import { nothingKnown, type Story } from './story.js';

/** What is the same in every mode: both sides and the exchange, at a time that a person can choose. */
export interface Stage {
  /** Draws a story, or what was added to it. */
  show(story: Story): void;
  /** Goes to the time after so many entries of the shown session; null is now. */
  goTo(at: number | null): void;
  /** Goes on or back by one thing that can be seen. */
  move(by: 1 | -1): void;
  /** Goes to the next mark behind the time that is shown, from the last to the first. */
  readonly goToMark: () => void;
  /** The time that is shown, and how many entries there are to go to. */
  readonly time: { readonly at: number; readonly end: number };
  /** Where the shown session left the specification, or broke a promise. */
  readonly marks: readonly Mark[];
  /** Says something that is no entry. */
  readonly say: (text: string) => void;
  /** Whether what happens is only shown, and not spoken: as long as something runs by itself. */
  readonly hush: (isHushed: boolean) => void;
  /** Is told whenever the time or the entries changed. */
  onDrawn: () => void;
}

export function createStage(): Stage {
  const sides = [createSide('client'), createSide('server')] as const;
  const status = createStatus(part('status'));
  const past = part('past');
  const legend = part('legend') as HTMLDetailsElement;
  let story: Story = { mode: 'simulation', title: '', entries: [], initial: nothingKnown };
  let shown: readonly Entry[] = [];
  let marks: readonly Mark[] = [];
  let at: number | null = null;
  /** What happened last at that time: the first entries of a list may go. */
  let anchor: Entry | null = null;
  let newest: Entry | null = null;
  let isEmpty: boolean | null = null;
  const sessions = createSessionChoice(() => {
    choose();
    stage.goTo(null);
  });
  const sequence = createSequence((entry) => stage.goTo(shown.indexOf(entry) + 1));

  const choose = () => {
    shown = sessions.choose(story.entries);
    marks = marksIn(shown);
    if (at !== null && anchor !== null && shown[at - 1] !== anchor) at = shown.indexOf(anchor) + 1 || null;
  };
  const draw = () => {
    if (at !== null && at >= shown.length) at = null;
    const happened = at === null ? shown : shown.slice(0, at);
    for (const [index, role] of (['client', 'server'] as const).entries()) {
      const initial = story.initial[role];
      const isTold = shown.length === 0 || sideAt(shown, role, initial).state !== null;
      sides[index]?.draw(sideAt(happened, role, initial), isTold);
    }
    if (performance.getEntriesByName(FIRST).length === 0) performance.mark(FIRST);
    sequence.draw(shown, happened.length);
    tellGone(story.gone ?? 0);
    past.hidden = at === null;
    stage.onDrawn();
  };
  /** Before anything happened a person is told what this is; afterwards it is up to them. */
  const invite = () => {
    if (isEmpty === (shown.length === 0)) return;
    isEmpty = shown.length === 0;
    part('empty').hidden = story.mode !== 'simulation' || !isEmpty;
    legend.open = isEmpty;
  };
  /** Fates say less than what they led to, and what nobody sees is not said. */
  const lastSaid = (entries: readonly Entry[]) => {
    const telling = entries.filter((entry) => entry.kind !== 'Fate' && !sequence.isFolded(entry)).at(-1);
    const said = telling ?? entries.at(-1);
    return said ? entryText(said) : '';
  };

  const stage: Stage = {
    show(next) {
      const isNew = next.entries !== story.entries || next.mode !== story.mode;
      if (isNew) sessions.forget();
      story = next;
      // What a person did is to be seen at once; what others do can wait.
      if (isNew || next.mode === 'simulation') at = null;
      document.body.dataset.mode = next.mode;
      document.title = [next.title, 'ActiveSync provisioning'].filter(Boolean).join(' · ');
      part('title').textContent = next.title;
      choose();
      draw();
      invite();
      const last = shown.at(-1) ?? null;
      if (last !== null && last !== newest) status.say(lastSaid(shown));
      newest = last;
    },
    goTo(next) {
      at = next;
      anchor = at === null ? null : (shown[at - 1] ?? null);
      draw();
      status.say(at === 0 ? 'Nothing happened yet.' : lastSaid(at === null ? shown : shown.slice(0, at)));
    },
    move(by) {
      const { end } = stage.time;
      let next = stage.time.at + by;
      for (let entry = shown[next - 1]; entry && next < end && sequence.isFolded(entry); entry = shown[next - 1]) {
        next += by;
      }
      stage.goTo(Math.min(Math.max(next, 0), end));
    },
    goToMark() {
      const next = marks.find(({ index }) => index >= stage.time.at) ?? marks[0];
      if (next) stage.goTo(next.index + 1);
    },
    get time() {
      return { at: at ?? shown.length, end: shown.length };
    },
    get marks() {
      return marks;
    },
    say: status.say,
    hush: status.hold,
    onDrawn: () => {},
  };
  part('to-now').addEventListener('click', () => stage.goTo(null));
  return stage;
}

/** When the charts first showed a state. */
const FIRST = 'first chart';

function tellGone(count: number): void {
  const node = part('gone');
  node.hidden = count === 0;
  node.textContent = `${count} earlier ${count === 1 ? 'entry is' : 'entries are'} not kept any more by this page.`;
}
