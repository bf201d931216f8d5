import { part } from './element.js';

/** Light or dark as the system says, or as a person chose last. */
export function followTheme(): void {
  const chooser = part('theme') as HTMLSelectElement;
  const choose = (theme: string) => {
    document.documentElement.dataset.theme = theme;
    chooser.value = theme;
  };
  choose(stored());
  chooser.addEventListener('change', () => {
    choose(chooser.value);
    store(chooser.value);
  });
}

const KEY = 'theme';

/** A page in a frame, or of a careful person, has no storage. */
function stored(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function store(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It holds until the page is left.
  }
}
