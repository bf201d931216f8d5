import type { Effect } from '../../machines/index.js';
import { element } from './element.js';
import { fieldsText } from './value-text.js';

/** What a step asked of its side, in order. */
export function effectList(effects: readonly Effect[]): HTMLElement {
  const items = effects.map((effect) => {
    const fields = fieldsText(effect);
    return element('li', {}, element('code', {}, effect.type), fields === '' ? null : ` ${fields}`);
  });
  return element('ol', { class: 'effects' }, ...items);
}
