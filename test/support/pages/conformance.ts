/** `docs/conformance.md`: every requirement of MS-ASPROV, and what stands behind it. */
import { claims } from '../../conformance/claims.js';
import { type Covered, coverage } from '../../conformance/coverage.js';
import { notApplicable, type Reason, reasons } from '../../conformance/not-applicable.js';
import type { Proof } from '../conformance.js';
import { type Requirement, requirements } from '../requirements.js';
import { code, page, table } from './markdown.js';
import { subjectOf } from './subjects.js';

export function conformancePage(): string {
  const { all, proofs } = coverage();
  const structure = all.filter(({ requirement }) => requirement.section.startsWith('2.2.'));
  const behaviour = all.filter((covered) => !structure.includes(covered));
  const foreign = proofs.filter(({ id }) => !id.startsWith('R'));
  return page(
    'Conformance',
    introduction(all),
    '## In numbers',
    counts(all),
    CHECKED,
    checks(all),
    '## Behaviour',
    BEHAVIOUR,
    ...bySection(behaviour),
    '## Form',
    FORM,
    formTable(structure),
    folded('The same, requirement by requirement', requirementTable(structure)),
    '## Not for the library to fulfil',
    ...reasonTables(all),
    ...(foreign.length > 0 ? ['## Other specifications', OTHERS, foreignTable(foreign)] : []),
    '## What only explains',
    informative(),
  );
}

function introduction(all: readonly Covered[]): string {
  const open = all.filter(({ kind }) => kind === 'Open').length;
  return `MS-ASPROV v21.1, as its requirements are numbered there and summed up here in our own words. It has ${requirements.length} of them;
${all.length} are normative, and of these ${open} are open. What stands behind a requirement is found by its id, which is part of the
title of a test or chapter: [testing](testing.md#how-a-requirement-finds-its-test) tells how. An id that does not exist
fails the tests, and so does a normative requirement with neither proof nor reason. A proof is named by its file under
\`test/\`, without \`.test.ts\`, and its title.`;
}

const CHECKED = 'What is checked by its wording, and how often it is said:';

const BEHAVIOUR = `What a client and a server do, by section of the specification. *decl* is what is stated as a fact.`;

const FORM = `What messages and policies look like (sections 2.2.2 and 2.2.3), by element. *Named* requirements stand in the title of a test;
*checked* ones are read by their wording and held, one by one, against the tables, the codecs and the messages that our
two sides send each other; values that *reach the device* are sent by a server and compared with what \`applyPolicy\` is
given.`;

const OTHERS = `Requirements of MS-ASCMD (\`C-\`) and MS-ASHTTP (\`A-\`) that a test or chapter names. They are not counted above.`;

function counts(all: readonly Covered[]): string {
  const count = (holds: (covered: Covered) => boolean) => String(all.filter(holds).length);
  const because = (Object.keys(reasons) as Reason[]).map((reason) => [
    `not for the library: ${words(reason).toLowerCase()}`,
    count((covered) => covered.reason === reason),
  ]);
  return table(
    ['normative requirements', 'how many'],
    [
      ['proven by tests and chapters that name them', count(({ kind }) => kind === 'Named')],
      ['checked by their wording, one by one', count(({ kind }) => kind === 'Checked')],
      ...because,
      ['**open**', `**${count(({ kind }) => kind === 'Open')}**`],
      ['together', String(all.length)],
    ],
  );
}

function checks(all: readonly Covered[]): string {
  return table(
    ['a requirement says', 'of how many'],
    claims.map((claim) => [claim.about, String(all.filter((covered) => covered.claim === claim).length)]),
  );
}

function bySection(all: readonly Covered[]): readonly string[] {
  const chapters = new Set(all.map(({ requirement }) => chapterOf(requirement)));
  return [...new Set([...weightiest, ...chapters])].flatMap((chapter) => [
    `### ${chapter} ${subjectOf(chapter)}`,
    requirementTable(all.filter(({ requirement }) => chapterOf(requirement) === chapter)),
  ]);
}

/** What both sides do, then how they take statuses; the rest as it stands in the specification. */
const weightiest = ['3.1.5.1', '3.2.5.1', '3.1.5.2', '3.2.5.2'];

/** `3.2.5.1` of `3.2.5.1.2.1`. */
function chapterOf({ section }: Requirement): string {
  return section.split('.').slice(0, 4).join('.');
}

function requirementTable(all: readonly Covered[]): string {
  return table(
    ['id', 'section', 'who', 'strength', 'what', 'proof'],
    all.map((covered) => {
      const { id, section, who, strength, summary } = covered.requirement;
      return [id, section, who, strength === 'declarative' ? 'decl' : strength, summary, proofOf(covered)];
    }),
  );
}

function proofOf({ kind, proofs, claim, reason }: Covered): string {
  const named = titlesOf(proofs);
  if (kind === 'Open') return '**open**';
  if (reason) return [`*${words(reason)}*`, ...(claim ? ['reaches the device'] : []), ...named].join('\n');
  return [...(claim ? ['checked'] : []), ...named].join('\n');
}

/** The first two; more would say no more. */
function titlesOf(proofs: readonly Proof[]): readonly string[] {
  const lines = [...new Set(proofs.map(({ file, title }) => `${code(shortOf(file))}: ${title}`))];
  return lines.length <= 2 ? lines : [...lines.slice(0, 2), `and ${lines.length - 2} more`];
}

function shortOf(file: string): string {
  return file.replace(/^test\//, '').replace(/\.test\.ts$/, '');
}

function formTable(all: readonly Covered[]): string {
  const sections = [...new Set(all.map(({ requirement }) => requirement.section))];
  const rows = sections.map((section) => {
    const here = all.filter(({ requirement }) => requirement.section === section);
    const count = (holds: (covered: Covered) => boolean) => String(here.filter(holds).length || '');
    return [
      subjectOf(section),
      section,
      String(here.length),
      count(({ kind }) => kind === 'Named'),
      count(({ kind }) => kind === 'Checked'),
      count(({ kind, claim }) => kind === 'NotApplicable' && claim !== undefined),
      count(({ kind, claim }) => kind === 'NotApplicable' && claim === undefined),
    ];
  });
  return table(['element', 'section', 'requirements', 'named', 'checked', 'reach the device', 'other reasons'], rows);
}

function reasonTables(all: readonly Covered[]): readonly string[] {
  return (Object.keys(reasons) as Reason[]).flatMap((reason) => {
    const rows = notApplicable.filter((row) => row.reason === reason);
    const carried = all.filter(({ claim }) => reason === 'DeviceEnforcement' && claim?.isObeyedByDevice).length;
    const values = `Beside these, ${carried} requirements say what one value of an element asks; each is shown to reach the device.`;
    if (rows.length === 0 && carried === 0) return [];
    return [
      `### ${words(reason)}`,
      reasons[reason],
      table(
        ['requirements', 'because'],
        rows.map(({ ids, because }) => [ids.join(' '), because]),
      ),
      ...(carried > 0 ? [values] : []),
    ];
  });
}

function foreignTable(proofs: readonly Proof[]): string {
  const ids = [...new Set(proofs.map(({ id }) => id))].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
  return table(
    ['id', 'proof'],
    ids.map((id) => [id, titlesOf(proofs.filter((proof) => proof.id === id)).join('\n')]),
  );
}

function informative(): string {
  const rows = requirements.filter(({ isNormative }) => !isNormative);
  const purposes = rows.filter(({ summary }) =>
    /: (?:entry in element summary table|purpose statement)$/.test(summary),
  );
  return `${rows.length} requirements bind nobody: ${purposes.length} list an element or tell its purpose, the others point elsewhere, name sections or explain a
figure. They stand in \`test/fixtures/requirements.tsv\` with the rest.`;
}

/** `DeviceEnforcement` as words. */
function words(reason: Reason): string {
  return reason.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function folded(summary: string, text: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${text}\n\n</details>`;
}
