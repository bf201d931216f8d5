import type { Element } from '../../src/protocol/element.js';
import { tagNames, texts } from './dictionary.js';
import { shorter, simplerBytes, simplerText } from './minimise.js';
import type { Random } from './random.js';

/** A tree of the seeds after one to four changes, each somewhere in it. */
export function mutatedTree(random: Random, seeds: readonly Element[]): Element {
  let tree = random.pick(seeds);
  for (let left = 1 + random.below(4); left > 0; left--) tree = changedSomewhere(tree, random, seeds);
  return tree;
}

function changedSomewhere(tree: Element, random: Random, seeds: readonly Element[]): Element {
  const { name, content } = tree;
  if (typeof content !== 'object' || content === null || content instanceof Uint8Array || random.once(6)) {
    return random.pick(changes)(tree, random, seeds);
  }
  if (content.length === 0 || random.once(5))
    return { name, content: random.pick(childChanges)(content, random, seeds) };
  const at = random.below(content.length);
  return { name, content: content.map((child, i) => (i === at ? changedSomewhere(child, random, seeds) : child)) };
}

type Change = (tree: Element, random: Random, seeds: readonly Element[]) => Element;

const changes: readonly Change[] = [
  ({ content }, random) => ({ name: random.pick(tagNames), content }),
  ({ name }, random) => ({ name, content: random.pick(texts) }),
  ({ name }, random) => ({ name, content: random.pick(texts) + random.pick(texts) }),
  ({ name }, random) => ({ name, content: Uint8Array.from({ length: random.below(6) }, () => random.below(256)) }),
  ({ name }, random) => ({ name, content: new TextEncoder().encode(random.pick(texts)) }),
  ({ name }) => ({ name, content: null }),
  ({ name }) => ({ name, content: [] }),
  (tree, random) => ({ name: random.pick(tagNames), content: [tree] }),
  (tree) => ({ name: tree.name, content: [tree] }),
  (_, random, seeds) => random.pick(seeds),
];

const childChanges: readonly ((
  children: readonly Element[],
  random: Random,
  seeds: readonly Element[],
) => readonly Element[])[] = [
  (children, random) => children.filter(() => !random.once(3)),
  (children, random) => children.flatMap((child) => (random.once(3) ? [child, child] : [child])),
  (children) => [...children].reverse(),
  (children, random) => [...children, { name: random.pick(tagNames), content: random.pick(texts) }],
  (children, random, seeds) => [...children, random.pick(seeds)],
];

export function* simplerTree({ name, content }: Element): Generator<Element> {
  if (content === null) return;
  yield { name, content: null };
  if (typeof content === 'string') for (const text of simplerText(content)) yield { name, content: text };
  else if (content instanceof Uint8Array) for (const bytes of simplerBytes(content)) yield { name, content: bytes };
  else {
    yield* content;
    for (const children of shorter(content, (from, to) => [...content.slice(0, from), ...content.slice(to)])) {
      yield { name, content: children };
    }
    for (const [at, child] of content.entries()) {
      for (const simpler of simplerTree(child)) {
        yield { name, content: content.map((kept, index) => (index === at ? simpler : kept)) };
      }
    }
  }
}
