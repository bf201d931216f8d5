import { createChart } from './chart.js';
import { contextChanges, contextRows } from './context-rows.js';
import { effectList } from './effect-list.js';
import { element, part, spoken, terms } from './element.js';
import { sideNames } from './entry-text.js';
import type { SideAt } from './side-at.js';

/** One side of the page: its chart, what it remembers, and what its last fact asked for. */
export interface Side {
  /** @param isTold whether anything is ever told of it; of a side seen only by its messages there is no chart. */
  draw(side: SideAt, isTold: boolean): void;
}

export function createSide(role: 'client' | 'server'): Side {
  const chart = createChart(sideNames[role].toLowerCase());
  const names = [part(`${role}-state`), document.querySelector(`.ends .${role} .stands`)];
  const memory = element('div');
  const asked = element('div', { class: 'asked' });
  const untold = element(
    'p',
    { class: 'quiet', hidden: true },
    'Only its messages are seen here, not what it remembers.',
  );
  const told = element(
    'div',
    {},
    element('h3', {}, 'Memory'),
    memory,
    element('h3', {}, 'Effects of the last fact'),
    asked,
  );
  part(`${role}-chart`).append(chart.node);
  part(role).append(untold, told);
  return {
    draw(side, isTold) {
      chart.draw(side);
      for (const name of names) if (name) name.textContent = side.state?.name ?? 'Not seen';
      memory.replaceChildren(memoryOf(side));
      asked.replaceChildren(...askedBy(side));
      for (const node of [chart.node, told]) node.hidden = !isTold;
      untold.hidden = isTold;
      untold.closest('.side')?.classList.toggle('untold', !isTold);
    },
  };
}
function memoryOf({ state, last }: SideAt): HTMLElement {
  if (!state) return element('p', { class: 'quiet' }, 'What it remembers is not told.');
  const changed = new Set(last ? contextChanges(last.before, last.after).map(({ field }) => field) : []);
  const rows = contextRows(state).map(({ field, label, text }) => {
    const value = changed.has(field)
      ? element('mark', { title: 'changed by the last fact' }, text, spoken(' (changed)'))
      : text;
    return [label, value] as const;
  });
  return terms(rows, 'context');
}

function askedBy({ last }: SideAt): readonly HTMLElement[] {
  if (!last) return [element('p', { class: 'quiet' }, 'No fact yet.')];
  const heading = element(
    'p',
    {},
    element('code', {}, last.event.type),
    last.effects.length === 0 ? ' asks for nothing.' : ' asks for:',
  );
  return last.effects.length === 0 ? [heading] : [heading, effectList(last.effects)];
}
