/** The pages of the documentation as they lie on disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

export interface Page {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const root = new URL('../../', import.meta.url);

/** README.md and everything under docs/ but the API reports, which are not written for reading on. */
export function pages(): readonly Page[] {
  const paths = readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/api/'));
  return ['README.md', ...paths.sort()].map(readPage);
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(new URL(path, root), 'utf8') };
}

/** Links and pictures that lead nowhere: to a file that does not exist, or a heading that its page does not have. */
export function brokenLinks({ path, text }: Page): readonly string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  const links = /\]\((?<target>[^)\s]+)\)|\b(?:src|srcset)="(?<picture>[^"\s]+)"/g;
  const targets = [...prose.matchAll(links)].map(({ groups }) => groups?.target ?? groups?.picture ?? '');
  return targets.filter((target) => !/^https?:/.test(target) && !resolves(path, target));
}

/** Files and folders of the repository that a page names as code and that are not there. */
export function missingFiles({ text }: Page): readonly string[] {
  const named = [...text.matchAll(/`(?<path>(?:machines|src|test|docs)\/[\w./-]*)`/g)];
  return named.map(({ groups }) => groups?.path ?? '').filter((path) => !existsSync(new URL(path, root)));
}

function resolves(from: string, target: string): boolean {
  const [file = '', heading] = target.split('#');
  const path = file === '' ? from : posix.join(posix.dirname(from), file);
  if (path.startsWith('..') || !existsSync(new URL(path, root))) return false;
  return heading === undefined || headings(readPage(path)).includes(heading);
}

/** The anchors of a page, as GitHub makes them. */
function headings({ text }: Page): readonly string[] {
  return [...text.matchAll(/^#+ (?<title>.+)$/gm)].map(({ groups }) =>
    (groups?.title ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
