import { type CodePage, codePages } from './code-pages.js';
import { FIRST_TAG, hex, IDENTITY } from './tokens.js';

/** Where a name lives: its code page, its token without the content bit. */
export interface Tag {
  readonly page: number;
  readonly token: number;
  readonly legacy: boolean;
}

/**
 * Every tag there can be, by its qualified name: `Provision:Policy`, and `Provision:0x3F` for a slot that the page
 * leaves free, so that what a newer peer sends survives. A slot has one name only.
 */
export const tags: ReadonlyMap<string, Tag> = new Map(codePages.flatMap(slots));

/** The qualified names by `slot(page, token)`. */
export const tagNames: readonly string[] = indexed(tags);

export function slot(page: number, token: number): number {
  return (page << 6) | (token & IDENTITY);
}

export function isCodePage(page: number): boolean {
  return page < codePages.length;
}

function slots({ page, name, tags }: CodePage): (readonly [string, Tag])[] {
  const rows = new Map(tags.map((row) => [row[0], row]));
  return Array.from({ length: IDENTITY + 1 - FIRST_TAG }, (_, index) => {
    const token = FIRST_TAG + index;
    const [, tag, versions] = rows.get(token) ?? [];
    return [`${name}:${tag ?? hex(token)}`, { page, token, legacy: versions === 'legacy' }];
  });
}

function indexed(tags: ReadonlyMap<string, Tag>): readonly string[] {
  const names = Array.from({ length: codePages.length << 6 }, () => '');
  for (const [name, { page, token }] of tags) names[slot(page, token)] = name;
  return names;
}
