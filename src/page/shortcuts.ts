import { type MoveName, moveNames, moves } from '../simulation/moves.js';
import { element, part, terms } from './element.js';
import type { Stage } from './stage.js';

/** A key that does something in one mode. */
export interface Shortcut {
  readonly key: string;
  readonly label: string;
  readonly act: () => void;
}

/** The keys of the table of moves. */
export function moveShortcuts(act: (move: MoveName) => void): readonly Shortcut[] {
  return moveNames.flatMap((name) => {
    const { key, label } = moves[name];
    return key === null ? [] : [{ key, label, act: () => act(name) }];
  });
}

export function backToNow(stage: Stage): Shortcut {
  return { key: 'Escape', label: 'Back to now', act: () => stage.goTo(null) };
}

/** Listens for keys, which a person can turn off (WCAG 2.1.4), and lists them at the foot of the page. */
export function listenForKeys(shortcuts: readonly Shortcut[]): void {
  const switched = element('input', { type: 'checkbox', checked: true });
  const rows = shortcuts.map(({ key, label }) => [shown[key] ?? key, label] as const);
  const list = part('keys') as HTMLDetailsElement;
  list.append(element('label', {}, switched, ' Single keys act'), terms(rows, 'keys'));
  document.addEventListener('keydown', (event) => {
    if (!switched.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const shortcut = shortcuts.find(({ key }) => key === event.key);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.act();
  });
}

const shown: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' };

/** Where keys have a meaning of their own: arrows move in a group of radio buttons, letters choose in a list. */
function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input:not([type=checkbox]), select, textarea') !== null;
}
