import { type Problem, type ProblemCode, problem } from '../../protocol/problem.js';
import { isCodePage } from './tags.js';
import { END, hex, isTag, OPAQUE, STR_I, SWITCH_PAGE, unusedTokens } from './tokens.js';
import { utf8 } from './utf8.js';

/**
 * Reads the parts of a WBXML document one after the other. What cannot be read is `null`, and `failure` then says why.
 */
export class Reader {
  readonly bytes: Uint8Array;
  /** Where the next part begins. */
  at = 0;
  /** The code page of the tags that follow. */
  page = 0;
  failure: Problem | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Whether these bytes come next; then they are read. */
  accept(expected: readonly number[]): boolean {
    for (let index = 0; index < expected.length; index++) {
      if (this.bytes[this.at + index] !== expected[index]) return false;
    }
    this.at += expected.length;
    return true;
  }

  byte(): number | null {
    return this.bytes[this.at++] ?? this.truncated();
  }

  /** The next token that is not a page switch. Switches may repeat, and stand where no tag follows. */
  token(): number | null {
    for (;;) {
      const token = this.byte();
      if (token !== SWITCH_PAGE) return token;
      const page = this.byte();
      if (page === null) return null;
      if (!isCodePage(page)) return this.fail('ERR_WBXML_PAGE', `code page ${hex(page)} does not exist`, this.at - 1);
      this.page = page;
    }
  }

  /** mb_u_int32: seven bits a byte, the most significant first; at most five bytes, and 32 bits. */
  integer(): number | null {
    const start = this.at;
    for (let value = 0; this.at < start + 5; ) {
      const byte = this.byte();
      if (byte === null) return null;
      value = value * 0x80 + (byte & 0x7f);
      if (value > 0xffff_ffff) break;
      if (byte < 0x80) return value;
    }
    return this.fail('ERR_WBXML_INTEGER', 'a multi-byte integer beyond five bytes or 32 bits', start);
  }

  /** The text of a STR_I, which ends at a zero byte. */
  text(limit: number): string | null {
    const { bytes, at } = this;
    let end = at;
    let bits = 0;
    for (let byte = bytes[end]; byte !== 0; byte = bytes[++end]) {
      if (byte === undefined) return this.truncated();
      bits |= byte;
    }
    if (end - at > limit) return this.fail('ERR_WBXML_LIMIT', 'text beyond the limit', at);
    this.at = end + 1;
    return utf8(bytes, at, end, bits < 0x80) ?? this.fail('ERR_WBXML_TEXT', 'text that is not UTF-8', at);
  }

  /** The bytes of an OPAQUE, as a view of the input. */
  opaque(limit: number): Uint8Array | null {
    const length = this.integer();
    if (length === null) return null;
    const { at } = this;
    if (length > this.bytes.length - at) return this.truncated();
    if (length > limit) return this.fail('ERR_WBXML_LIMIT', 'opaque bytes beyond the limit', at);
    this.at = at + length;
    return this.bytes.subarray(at, this.at);
  }

  /** Refuses the token just read: inside an element, or where the root element should begin. */
  refuse(token: number, place: 'inside' | 'root'): null {
    const name = isTag(token) ? 'a tag' : (tokenNames.get(token) ?? `${hex(token)}, a tag with attributes`);
    const isContent = isTag(token) || token === STR_I || token === OPAQUE;
    if (place === 'root') return this.fail('ERR_WBXML_TOKEN', `${name}, expected the root element`, this.at - 1);
    if (isContent) return this.fail('ERR_WBXML_MIXED', `${name} among content of another kind`, this.at - 1);
    return this.fail('ERR_WBXML_TOKEN', `${name}, not used by ActiveSync`, this.at - 1);
  }

  fail(code: ProblemCode, message: string, offset: number): null {
    this.failure = problem(code, message, { offset });
    return null;
  }

  truncated(): null {
    return this.fail('ERR_WBXML_TRUNCATED', 'the input ends before its root element does', this.bytes.length);
  }
}

const tokenNames = new Map<number, string>(
  Object.entries({ END, STR_I, OPAQUE, ...unusedTokens }).map(([name, token]) => [token, name]),
);
