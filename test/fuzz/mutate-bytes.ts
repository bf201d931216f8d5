import { END, OPAQUE } from '../../src/codec/wbxml/tokens.js';
import type { Random } from './random.js';

/** What bytes are made of: whole inputs to begin with, and words to put into them. */
export interface ByteSource {
  readonly seeds: readonly Uint8Array[];
  readonly words: readonly Uint8Array[];
}

/** A seed after one to four changes. */
export function mutatedBytes(random: Random, source: ByteSource, start = random.pick(source.seeds)): Uint8Array {
  let bytes = start;
  for (let left = 1 + random.below(4); left > 0; left--) bytes = random.pick(changes)(bytes, random, source);
  return bytes.length <= MAX ? bytes : bytes.slice(0, MAX);
}

/** A part of a seed repeated until it is `length` long; the rest stands around it. */
export function pumpedBytes(random: Random, source: ByteSource, length: number): Uint8Array {
  const seed = random.once(2) ? random.pick(source.seeds) : mutatedBytes(random, source);
  const from = random.below(seed.length + 1);
  const part = seed.subarray(from, from + 1 + random.below(12));
  const times = Math.floor((length - seed.length) / Math.max(part.length, 1));
  return joined([
    seed.subarray(0, from),
    ...Array.from({ length: Math.max(times, 1) }, () => part),
    seed.subarray(from),
  ]);
}

type Change = (bytes: Uint8Array, random: Random, source: ByteSource) => Uint8Array;

const changes: readonly Change[] = [
  // Bit flips and single bytes.
  (bytes, random) => withByte(bytes, random.below(bytes.length + 1), (byte) => byte ^ (1 << random.below(8))),
  (bytes, random) => withByte(bytes, random.below(bytes.length + 1), () => random.below(256)),
  // Another tag in its place, with or without content.
  (bytes, random) =>
    withByte(bytes, random.below(bytes.length + 1), (byte) => (byte & 0xc0) | (5 + random.below(0x3b))),
  (bytes, random) => withByte(bytes, random.below(bytes.length + 1), (byte) => byte ^ 0x40),
  // Words over what stands there, and in between.
  (bytes, random, { words }) => {
    const word = random.pick(words);
    const at = random.below(bytes.length + 1);
    return joined([bytes.subarray(0, at), word, bytes.subarray(at + word.length)]);
  },
  inserted,
  inserted,
  // A length that is not that of what follows.
  (bytes, random, { words }) => {
    const at = bytes.indexOf(OPAQUE, random.below(bytes.length + 1));
    if (at < 0) return joined([bytes, Uint8Array.of(OPAQUE), random.pick(words), Uint8Array.of(END)]);
    return random.once(2)
      ? withByte(bytes, at + 1, (byte) => byte + random.below(5) - 2)
      : joined([bytes.subarray(0, at + 1), random.pick(words), bytes.subarray(at + 2)]);
  },
  // Less, twice, elsewhere.
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => {
    const [from, to] = random.span(bytes.length);
    return joined([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const [from, to] = random.span(bytes.length);
    return joined([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (bytes, random) => {
    const [from, to] = random.span(bytes.length);
    const at = random.below(bytes.length + 1);
    return joined([bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at)]);
  },
  // The head of one and the tail of another.
  (bytes, random, { seeds }) => {
    const other = random.pick(seeds);
    return joined([bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1))]);
  },
];

function inserted(bytes: Uint8Array, random: Random, { words }: ByteSource): Uint8Array {
  const at = random.below(bytes.length + 1);
  return joined([bytes.subarray(0, at), random.pick(words), bytes.subarray(at)]);
}

function withByte(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  const changed = bytes.slice();
  const byte = changed[at];
  if (byte !== undefined) changed[at] = change(byte);
  return changed;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const MAX = 4096;
