import { isWbxmlText } from '../../protocol/wbxml-text.js';
import { headerFields, VERSION } from './tokens.js';

/**
 * Writes the parts of a WBXML document one after the other. The buffer is lent from document to document, so that only
 * the finished bytes are allocated.
 */
export class Writer {
  length = 0;
  #bytes: Uint8Array;

  constructor() {
    this.#bytes = idle ?? new Uint8Array(INITIAL);
    idle = null;
  }

  /** The bytes written, and the end of this writer. */
  close(): Uint8Array {
    if (this.#bytes.length <= KEPT) idle = this.#bytes;
    return this.#bytes.slice(0, this.length);
  }

  header(): void {
    this.byte(VERSION);
    for (const [, value] of headerFields) this.integer(value);
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  /** mb_u_int32, in as few bytes as it takes, one for 0. */
  integer(value: number): void {
    let shift = 28;
    while (shift > 0 && value >>> shift === 0) shift -= 7;
    for (; shift > 0; shift -= 7) this.byte(0x80 | ((value >>> shift) & 0x7f));
    this.byte(value & 0x7f);
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.length);
    this.length += value.length;
  }

  /** Text as UTF-8; `false`, and nothing written, if it holds a NUL or half a surrogate pair. */
  text(text: string): boolean {
    this.#reserve(text.length * 3);
    const bytes = this.#bytes;
    let at = this.length;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit === 0 || unit >= 0x80) return this.#wide(text);
      bytes[at++] = unit;
    }
    this.length = at;
    return true;
  }

  #wide(text: string): boolean {
    if (!isWbxmlText(text)) return false;
    this.length += encoder.encodeInto(text, this.#bytes.subarray(this.length)).written;
    return true;
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}

const INITIAL = 0x1000;
/** A larger buffer is let go. */
const KEPT = 0x1_0000;
const encoder = new TextEncoder();

/** The buffer that no writer holds. */
let idle: Uint8Array | null = null;
