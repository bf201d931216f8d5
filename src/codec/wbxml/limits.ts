/** What a document may cost, read and written alike: whatever one coder writes, it also reads. */
export interface WbxmlLimits {
  /** The whole document, in bytes. */
  readonly bytes: number;
  /** Elements inside each other; the root alone is 1. */
  readonly depth: number;
  /** Elements in all. */
  readonly elements: number;
  /** The text or the opaque bytes of one element, in bytes. */
  readonly text: number;
}

/** The limits of a WBXML coder, and whether it writes legacy tags. */
export interface WbxmlOptions extends WbxmlLimits {
  /** Whether legacy tags may be written; they are always read. */
  readonly legacy: boolean;
}

/** Ample for every Provision, Settings and FolderSync body; raise `bytes` and `text` to carry mail. */
export const defaultOptions: WbxmlOptions = {
  bytes: 0x10_0000,
  depth: 32,
  elements: 0x1_0000,
  text: 0x4_0000,
  legacy: false,
};

/** The defaults with `options` over them; a limit that is not a positive integer is the caller's mistake, a TypeError. */
export function completeOptions(options: Partial<WbxmlOptions>): WbxmlOptions {
  const complete = { ...defaultOptions, ...options };
  for (const name of ['bytes', 'depth', 'elements', 'text'] as const) {
    if (!Number.isSafeInteger(complete[name]) || complete[name] < 1) {
      throw new TypeError(`WBXML limit ${name}: expected a positive integer`);
    }
  }
  return complete;
}
