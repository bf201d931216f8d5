import type { Entry, FateEntry } from '../timeline/entry.js';

/** What became of a message: one word that a picture of it needs, and all of it in words. */
export interface Fates {
  readonly end: 'UnderWay' | 'Delivered' | 'Lost';
  readonly isRepeated: boolean;
  readonly isDelayed: boolean;
  readonly text: string;
}

/** By the number of the message; one of which nothing is said is under way. */
export function fatesOf(entries: readonly Entry[]): ReadonlyMap<number, Fates> {
  const said = new Map<number, FateEntry['fate'][]>();
  for (const entry of entries) {
    if (entry.kind !== 'Fate') continue;
    said.set(entry.message, [...(said.get(entry.message) ?? []), entry.fate]);
  }
  return new Map([...said].map(([message, fates]) => [message, summed(fates)]));
}

export const underWay: Fates = { end: 'UnderWay', isRepeated: false, isDelayed: false, text: 'under way' };

export const fateTexts = {
  Delivered: 'delivered',
  Lost: 'lost',
  Repeated: 'repeated',
  Delayed: 'delayed',
} as const satisfies Record<FateEntry['fate'], string>;

function summed(fates: readonly FateEntry['fate'][]): Fates {
  const end = fates.includes('Delivered') ? 'Delivered' : fates.includes('Lost') ? 'Lost' : 'UnderWay';
  return {
    end,
    isRepeated: fates.includes('Repeated'),
    isDelayed: fates.includes('Delayed'),
    text: fates.map((fate) => fateTexts[fate]).join(', '),
  };
}

/** Arrivals of which the arrow does not show when they happened: of a second copy, and of what let others pass. */
export function lateArrivals(entries: readonly Entry[]): ReadonlyMap<Entry, string> {
  const messages = new Map<number, { readonly text: string; isLate: boolean; isThere: boolean }>();
  const late = new Map<Entry, string>();
  for (const entry of entries) {
    if (entry.kind === 'Message') {
      const text = [entry.command, entry.summary].filter(Boolean).join(' ');
      messages.set(entry.id, { text, isLate: false, isThere: false });
    }
    const message = entry.kind === 'Fate' ? messages.get(entry.message) : undefined;
    if (entry.kind !== 'Fate' || !message) continue;
    if (entry.fate === 'Delayed') message.isLate = true;
    if (entry.fate !== 'Delivered') continue;
    if (message.isThere) late.set(entry, `the copy arrives: ${message.text}`);
    else if (message.isLate) late.set(entry, `arrives late: ${message.text}`);
    message.isThere = true;
  }
  return late;
}
