/** The little Markdown that generated pages need. */

/** A table; cells are Markdown, with bars and line ends made harmless. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Blocks with a blank line between them, and the note by which a reader knows not to edit the page. */
export function page(title: string, ...blocks: readonly string[]): string {
  return [`# ${title}`, NOTE, ...blocks].join('\n\n').concat('\n');
}

const NOTE = '<!-- Written by `npx vitest run test/pages.test.ts -u` from the tables in the sources; do not edit. -->';

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}
