import type { Random } from './random.js';

/** What text is made of: whole inputs to begin with, and words to put into them. */
export interface TextSource {
  readonly seeds: readonly string[];
  readonly words: readonly string[];
  /** What may come any number of times: where work that is not linear shows. */
  readonly repeatable?: readonly string[];
}

/** A seed after one to four changes. */
export function mutatedText(random: Random, source: TextSource, start = random.pick(source.seeds)): string {
  let text = start;
  for (let left = 1 + random.below(4); left > 0; left--) text = random.pick(changes)(text, random, source);
  return text.slice(0, MAX);
}

/** A part of a seed repeated until it is `length` long; the rest stands around it. */
export function pumpedText(random: Random, source: TextSource, length: number): string {
  const seed = random.once(2) ? random.pick(source.seeds) : mutatedText(random, source);
  const from = random.below(seed.length + 1);
  const { words, repeatable = words } = source;
  const parts = [random.pick(words), random.pick(repeatable), seed.slice(from, from + 1 + random.below(24))];
  const part = random.pick(parts);
  const times = Math.floor((length - seed.length) / Math.max(part.length, 1));
  return seed.slice(0, from) + part.repeat(Math.max(times, 1)) + seed.slice(from);
}

type Change = (text: string, random: Random, source: TextSource) => string;

const changes: readonly Change[] = [
  (text, random) => replaced(text, random, String.fromCharCode(random.below(random.once(4) ? 0x1_0000 : 0x80))),
  (text, random) => replaced(text, random, random.pick(['A', 'z', '0', '9', '+', '/', '=', '%', '&', ' '])),
  (text, random, { words }) => replaced(text, random, random.pick(words)),
  inserted,
  inserted,
  // The other case, or the sign after.
  (text, random) => {
    const at = random.below(text.length + 1);
    const sign = text.charAt(at);
    const other = sign.toUpperCase() === sign ? sign.toLowerCase() : sign.toUpperCase();
    return text.slice(0, at) + other + text.slice(at + 1);
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    return at >= text.length
      ? text
      : text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 1) + text.slice(at + 1);
  },
  // Less, twice, elsewhere.
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => {
    const [from, to] = random.span(text.length);
    return text.slice(0, from) + text.slice(to);
  },
  (text, random) => {
    const [from, to] = random.span(text.length);
    return text.slice(0, to) + text.slice(from);
  },
  (text, random) => {
    const [from, to] = random.span(text.length);
    const at = random.below(text.length + 1);
    return text.slice(0, at) + text.slice(from, to) + text.slice(at);
  },
  // The head of one and the tail of another.
  (text, random, { seeds }) => {
    const other = random.pick(seeds);
    return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
  },
];

function inserted(text: string, random: Random, { words }: TextSource): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(words) + text.slice(at);
}

function replaced(text: string, random: Random, word: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + word + text.slice(at + word.length);
}

const MAX = 8200;
