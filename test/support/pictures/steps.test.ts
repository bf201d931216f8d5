/** What is drawn of a session is what happened in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chaptersOf } from '../../exchange/chapter.js';
import { mermaidSequence } from './mermaid.js';
import { playSession } from './session.js';
import { stepsOf } from './steps.js';

describe('a chart of a chapter tells what its trace tells', () => {
  const folder = new URL('../../exchange/', import.meta.url);
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const chapters = pages.flatMap((name) => chaptersOf(readFileSync(new URL(name, folder), 'utf8')));
  // Of two exchanges at once it is not known which of them a fact belongs to.
  const orderly = chapters.filter(({ script }) => !script.includes('two commands at once'));

  test.each(orderly.map((chapter) => [chapter.title, chapter] as const))('%s', async (_title, { script, trace }) => {
    const steps = stepsOf(await playSession(script));
    const arrows = steps.flatMap((step) => (step.kind === 'Message' ? [step.from + (step.isLost ? ' lost' : '')] : []));
    const traced: Readonly<Record<string, string>> = {
      '>': 'client',
      'x>': 'client lost',
      '<': 'server',
      x: 'server lost',
    };
    expect(arrows).toEqual(trace.flatMap((line) => traced[line.split(' ')[0] ?? ''] ?? []));

    const stands = (role: 'client' | 'server') => {
      const states = steps.flatMap((step) => (step.kind === 'States' ? step.states[role] : []));
      return states.at(-1)?.text.replace(/^\w+$/, '$& 0') ?? 'Unprovisioned 0';
    };
    const last = /^= device (?<device>.+), server (?<server>[^:]+)(?:: (?<outcome>.+))?$/.exec(trace.at(-1) ?? '');
    const { device, server, outcome } = last?.groups ?? {};
    expect([stands('client'), stands('server')]).toEqual([device, server]);
    const told = steps.flatMap((step) => (step.kind === 'Note' ? [step.text] : [])).at(-1);
    if (outcome !== undefined) expect(told).toBe(`outcome: ${outcome}`);

    const lines = mermaidSequence(steps).split('\n');
    expect(lines.filter((line) => /^ {2}\w+--?(?:>>|x)\w+: ./.test(line))).toHaveLength(arrows.length);
    const lost = arrows.filter((arrow) => arrow.endsWith('lost'));
    expect(lines.filter((line) => /-x\w/.test(line))).toHaveLength(lost.length);
    // What Mermaid takes for the end of a statement, or for an entity.
    expect(lines.join('')).not.toMatch(/[;#]/);
  });
});
