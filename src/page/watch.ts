import type { Entry } from '../timeline/entry.js';
import { jsonLines } from './json-lines.js';
import { replay } from './replay.js';
import { backToNow, listenForKeys } from './shortcuts.js';
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
  const entries: Entry[] = [];
  let story: Story = { mode: 'watch', title: '', entries, initial: nothingKnown };
  for await (const values of jsonLines(answer.body)) {
    for (const value of values) {
      if (isEntry(value)) entries.push(value);
      else if (isHeading(value)) {
        story = { ...story, mode: value.mode, title: value.title };
        if (value.mode === 'watch') listenForKeys([backToNow(stage)]);
      }
    }
    stage.show(story);
    if (entries.length === 0) stage.say('Connected. Nothing happened yet.');
  }
  if (story.mode === 'replay') replay(stage);
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
