import { createBrowserInspector, createWebSocketInspector, type StatelyInspectionEvent } from '@statelyai/inspect';

type BrowserOptions = NonNullable<Parameters<typeof createBrowserInspector>[0]>;

/** Where a page is, and how to reach it. */
export interface PageOptions {
  /**
   * Stately's hosted page unless told otherwise. An http or https URL is opened in a window of its own, or in `iframe`; a
   * ws or wss URL is connected to, from a browser or from Node.
   */
  readonly url?: string;
  /** Where to show the page, instead of in a window of its own. */
  readonly iframe?: BrowserOptions['iframe'];
  /** Which window opens the page and is its peer. Default: the one this runs in. */
  readonly window?: BrowserOptions['window'];
  /** Takes every message, instead of any page. */
  readonly send?: (message: StatelyInspectionEvent) => void;
}

/** What takes messages to a page, and keeps them while there is none. */
export interface PageAdapter {
  send(message: StatelyInspectionEvent): void;
  stop?(): void;
}

/** @throws TypeError where there is nothing to reach a page from. */
export function adapterOf({ url, iframe, window, send }: PageOptions): PageAdapter {
  if (send) return { send };
  if (url !== undefined && /^wss?:/i.test(url)) return createWebSocketInspector({ url, ...plainly }).adapter;
  if (window === undefined && !('window' in globalThis)) {
    throw new TypeError('url: expected ws or wss, because there is no window here to open a page from');
  }
  const place = { ...(url !== undefined && { url }), ...(iframe && { iframe }), ...(window && { window }) };
  return createBrowserInspector({ ...place, ...plainly }).adapter;
}

/** Messages are plain data already; and a page that is opened late is told from the beginning. */
const plainly = { serialize: (message: StatelyInspectionEvent) => message, maxDeferredEvents: 10_000 };
