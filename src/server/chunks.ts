import { joinBytes } from '../protocol/bytes.js';

/** A body as it arrives, up to a cap in bytes. Most come in one chunk, which is then the body itself. */
export class Chunks {
  private readonly max: number;
  private length = 0;
  private first: Uint8Array | null = null;
  private all: Uint8Array[] | null = null;

  constructor(max: number) {
    this.max = max;
  }

  /** False when the body has grown beyond the cap; the chunk is not kept then. */
  add(chunk: Uint8Array): boolean {
    this.length += chunk.length;
    if (this.length > this.max) return false;
    if (this.first === null) this.first = chunk;
    else if (this.all === null) this.all = [this.first, chunk];
    else this.all.push(chunk);
    return true;
  }

  joined(): Uint8Array {
    return this.all === null ? (this.first ?? new Uint8Array()) : joinBytes(this.all, this.length);
  }
}
