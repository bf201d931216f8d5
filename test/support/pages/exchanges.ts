/** `docs/exchanges.md`: chapters of `test/exchange`, drawn. */
import { drawnChapters } from '../pictures/chapters.js';
import { mermaidSequence } from '../pictures/mermaid.js';
import { page } from './markdown.js';
import { picture } from './picture.js';

export async function exchangesPage(): Promise<string> {
  const chapters = drawnChapters.filter(({ isExcerpt }) => !isExcerpt);
  const sections = chapters.map(async ({ name, chapter: { title, prose }, steps }) =>
    [`## ${title}`, prose, picture(name), asText(mermaidSequence(await steps()))].join('\n\n'),
  );
  return page('Exchanges', INTRODUCTION, ...(await Promise.all(sections)));
}

const INTRODUCTION = `What goes over the wire, and how both sides stand in between. Each chart is drawn from a run of the
client and the server as they ship; \`test/exchange\` holds the scripts of these and other chapters.
A state stands at its side where it changes, with the policy key that the side then holds.`;

function asText(mermaid: string): string {
  return `<details><summary>The same as Mermaid</summary>\n\n${mermaid}\n\n</details>`;
}
