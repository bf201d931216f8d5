import { element } from './element.js';

/** A row that opens; what is in it is made when it is first opened. */
export function disclosure(summary: readonly Node[], content: () => readonly Node[]): HTMLDetailsElement {
  const body = element('div', { class: 'opened' });
  const details = element('details', {}, element('summary', {}, ...summary), body);
  details.addEventListener('toggle', () => {
    if (details.open && body.childElementCount === 0) body.append(...content());
  });
  return details;
}
