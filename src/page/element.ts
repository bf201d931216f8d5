/** Elements made in one expression. Text stays text: nothing here parses markup. */

export type Child = Node | string | null;
type Value = string | number | boolean | null | ((event: Event) => void);

/** An element with attributes (true and null are an empty one and none), listeners and children (null is none). */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== null && value !== false) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The element of the page with this id, which the page's own markup has. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new TypeError(`The page has no #${id}`);
  return found;
}

/** What only a screen reader says. */
export function spoken(text: string): HTMLElement {
  return element('span', { class: 'spoken' }, text);
}

/** A list of terms and what they are. */
export function terms(rows: readonly (readonly [term: string, ...is: Child[]])[], name = ''): HTMLElement {
  const pairs = rows.flatMap(([term, ...is]) => [element('dt', {}, term), element('dd', {}, ...is)]);
  return element('dl', name === '' ? {} : { class: name }, ...pairs);
}
