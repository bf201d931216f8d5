import { createBrowserReceiver, createWebSocketReceiver } from '@statelyai/inspect';
import { element, part } from './element.js';
import { backToNow, listenForKeys } from './shortcuts.js';
import { soon } from './soon.js';
import type { Stage } from './stage.js';
import { createStatelyReader } from './stately.js';
import { nothingKnown } from './story.js';

/** Speaks Stately's protocol: shows the machine's actors, wherever they run, and lists all others by name. */
export function receive(stage: Stage, token: string | null): void {
  const reader = createStatelyReader();
  const show = () => {
    const { entries, gone } = reader;
    stage.show({ mode: 'receive', title: 'What actors tell', entries, gone, initial: nothingKnown });
    listOthers(reader.others);
  };
  show();
  stage.say('Waiting for actors.');
  listenForKeys([backToNow(stage)]);
  const showSoon = soon(show);
  const receiver = token === null ? createBrowserReceiver() : createWebSocketReceiver({ server: hub(token) });
  receiver.subscribe((event) => {
    reader.read(event, performance.now());
    showSoon();
  });
}

function hub(token: string): string {
  const url = new URL('stately/receive', location.href.replace(/^http/, 'ws'));
  url.hash = '';
  url.search = `?token=${encodeURIComponent(token)}`;
  return url.href;
}

function listOthers(names: readonly string[]): void {
  const items = names.map((name) => element('li', {}, name));
  const text = 'Other actors, which are not shown:';
  part('others').replaceChildren(...(names.length > 0 ? [element('p', {}, text), element('ul', {}, ...items)] : []));
}
