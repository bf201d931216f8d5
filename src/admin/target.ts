/** The URL of a request, taken apart without making anything of it that was not written. */

/** What a URL names. */
export interface AdministrationTarget {
  /** Host and port of an absolute URL, null for a path. */
  readonly authority: string | null;
  /** The segments of the path, each unescaped; null for a path that names nothing. */
  readonly segments: readonly string[] | null;
  /** What follows the first `?`. */
  readonly query: string;
}

/** The longest URL that is looked at, in characters. */
export const MAX_URL_LENGTH = 8192;

/**
 * Absolute or relative (RFC 9112 3.2). Escapes are undone after the path was split, so that `%2F` is never a separator;
 * empty segments, `.` and `..` name nothing here, escaped or not, because those before us may resolve them otherwise.
 */
export function readAdministrationTarget(url: string): AdministrationTarget {
  const { authority, path = '', query = '' } = PARTS.exec(url)?.groups ?? {};
  return { authority: authority ?? null, segments: segmentsOf(path), query };
}

const PARTS = /^(?:https?:\/\/(?<authority>[^/?]*))?(?<path>[^?]*)(?:\?(?<query>.*))?$/is;

function segmentsOf(path: string): readonly string[] | null {
  if (!path.startsWith('/')) return null;
  const segments = path.slice(1).split('/').map(unescaped);
  return segments.every((segment) => segment !== null) ? segments : null;
}

function unescaped(segment: string): string | null {
  try {
    const text = decodeURIComponent(segment);
    return text === '' || text === '.' || text === '..' ? null : text;
  } catch {
    return null;
  }
}
