/** What the address asks for, after its `#`. */
export type Asked =
  | { readonly mode: 'simulation'; readonly permalink: string | null }
  | { readonly mode: 'watch'; readonly token: string }
  /** Without a token from the window that opened this one, or has it in a frame. */
  | { readonly mode: 'receive'; readonly token: string | null };

/** Null for an address within the page, such as the one that skips to the exchange. */
export function askedBy(hash: string): Asked | null {
  const [name = '', ...rest] = hash.replace(/^#/, '').split('=');
  const value = rest.join('=');
  if (name === '') return { mode: 'simulation', permalink: null };
  if (name === 's') return { mode: 'simulation', permalink: value };
  if (name === 'watch') return { mode: 'watch', token: value };
  if (name === 'receive') return { mode: 'receive', token: value === '' ? null : value };
  return null;
}
