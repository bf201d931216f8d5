/**
 * However long the list is, the tabulator stops at one row of it; arrows, Home and End go from row to row. Answers what
 * is to be done when rows were added.
 */
export function moveByArrows(list: HTMLElement): () => void {
  let current: HTMLElement | null = null;
  const rows = () => [...list.querySelectorAll<HTMLElement>(ROW)];
  const choose = (row: HTMLElement) => {
    if (current) current.tabIndex = -1;
    current = row;
    row.tabIndex = 0;
  };
  list.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.matches(ROW)) choose(target);
  });
  list.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const all = rows();
    const at = all.indexOf(event.target);
    const to = at < 0 ? undefined : ways[event.key]?.(at, all.length - 1);
    if (to === undefined) return;
    event.preventDefault();
    all[Math.min(Math.max(to, 0), all.length - 1)]?.focus();
  });
  return () => {
    const all = rows();
    for (const row of all) if (row !== current && row.tabIndex !== -1) row.tabIndex = -1;
    const last = all.at(-1);
    if (last && !(current && list.contains(current))) choose(last);
  };
}

const ROW = '.row > details > summary';

const ways: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_at, last) => last,
};
