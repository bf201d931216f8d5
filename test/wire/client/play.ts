/** Plays a chapter: what happened, in the words of the chapter where it is what the chapter says. */
import type { CommandOutcome, ProvisionOutcome, ResetOutcome } from '../../../src/client/index.js';
import { commands, isCommandName } from '../../../src/protocol/command.js';
import type { Element } from '../../../src/protocol/element.js';
import type { Chapter } from './chapter.js';
import { createScene, type Scene } from './scene.js';
import { createScript } from './script.js';
import { scriptedServer } from './scripted-server.js';

/** The entries that came true, and others where something else happened. */
export async function play({ settings, wire }: Pick<Chapter, 'settings' | 'wire'>): Promise<readonly string[]> {
  const script = createScript(wire);
  const server = await scriptedServer(script.answerTo);
  const scene = await createScene(server.origin, settings, script);
  script.whenTimePasses(scene.passTimeout);
  try {
    const calls: Promise<Outcome>[] = [];
    for (const { sign, text } of wire) {
      if (sign === '=') script.tell(`= ${await ending(calls.splice(0), scene, script.counted)}`);
      else if (text === 'restart') {
        await scene.death;
        calls.splice(0);
        script.tell(text);
        scene.restart();
      } else if (sign === '' && !isReport(text)) {
        script.tell(text);
        calls.push(...callsOf(text, scene));
      }
    }
    if (calls.length > 0) throw new Error('the chapter ends before its calls do');
    return script.trace;
  } finally {
    await server.close();
  }
}

type Outcome = ProvisionOutcome | CommandOutcome | ResetOutcome;

/** Lines that the scene tells, not those that do something. */
function isReport(text: string): boolean {
  return /^(?:waits|applies|wipes|warns:|is asked|time) /.test(text);
}

function callsOf(text: string, scene: Scene): readonly Promise<Outcome>[] {
  if (text === 'provision') return [scene.client.provision()];
  if (text === 'reset') return [scene.client.reset()];
  const [, names] = /^run (.+)$/.exec(text) ?? [];
  if (names === undefined) throw new Error(`no such line: ${text}`);
  return names.split(', ').flatMap((name) => {
    const [, count, command = ''] = /^(?:(\d+) times )?(\w+)$/.exec(name) ?? [];
    return Array.from({ length: Number(count ?? 1) }, () => run(command, scene));
  });
}

function run(name: string, { client }: Scene): Promise<Outcome> {
  if (!isCommandName(name)) throw new Error(`no such command: ${name}`);
  const { page } = commands[name];
  const content = name === 'FolderSync' ? [{ name: 'FolderHierarchy:SyncKey', content: '0' }] : null;
  const document: Element = { name: `${page}:${name}`, content };
  return client.run({ name, document });
}

/** What the calls came to, alike ones counted, and where the machine stands. */
async function ending(calls: readonly Promise<Outcome>[], { client }: Scene, counted: () => string): Promise<string> {
  const outcomes = (await Promise.all(calls)).map(outcomeText);
  const { name, context } = await client.state();
  return [...new Set(outcomes)]
    .map((text) => {
      const count = outcomes.filter((outcome) => outcome === text).length;
      return count === 1 ? text : `${count} times ${text}`;
    })
    .concat(`${name} ${context.policyKey}`, counted())
    .filter(Boolean)
    .join('; ');
}

function outcomeText(outcome: Outcome): string {
  if (outcome.kind === 'Wiped') return `Wiped ${outcome.scope}`;
  if (outcome.kind === 'Provisioned') return `Provisioned ${outcome.policyKey}`;
  if (!('explanation' in outcome)) return outcome.kind;
  const { kind, explanation } = outcome;
  return `${kind} ${explanation.code}, move: ${explanation.move}`;
}
