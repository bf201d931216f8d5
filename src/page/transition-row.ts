import type { TransitionEntry } from '../timeline/entry.js';
import { departureIn } from '../timeline/index.js';
import { contextChanges } from './context-rows.js';
import { disclosure } from './disclosure.js';
import { effectList } from './effect-list.js';
import { element, spoken, terms } from './element.js';
import { sideNames } from './entry-text.js';
import { fieldsText } from './value-text.js';

/** A fact on the lifeline of the side that took it, with the state it led to. */
export function transitionRow(entry: TransitionEntry): HTMLLIElement {
  const { role, before, event, after, effects } = entry;
  const isMove = before.name !== after.name;
  const isIdle = effects.length === 0 && contextChanges(before, after).length === 0 && !isMove;
  const summary = [
    element('span', { class: 'point', 'aria-hidden': 'true' }),
    spoken(`${sideNames[role]} takes `),
    element('code', { class: 'fact' }, event.type),
    spoken(isMove ? ' and is now ' : ' and stays '),
    element('span', { class: isMove ? 'chip' : isIdle ? 'spoken' : 'chip stays' }, after.name),
    departureIn(entry) ? element('strong', { class: 'refusal' }, 'left the specification') : new Text(),
  ];
  return element(
    'li',
    { class: `row transition ${role}${isIdle ? ' idle' : ''}` },
    disclosure(summary, () => opened(entry)),
  );
}

function opened({ before, event, after, effects }: TransitionEntry): readonly Node[] {
  const fields = fieldsText(event);
  const changes = contextChanges(before, after);
  return [
    terms([['Fact', element('code', {}, event.type), fields === '' ? '' : ` ${fields}`]], 'facts'),
    effects.length === 0
      ? element('p', { class: 'quiet' }, 'It asks for nothing.')
      : element('div', {}, element('p', {}, 'It asks for:'), effectList(effects)),
    changes.length === 0
      ? element('p', { class: 'quiet' }, 'Nothing to remember changes.')
      : terms(
          changes.map((change) => [change.label, `${change.before} → ${change.after}`] as const),
          'facts',
        ),
  ];
}
