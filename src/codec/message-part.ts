import type { Element } from '../protocol/element.js';
import { type Problem, problem } from '../protocol/problem.js';
import { err, ok, type Result } from '../protocol/result.js';
import { childrenOf, textOf } from './content.js';

/** What may stand where in a Provision message, both directions together (MS-ASPROV 6.2, 6.3; MS-ASCMD 2.2.3.167). */
const places: Readonly<Record<string, readonly string[]>> = {
  'Provision:Provision': [
    'Settings:DeviceInformation',
    'Provision:Policies',
    'Provision:RemoteWipe',
    'Provision:AccountOnlyRemoteWipe',
  ],
  'Settings:DeviceInformation': ['Settings:Set'],
  'Provision:Policies': ['Provision:Policy'],
  'Provision:Policy': ['Provision:PolicyType', 'Provision:PolicyKey', 'Provision:Data'],
  'Provision:Data': ['Provision:EASProvisionDoc'],
};

const placed: ReadonlySet<string> = new Set(['Provision:Provision', ...Object.values(places).flat()]);

/** Reads a message rooted at `Provision:Provision`, unless a problem is noted while at it. */
export function readMessage<Message>(root: Element, read: (provision: MessagePart) => Message): Result<Message> {
  if (root.name !== 'Provision:Provision') {
    return err(problem('ERR_PROVISION_SHAPE', 'Expected Provision:Provision as the root.', { path: local(root.name) }));
  }
  const problems: Problem[] = [];
  const message = read(new MessagePart(root, 'Provision', problems));
  return problems[0] ? err(problems[0]) : ok(message);
}

/**
 * An element of a message that is being read. It gives what stands in it and notes what is wrong with it: a child
 * doubled, a child that belongs elsewhere, text and elements in each other's place. Reading goes on; the first problem
 * noted is the outcome. Children that belong nowhere in a message are ignored, and a Status that nobody asks for.
 */
export class MessagePart {
  readonly path: string;
  readonly #children: ReadonlyMap<string, readonly Element[]>;
  readonly #problems: Problem[];

  constructor(element: Element, path: string, problems: Problem[]) {
    this.path = path;
    this.#problems = problems;
    this.#children = this.#sort(element);
  }

  /** The one child of a name. */
  child(name: string): Element | undefined {
    const [child, second] = this.#children.get(name) ?? [];
    if (second) this.note('Doubled.', name);
    return child;
  }

  /** The one child of a name, to be read in its turn. */
  part(name: string): MessagePart | undefined {
    const child = this.child(name);
    return child && new MessagePart(child, `${this.path}/${local(child.name)}`, this.#problems);
  }

  /** All children of a name, to be read in their turn. */
  parts(name: string): readonly MessagePart[] {
    const children = this.#children.get(name) ?? [];
    return children.map((child, i) => {
      const path = `${this.path}/${local(child.name)}[${i + 1}]`;
      return new MessagePart(child, path, this.#problems);
    });
  }

  /** The text of the one child of a name, as it stands. */
  text(name: string): string | undefined {
    const child = this.child(name);
    const text = child && textOf(child);
    if (child && text === undefined) this.note('Expected text.', name);
    return text;
  }

  /** The number in the one child of a name; NaN where its text is not all digits. */
  status(name: string): number | undefined {
    const text = this.text(name)?.trim();
    if (text === undefined) return undefined;
    const status = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(status) ? status : Number.NaN;
  }

  /** Notes a problem if `after` stands before `before`. */
  expectOrder(before: string, after: string): void {
    const names = [...this.#children.keys()];
    const at = names.indexOf(after);
    if (at >= 0 && at < names.indexOf(before)) this.note(`Expected behind ${before}.`, after);
  }

  /** Notes what is wrong with this part, or with its child of a name. */
  note(message: string, child?: string): void {
    const path = child === undefined ? this.path : `${this.path}/${local(child)}`;
    this.refuse(problem('ERR_PROVISION_SHAPE', message, { path }));
  }

  /** Notes a problem found elsewhere. */
  refuse(found: Problem): void {
    this.#problems.push(found);
  }

  #sort(element: Element): ReadonlyMap<string, readonly Element[]> {
    const children = childrenOf(element);
    if (!children) this.note('Expected elements.');
    const sorted = new Map<string, Element[]>();
    for (const child of children ?? []) {
      const here = places[element.name]?.includes(child.name);
      if (placed.has(child.name) && !here) this.note('In the wrong place.', child.name);
      const same = sorted.get(child.name);
      if (same) same.push(child);
      else sorted.set(child.name, [child]);
    }
    return sorted;
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
