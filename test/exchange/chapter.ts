/** A chapter of a page: a heading, prose, what is done, and what then happens on the wire. */
export interface Chapter {
  readonly title: string;
  readonly prose: string;
  readonly script: readonly string[];
  readonly trace: readonly string[];
}

/** The chapters of a page, one for each heading of the second level; throws where one lacks a part. */
export function chaptersOf(text: string): readonly Chapter[] {
  const sections = text.split(/^## /m).slice(1);
  if (sections.length === 0) throw new Error('a page without chapters');
  return sections.map(chapterOf);
}

function chapterOf(section: string): Chapter {
  const [title = '', ...rest] = section.split('\n');
  const body = rest.join('\n');
  const prose = body.replaceAll(BLOCK, '').trim();
  if (prose === '') throw new Error(`${title}: no prose`);
  return { title, prose, script: blockOf(title, body, 'script'), trace: blockOf(title, body, 'trace') };
}

function blockOf(title: string, body: string, kind: 'script' | 'trace'): readonly string[] {
  const blocks = [...body.matchAll(BLOCK)].filter(({ groups }) => groups?.kind === kind);
  const lines = blocks[0]?.groups?.lines?.split('\n').slice(0, -1) ?? [];
  if (blocks.length !== 1 || lines.length === 0) throw new Error(`${title}: not one ${kind}`);
  return lines;
}

const BLOCK = /^```(?<kind>\w*)\n(?<lines>[\s\S]*?)^```$/gm;
