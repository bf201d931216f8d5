/** What the engine promises, and where the tests hold it to that: read from titles of tests and headings of chapters. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Invariant {
  readonly promise: string;
  readonly keptBy: string;
}

/** By id, one row each. */
export const invariants = {
  I1: {
    promise: 'No permanent key without the acknowledgment of the very offer: right key, same device, used once.',
    keptBy: 'machine',
  },
  I2: { promise: 'A temporary key opens nothing but Provision.', keptBy: 'machine (`admit`)' },
  I3: {
    promise:
      'Applied in part, not applied, managed by others: none counts as applied unless configured so. No key beside a refusal.',
    keptBy: 'server (`judge`), codec',
  },
  I4: {
    promise:
      'A change of the policy is noticed, whatever version asks next, and holds when it is acknowledged, not when it is downloaded.',
    keptBy: 'machine, server (`policyRevision`)',
  },
  I5: {
    promise:
      'A wipe outranks everything; only a true answer ends it; 2 is not done; an account’s wipe never becomes a device’s.',
    keptBy: 'machine, server',
  },
  I6: {
    promise: 'Everything is bounded: tries, exchanges, waits. A demand without end is given up and named.',
    keptBy: 'machine, client',
  },
  I7: {
    promise: 'One exchange at a time per device; commands refused meanwhile join it and are repeated once.',
    keptBy: 'client',
  },
  I8: { promise: 'No policy is no failure: provisioned without one, and then never asked.', keptBy: 'machine, server' },
  I9: {
    promise:
      'The right number in the right place for the version: HTTP up to 12.1, the command’s own body from 14.0 on.',
    keptBy: 'server',
  },
  I10: {
    promise: 'Authentication comes first; nothing about a device can be learned without it.',
    keptBy: 'server',
  },
  I11: {
    promise: 'A missing key, 0, an empty key and a garbage key are all no key in force on a strict server.',
    keptBy: 'machine (`admit`)',
  },
  I12: {
    promise: 'Every command is gated but Ping, Provision and OPTIONS.',
    keptBy: 'protocol (`commands`), server',
  },
  I13: {
    promise: 'No exemption by the name of a product.',
    keptBy: 'server: exemptions are listed, equal as a whole, and counted',
  },
  I14: {
    promise: 'Keys are random, decimal, 1 to 4294967295, fit both forms of query, and are new each time.',
    keptBy: 'server (`mintKey`), machine',
  },
  I15: {
    promise:
      'A policy source or store that fails weakens nothing: the answer is 503, or what was agreed last holds on.',
    keptBy: 'server (`whilePolicyFails`)',
  },
  I16: { promise: 'Absent, empty and 0 stay apart through every codec.', keptBy: 'codec' },
  I17: {
    promise: 'A crash between any two steps loses nothing and repeats nothing harmful; two nodes on one store agree.',
    keptBy: 'client, server',
  },
  I18: { promise: 'A key is taken only from an answer whose Statuses are both 1.', keptBy: 'client (`interpret`)' },
} as const satisfies Record<string, Invariant>;

export type InvariantId = keyof typeof invariants;

/** Where an invariant is held to. */
export interface Hold {
  readonly id: string;
  readonly kind: 'Law' | 'Test' | 'Chapter' | 'Attack';
  /** From `test/`, with forward slashes. */
  readonly file: string;
  readonly title: string;
}

const root = new URL('../', import.meta.url);

/** Everything that names an invariant: `(I1)` in the title of a test or chapter, `I1: ` before that of an attack. */
export function holds(): readonly Hold[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return files
    .filter((name) => /\.test\.ts$|^machines\/laws\/.*\.ts$|^(?:exchange|wire)\/.*\.md$/.test(name))
    .sort()
    .flatMap((file) => holdsIn(file, readFileSync(new URL(file, root), 'utf8')));
}

export function holdsIn(file: string, text: string): readonly Hold[] {
  if (file.endsWith('.md'))
    return [...text.matchAll(HEADING)].flatMap(({ groups }) => chapterHolds(file, groups ?? {}));
  return [...text.matchAll(TITLE)].flatMap(({ index, groups: { title = '', ids = '' } = {} }) => {
    const kind = PROPERTY.test(blockAt(text, index)) ? 'Law' : 'Test';
    return ids.split(', ').map((id) => ({ id, kind, file, title: title.trim() }) as const);
  });
}

/** From a title to the next that is not within it: what is indented no deeper. */
function blockAt(text: string, index: number): string {
  const line = text.lastIndexOf('\n', index) + 1;
  const depth = /^ */.exec(text.slice(line))?.[0].length ?? 0;
  const rest = text.slice(index);
  const end = rest.search(new RegExp(`\\n {0,${depth}}(?:test|it|describe|law)\\b`));
  return end < 0 ? rest : rest.slice(0, end);
}

const PROPERTY = /\bfc\s*\.(?:asyncP|p)roperty\(/;

function chapterHolds(file: string, { attacked, title = '', ids }: Record<string, string>): readonly Hold[] {
  const kind = attacked === undefined ? 'Chapter' : 'Attack';
  return [...(attacked === undefined ? [] : [attacked]), ...(ids?.split(', ') ?? [])].map((id) => ({
    id,
    kind,
    file,
    title,
  }));
}

const IDS = String.raw`\((?<ids>I\d+(?:, I\d+)*)[);]`;
const HEADING = new RegExp(String.raw`^## (?:(?<attacked>I\d+): )?(?<title>.+?)(?: ${IDS})?(?: \[[^\]]+\])?$`, 'gm');
const TITLE = new RegExp(
  String.raw`(?<lead>\b(?:test|it|describe)\(|\)\(|promise:|^)\s*(?<quote>['"${'`'}])(?<title>[^\n]*?)${IDS}[^\n]*?\k<quote>`,
  'gm',
);
