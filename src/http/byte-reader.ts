/** Reads bytes in order. A read beyond the end gives what is there and zeros, and leaves `isShort` set. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get offset(): number {
    return Math.min(this.#offset, this.#bytes.length);
  }

  get isShort(): boolean {
    return this.#offset > this.#bytes.length;
  }

  get isDone(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.#offset++] ?? 0;
  }

  /** Two bytes, the low one first. */
  uint16(): number {
    return this.byte() | (this.byte() << 8);
  }

  /** A length byte and as many bytes. */
  block(): Uint8Array {
    const length = this.byte();
    const start = this.#offset;
    this.#offset += length;
    return this.#bytes.subarray(start, this.#offset);
  }
}
