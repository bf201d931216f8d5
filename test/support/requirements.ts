/** The requirements of MS-ASPROV, in this project's own words, one row each: `test/fixtures/README.md` tells whence. */
import { readFileSync } from 'node:fs';

export interface Requirement {
  /** As the specification numbers it, `R458`. */
  readonly id: string;
  /** Of MS-ASPROV v21.1. */
  readonly section: string;
  readonly who: 'client' | 'server' | 'both';
  readonly isNormative: boolean;
  /** `MUST`, `SHOULD` …, or `declarative` where it is stated as a fact. */
  readonly strength: string;
  readonly summary: string;
}

const file = new URL('../fixtures/requirements.tsv', import.meta.url);
const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');

/** All 950, in the order of the sections. */
export const requirements: readonly Requirement[] = lines.map((line) => {
  const [id = '', section = '', who = '', kind = '', strength = '', summary = ''] = line.split('\t');
  return { id, section, who: who as Requirement['who'], isNormative: kind === 'normative', strength, summary };
});

/** Those that bind somebody; the others explain. */
export const normative = requirements.filter(({ isNormative }) => isNormative);

const byId: ReadonlyMap<string, Requirement> = new Map(requirements.map((row) => [row.id, row]));

export function requirementOf(id: string): Requirement | undefined {
  return byId.get(id);
}
