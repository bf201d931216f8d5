/** A page of wire chapters: prose, settings if there are any, and what is sent and answered. */
import { isAtLeast, isProtocolVersion, type ProtocolVersion, versions } from '../../src/protocol/version.js';

export interface Chapter {
  /** The heading, requirement ids included. */
  readonly title: string;
  /** The versions it is played in; each of them is named in the settings, or there is 14.1 alone. */
  readonly versions: readonly ProtocolVersion[];
  /** The lines of the settings, but for those with the versions. */
  readonly settings: readonly string[];
  /** What is sent and answered in a version. */
  linesIn(version: ProtocolVersion): readonly string[];
}

/** The chapters of a page, one for each heading of the second level. Throws where one can not be played. */
export function chaptersOf(text: string): readonly Chapter[] {
  const sections = text.split(/^## /m).slice(1);
  if (sections.length === 0) throw new Error('a page without chapters');
  return sections.map(chapterOf);
}

/** `14.1`, `2.5 12.0`, `12.1 … 16.0`, `14.0 …`. Throws for what is no list of versions. */
export function versionsIn(text: string): readonly ProtocolVersion[] {
  const [, first, last] = /^(\S+) …(?: (\S+))?$/.exec(text) ?? [];
  if (first === undefined) return text.split(' ').map(versionOf);
  const [from, to] = [versionOf(first), versionOf(last ?? versions.at(-1) ?? '')];
  return versions.filter((version) => isAtLeast(version, from) && isAtLeast(to, version));
}

function chapterOf(section: string): Chapter {
  const [title = '', ...rest] = section.split('\n');
  const body = rest.join('\n');
  const fail = (message: string): never => {
    throw new Error(`${title}: ${message}`);
  };
  if (!TITLE.test(title)) fail('a heading is text, then requirement ids in square brackets');
  if (body.replaceAll(FENCE, '').trim() === '') fail('no prose');
  const fences = [...body.matchAll(FENCE)].map(({ groups }) => groups ?? {});
  const settings = fences.filter(({ kind }) => kind === 'settings').flatMap(({ lines = '' }) => linesOf(lines));
  const blocks = fences
    .filter(({ kind }) => kind === 'wire')
    .map(({ when = '', lines = '' }) => ({ versions: when === '' ? versions : versionsIn(when), lines }));
  const known = fences.every(({ kind, when }) => kind === 'wire' || (kind === 'settings' && when === undefined));
  if (!known) fail('a block is settings, wire, or wire and its versions');
  if (blocks.length === 0) fail('nothing is sent');
  const named = settings.filter((line) => line.startsWith(VERSIONS));
  const played = named.flatMap((line) => versionsIn(line.slice(VERSIONS.length)));
  return {
    title,
    versions: played.length === 0 ? ['14.1'] : played,
    settings: settings.filter((line) => !line.startsWith(VERSIONS)),
    linesIn: (version) =>
      blocks.filter((block) => block.versions.includes(version)).flatMap(({ lines }) => linesOf(lines)),
  };
}

/** Requirements of MS-ASPROV; with a prefix those of MS-ASCMD and MS-ASHTTP. */
const TITLE = /^[^[\]]+(?: \[(?:[CA]-)?R\d+(?: (?:[CA]-)?R\d+)*\])?$/;
const FENCE = /^```(?<kind>\w+)?(?: (?<when>.+))?\n(?<lines>[\s\S]*?)^```$/gm;
const VERSIONS = 'versions ';

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function versionOf(text: string): ProtocolVersion {
  if (!isProtocolVersion(text)) throw new Error(`no such version: ${text}`);
  return text;
}
