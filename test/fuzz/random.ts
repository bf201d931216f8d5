/** Numbers that look random and are the same again for the same seed and case: xorshift128 (Marsaglia, 2003). */
export class Random {
  #x = 0;
  #y = 0;
  #z = 0;
  #w = 0;

  constructor(seed: number, number: number) {
    this.restart(seed, number);
  }

  /** Every case has a beginning of its own, so that it can be replayed without those before it. */
  restart(seed: number, number: number): void {
    let mixed = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(number + 1, 0xc2b2_ae35) ^ (number / 2 ** 32);
    const word = () => {
      mixed = (mixed + 0x9e37_79b9) | 0;
      let bits = Math.imul(mixed ^ (mixed >>> 16), 0x21f0_aaad);
      bits = Math.imul(bits ^ (bits >>> 15), 0x735a_2d97);
      return bits ^ (bits >>> 15);
    };
    [this.#x, this.#y, this.#z, this.#w] = [word(), word(), word(), word() | 1];
  }

  /** 0 to 2^32 - 1. */
  next(): number {
    const bits = this.#x ^ (this.#x << 11);
    this.#x = this.#y;
    this.#y = this.#z;
    this.#z = this.#w;
    this.#w = this.#w ^ (this.#w >>> 19) ^ bits ^ (bits >>> 8);
    return this.#w >>> 0;
  }

  /** 0 to `limit` - 1. */
  below(limit: number): number {
    return this.next() % limit;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.next() % times === 0;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.next() % items.length];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** A span of something of that length: `from` included, `to` not. Short ones are likelier. */
  span(length: number): readonly [from: number, to: number] {
    const from = this.below(length + 1);
    const most = this.once(4) ? length : 16;
    return [from, Math.min(length, from + this.below(most + 1))];
  }
}
