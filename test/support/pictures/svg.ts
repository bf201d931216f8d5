/** The little SVG that pictures need. */

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element with its children, indented when it has elements in it. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(typeof value === 'number' ? round(value) : value))}"`);
  const open = `<${name}${written.join('')}`;
  if (children.length === 0) return `${open}/>`;
  return `${open}>\n${children.join('\n').replaceAll(/^/gm, '  ')}\n</${name}>`;
}

export function textElement(name: string, attributes: Attributes, text: string): string {
  return element(name, attributes).replace(/\/>$/, `>${escaped(text)}</${name}>`);
}

/** What a text takes of its line: a little more than with most fonts. */
export function widthOf(text: string, size: number): number {
  return text.length * size * 0.58;
}

/** Tenths are finer than any screen. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
