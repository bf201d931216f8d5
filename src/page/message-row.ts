import type { MessageEntry } from '../timeline/entry.js';
import { bodyView } from './body-view.js';
import { disclosure } from './disclosure.js';
import { element, spoken, terms } from './element.js';
import { keyBeside, wayText } from './entry-text.js';
import type { Fates } from './fates.js';

/** An arrow between the lifelines. What became of the message may change; the rest does not. */
export interface MessageRow {
  readonly node: HTMLLIElement;
  /** @param fates null where the message is still to come. */
  draw(fates: Fates | null): void;
}

export function messageRow(message: MessageEntry): MessageRow {
  const fate = element('span', { class: 'fate' });
  const summary = [
    spoken(`${wayText(message)}: `),
    element('span', { class: 'command' }, message.command),
    element('span', { class: 'summary' }, ` ${message.summary} `),
    ...keyOf(message),
    ...refusalOf(message),
    fate,
    element('span', { class: 'arrow', 'aria-hidden': 'true' }),
  ];
  const node = element(
    'li',
    { class: `row message ${message.direction}` },
    disclosure(summary, () => opened(message)),
  );
  return {
    node,
    draw(fates) {
      const { end, isRepeated, isDelayed, text } = fates ?? toCome;
      if (fate.textContent === text) return;
      fate.textContent = text;
      // The arrow shows it where nothing else befell the message.
      fate.classList.toggle('spoken', text === 'delivered' || fates === null);
      node.classList.toggle('under-way', end === 'UnderWay');
      node.classList.toggle('lost', end === 'Lost');
      node.classList.toggle('repeated', isRepeated);
      node.classList.toggle('delayed', isDelayed);
    },
  };
}

function keyOf(message: MessageEntry): readonly Node[] {
  const key = keyBeside(message);
  return key === null ? [] : [element('span', { class: 'key' }, key), new Text(' ')];
}

const toCome: Fates = { end: 'Delivered', isRepeated: false, isDelayed: false, text: 'to come' };

function refusalOf({ refusal }: MessageEntry): readonly Node[] {
  return refusal === null ? [] : [element('strong', { class: 'refusal' }, refusal.name), new Text(' ')];
}

function opened(message: MessageEntry): readonly Node[] {
  const { refusal, httpStatus, protocolVersion, at } = message;
  const rows: (readonly [string, string])[] = [['At', `${(at / 1000).toFixed(3)} s`]];
  if (protocolVersion !== null) rows.push(['Protocol', protocolVersion]);
  if (httpStatus !== null) rows.push(['HTTP status', String(httpStatus)]);
  if (refusal !== null) {
    rows.push(['Refused', refusal.name], ['Meaning', refusal.meaning], ['Whose move it is', refusal.move]);
  }
  return [terms(rows, 'facts'), ...bodyView(message.body)];
}
