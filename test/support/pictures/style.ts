/** As much of CSS as our pictures use: which colours an element has, and how far two of them differ. */

export interface Colours {
  readonly fill: string;
  readonly stroke: string;
}

interface Styled {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Rule {
  readonly selector: string;
  readonly fields: ReadonlyMap<string, string>;
}

export function rulesIn(css: string): readonly Rule[] {
  const found = [...css.matchAll(/(?<selectors>[^{}]+)\{(?<body>[^{}]*)\}/g)].flatMap(({ groups }) => {
    const fields = (groups?.body ?? '').split(';').map((field) => field.split(':').map((part) => part.trim()));
    const row = new Map(fields.map(([name = '', value = '']) => [name, value]));
    return (groups?.selectors ?? '').split(',').map((selector) => ({ selector: selector.trim(), fields: row }));
  });
  // The more particular one comes last and wins; the order decides between equals, as it does in CSS.
  return found.sort((one, other) => weightOf(one.selector) - weightOf(other.selector));
}

/** Of the last element of a path: its own, or inherited; `currentColor` is resolved. */
export function coloursOf(path: readonly Styled[], rules: readonly Rule[]): Colours {
  const color = inherited(path, rules, 'color') ?? 'currentColor';
  const resolved = (name: string) => {
    const value = inherited(path, rules, name) ?? 'none';
    return value === 'currentColor' ? color : value;
  };
  return { fill: resolved('fill'), stroke: resolved('stroke') };
}

/** WCAG 2.2, contrast ratio: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function inherited(path: readonly Styled[], rules: readonly Rule[], name: string): string | null {
  for (let length = path.length; length > 0; length--) {
    const own = path.slice(0, length);
    const ruled = rules.filter(({ selector, fields }) => fields.has(name) && matches(own, selector)).at(-1);
    const value = ruled?.fields.get(name) ?? own.at(-1)?.attributes[name];
    if (value !== undefined) return value;
  }
  return null;
}

function matches(path: readonly Styled[], selector: string): boolean {
  const parts = selector.split(/\s+/);
  const last = parts.pop() ?? '';
  const element = path.at(-1);
  if (!element || !fits(element, last)) return false;
  return parts.length === 0 || path.slice(0, -1).some((_, at) => matches(path.slice(0, at + 1), parts.join(' ')));
}

function fits({ tag, attributes }: Styled, simple: string): boolean {
  const [name = '', ...classes] = simple.split('.');
  const own = (attributes.class ?? '').split(' ');
  return (name === '' || name === tag) && classes.every((each) => own.includes(each));
}

function weightOf(selector: string): number {
  const classes = selector.split('.').length - 1;
  const tags = selector.split(/\s+/).filter((simple) => !simple.startsWith('.')).length;
  return 100 * classes + tags;
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
