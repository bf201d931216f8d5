/** What all pictures have around them. */
import { element, round, textElement } from './svg.js';
import { type Rule, styleOf, type ThemeName, themes } from './theme.js';

/** What a picture takes, without its margin. */
export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a picture is, for those who do not see it. */
export interface Words {
  readonly title: string;
  readonly description: string;
}

/** In one colour, that of the text around it, for pages that bring their own style and size. */
export function bare(extent: Extent, children: readonly string[]): string {
  return svg(extent, {}, children);
}

/** In the colours of a theme, for pages that cannot style it. */
export function themed(
  extent: Extent,
  { title, description }: Words,
  theme: ThemeName,
  rules: readonly Rule[],
  children: readonly string[],
): string {
  const [x, y, width, height] = around(extent);
  return svg(extent, { width: round(width * SCALE), height: round(height * SCALE) }, [
    textElement('title', {}, title),
    textElement('desc', {}, description),
    textElement('style', {}, `\n${styleOf(themes[theme], rules)}\n`),
    element('rect', { class: 'page', x, y, width, height, rx: 8 }),
    ...children,
  ]);
}

function svg(extent: Extent, size: Readonly<Record<string, number>>, children: readonly string[]): string {
  const viewBox = around(extent).map(round).join(' ');
  const frame = { xmlns: 'http://www.w3.org/2000/svg', viewBox, ...size, role: 'img', ...INK };
  return element('svg', frame, ...children).concat('\n');
}

function around({ left, top, right, bottom }: Extent): readonly [x: number, y: number, width: number, height: number] {
  return [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
}

const MARGIN = 8;
/** As large as text on a page, where there is room. */
const SCALE = 1.25;
const INK = { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.3', 'text-anchor': 'middle' };
