/** A chapter of a page: a rule with where it stands, what is set, and what then happens on the wire. */
export interface Chapter {
  /** The heading, invariants and requirement ids included: `Policy 2 with a key (I8, I18) [R379 C-R4989]`. */
  readonly title: string;
  readonly settings: readonly string[];
  readonly wire: readonly Entry[];
}

/** What a line says, with the indented lines that belong to it. */
export interface Entry {
  readonly text: string;
  /** `>` for a request, `<` for an answer, `=` for how it ended; empty for what has no sign. */
  readonly sign: '>' | '<' | '=' | '*' | '';
  /** The first line without its sign, then the others without their indent. */
  readonly lines: readonly string[];
}

/** The chapters of a page, one for each heading of the second level; throws where one lacks a part. */
export function chaptersOf(page: string): readonly Chapter[] {
  const sections = page.split(/^## /m).slice(1);
  if (sections.length === 0) throw new Error('a page without chapters');
  return sections.map(chapterOf);
}

function chapterOf(section: string): Chapter {
  const [title = '', ...rest] = section.split('\n');
  if (!TITLE.test(title)) throw new Error(`${title}: a heading is text, invariants in brackets, then requirement ids`);
  const body = rest.join('\n');
  if (body.replaceAll(BLOCK, '').trim() === '') throw new Error(`${title}: no prose`);
  const settings = blocksOf(body, 'settings');
  const wire = blocksOf(body, 'wire');
  const others = [...body.matchAll(BLOCK)].length - wire.length - settings.length;
  if (wire.length !== 1 || settings.length > 1 || others > 0)
    throw new Error(`${title}: one wire block, at most one of settings`);
  return { title, settings: settings[0] ?? [], wire: entriesOf(wire[0] ?? []) };
}

function blocksOf(body: string, kind: string): readonly (readonly string[])[] {
  const blocks = [...body.matchAll(BLOCK)].filter(({ groups }) => groups?.kind === kind);
  return blocks.map(({ groups }) => groups?.lines?.split('\n').slice(0, -1) ?? []);
}

function entriesOf(lines: readonly string[]): readonly Entry[] {
  const texts: string[] = [];
  for (const line of lines) {
    if (line.startsWith('  ')) texts.push(`${texts.pop()}\n${line}`);
    else texts.push(line);
  }
  return texts.map(entryOf);
}

export function entryOf(text: string): Entry {
  const { sign = '', said = text } = SIGNED.exec(text)?.groups ?? {};
  return { text, sign: sign as Entry['sign'], lines: said.split('\n').map((line) => line.replace(/^ {2}/, '')) };
}

/** Requirements of MS-ASPROV; with a prefix those of MS-ASCMD and MS-ASHTTP. */
const TITLE = /^[^[\]]+?(?: \(I\d+(?:, I\d+)*\))?(?: \[(?:[CA]-)?R\d+(?: (?:[CA]-)?R\d+)*\])?$/;
const BLOCK = /^```(?<kind>\w*)\n(?<lines>[\s\S]*?)^```$/gm;
const SIGNED = /^(?<sign>[><=*]) (?<said>[\s\S]*)$/;
