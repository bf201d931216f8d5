import { base64, encodeBase64 } from '../protocol/base64.js';
import { problem } from '../protocol/problem.js';
import { type Coder, err, ok } from '../protocol/result.js';
import { decodeUtf8, encodeUtf8 } from './bytes.js';

/**
 * Header fields as one plain record, name to value, names in any letter case. A field that came several times is one
 * value, joined with `, ` as HTTP allows (RFC 9110 5.3).
 */
export type HttpHeaders = Readonly<Record<string, string>>;

/**
 * The value of a field without the white space around it (RFC 9110 5.5), or `null`. Of two spellings of one name the one
 * in lower case counts, as every platform gives it, otherwise the first.
 */
export function header(headers: HttpHeaders, name: string): string | null {
  const wanted = name.toLowerCase();
  const usual = headers[wanted];
  if (typeof usual === 'string') return usual.trim();
  const key = Object.keys(headers).find((key) => key.length === wanted.length && key.toLowerCase() === wanted);
  return (key && headers[key]?.trim()) ?? null;
}

/**
 * Whether text can be a header value everywhere (RFC 9110 5.5): printable ASCII, at most 1024 characters, no space at
 * either end.
 */
export function isHeaderValue(text: string): boolean {
  return text.length <= 1024 && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}

/** User and password, as Basic authentication carries them (RFC 7617). */
export interface BasicCredentials {
  /** Anything but `:` and control characters. */
  readonly user: string;
  /** Anything but control characters. */
  readonly password: string;
}

/**
 * An `Authorization: Basic` value, in UTF-8 (RFC 7617), at most 4096 characters. Everything else, other schemes
 * included, is `ERR_HEADER_VALUE`; its message never shows the value.
 */
export const basicCredentials: Coder<BasicCredentials, string> = {
  encode({ user, password }) {
    const bytes = encodeUtf8(`${user}:${password}`);
    if (bytes === null || user.includes(':') || hasControls(user + password)) return notBasic;
    const value = `Basic ${encodeBase64(bytes)}`;
    return value.length > maxCredentialsLength ? notBasic : ok(value);
  },

  decode(value) {
    if (value.length > maxCredentialsLength || !/^basic /i.test(value)) return notBasic;
    const bytes = base64.decode(value.slice(6).trimStart());
    if (!bytes.ok) return notBasic;
    const text = decodeUtf8(bytes.value);
    if (!text?.includes(':') || hasControls(text)) return notBasic;
    const colon = text.indexOf(':');
    return ok({ user: text.slice(0, colon), password: text.slice(colon + 1) });
  },
};

/** The media type of a WBXML body (MS-ASHTTP 2.2.1.1.2.3). */
export const wbxmlContentType = 'application/vnd.ms-sync.wbxml';

/**
 * Whether a Content-Type announces WBXML: either media type of MS-ASHTTP 2.2.1.1.2.3, in any letter case, whatever its
 * parameters.
 */
export function isWbxml(contentType: string): boolean {
  return /^\s*application\/vnd\.ms-sync(?:\.wbxml)?\s*(?:;|$)/i.test(contentType);
}

const maxCredentialsLength = 4096;
const notBasic = err(
  problem('ERR_HEADER_VALUE', 'Not Basic credentials: user and password in UTF-8, base64, no control characters.'),
);

/** Whether text holds control characters (general category Cc). */
function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
