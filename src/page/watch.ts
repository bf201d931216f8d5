import type { Entry } from '../timeline/entry.js';
import { jsonLines } from './json-lines.js';
import { createKept } from './kept.js';
import { replay } from './replay.js';
import { backToNow, listenForKeys } from './shortcuts.js';
import { soon } from './soon.js';
import type { Stage } from './stage.js';
import { nothingKnown, type Story } from './story.js';

/** Shows what a program tells of: a server as it runs, or a recording. */
export async function watch(stage: Stage, token: string): Promise<void> {
  stage.say('Connecting.');
  const answer = await fetch('entries', { headers: { Authorization: `Bearer ${token}` } }).catch(() => null);
  if (!answer?.ok || !answer.body) {
    stage.say(answer ? `The program refused, with HTTP status ${answer.status}.` : 'The program does not answer.');
    return;
  }
  let kept = createKept();
  let heading: Heading = { mode: 'watch', title: '' };
  let isOpen = true;
  const show = () => {
    const { entries, gone } = kept;
    const story: Story = { ...heading, entries, gone, initial: nothingKnown };
    stage.show(story);
    if (isOpen && entries.length === 0) stage.say('Connected. Nothing happened yet.');
  };
  const showSoon = soon(show);
  for await (const values of jsonLines(answer.body)) {
    for (const value of values) {
      if (isEntry(value)) kept.add(value);
      else if (isHeading(value)) {
        heading = { mode: value.mode, title: value.title };
        if (value.mode === 'watch') listenForKeys([backToNow(stage)]);
        // A recording comes to an end by itself, and is read as a whole.
        else kept = createKept(Number.POSITIVE_INFINITY);
      }
    }
    showSoon();
  }
  isOpen = false;
  show();
  if (heading.mode === 'replay') replay(stage);
  else stage.say('The program ended, and the connection with it.');
}

interface Heading {
  readonly mode: 'watch' | 'replay';
  readonly title: string;
}

function isHeading(value: unknown): value is Heading {
  if (typeof value !== 'object' || value === null || !('mode' in value) || !('title' in value)) return false;
  return (value.mode === 'watch' || value.mode === 'replay') && typeof value.title === 'string';
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('session' in value)) return false;
  return ['Message', 'Fate', 'Transition', 'Note'].includes(String(value.kind));
}
