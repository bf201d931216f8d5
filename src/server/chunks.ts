import { joinBytes } from '../protocol/bytes.js';

/** A body as it arrives, up to a cap in bytes. */
export class Chunks {
  readonly #chunks: Uint8Array[] = [];
  readonly #max: number;
  #length = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** False when the body has grown beyond the cap; the chunk is not kept then. */
  add(chunk: Uint8Array): boolean {
    this.#length += chunk.length;
    if (this.#length > this.#max) return false;
    this.#chunks.push(chunk);
    return true;
  }

  joined(): Uint8Array {
    const [only] = this.#chunks;
    if (only && this.#chunks.length === 1) return only;
    return joinBytes(this.#chunks, this.#length);
  }
}
