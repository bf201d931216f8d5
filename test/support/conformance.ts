/** Which test proves which requirement: read from the titles of tests and the heads of chapters. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Where the id of a requirement stands. */
export interface Proof {
  readonly id: string;
  /** From the root of the repository, with forward slashes. */
  readonly file: string;
  /** The title of the test or chapter, without its ids. */
  readonly title: string;
}

const root = new URL('../../', import.meta.url);

/** Everything that the tests of this checkout claim to prove. */
export function proofsInTests(): readonly Proof[] {
  const files = readdirSync(new URL('test/', root), { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.test\.ts$|^test\/machines\/laws\/.*\.ts$|^test\/(?:exchange|wire|attacks)\/.*\.md$/.test(name))
    .filter((name) => existsSync(new URL(name, root)));
  return files.sort().flatMap((file) => proofsIn(file, readFileSync(new URL(file, root), 'utf8')));
}

/** What one file claims: in titles of tests and rows of tests where it is code, otherwise in chapters. */
export function proofsIn(file: string, text: string): readonly Proof[] {
  return file.endsWith('.ts') ? proofsInCode(file, text) : proofsInChapters(file, text);
}

/** The title of a test, the first cell of a row that begins its line, or the promise of a law. */
const titled =
  /(?:\b(?:test|it|describe)\(|\)\(|^\s*\[|\bpromise:)\s*(?<quote>['"`])(?<title>(?:(?!\k<quote>)[^\n\\]|\\.)*)\k<quote>\s*,/gm;

function proofsInCode(file: string, text: string): readonly Proof[] {
  return [...text.matchAll(titled)].flatMap(({ groups: { title = '' } = {} }) =>
    idsIn(title).map((id) => ({ id, file, title: withoutIds(title) })),
  );
}

/** Headings, and the paragraph after one. */
function proofsInChapters(file: string, text: string): readonly Proof[] {
  const chapters = text.matchAll(/^#+ (?<title>.+)\n(?:\n(?<prose>(?:(?!#|```).+\n?)+))?/gm);
  return [...chapters].flatMap(({ groups }) => {
    const { title = '', prose = '' } = groups ?? {};
    return idsIn(`${title}\n${prose}`).map((id) => ({ id, file, title: withoutIds(title) }));
  });
}

/** `R458` of MS-ASPROV, `C-R458` of MS-ASCMD, `A-R458` of MS-ASHTTP: in square brackets, several by blanks or commas. */
const bracketed = /\s*\[((?:[CA]-)?R\d+(?:,?\s+(?:[CA]-)?R\d+)*)\]/g;

function idsIn(text: string): readonly string[] {
  return [...text.matchAll(bracketed)].flatMap(([, ids = '']) => ids.split(/,?\s+/));
}

function withoutIds(title: string): string {
  return title
    .replaceAll(bracketed, '')
    .replaceAll(/%[a-z]|\$\w+/g, '…')
    .trim();
}
