import { type HttpResponse, isSuccess } from '../http/index.js';
import type { Agreement } from './agreement.js';
import { ask } from './host-failure.js';
import type { Settings } from './settings.js';
import { isSameSite, movedTo } from './site.js';
import type { ClientWarning, RedirectObjection } from './warning.js';

/** Where requests go: to the endpoint of the options, or to where the server has moved (MS-ASHTTP 3.1.5.2.2). */
export interface Whereabouts {
  endpoint(): Promise<string>;
  /** Where an answer sends this request next; `null` where it is the answer. @param hops followed so far. */
  next({ status, headers }: HttpResponse, at: string, hops: number): Promise<string | null>;
  /** An endpoint gave an answer. One that is no failure makes it the endpoint of all requests to come. */
  answered(at: string, status: number): Promise<void>;
  /** An endpoint gave no answer. */
  silent(at: string): void;
}

/**
 * A place that a 451 named is kept from the first request that is answered there, until one is answered at the endpoint
 * of the options again: that is tried whenever the place is silent, because places are given up without a word.
 */
export function createWhereabouts(
  settings: Settings,
  agreement: Pick<Agreement, 'memory' | 'noteAtOnce'>,
  warn: (warning: ClientWarning) => void,
): Whereabouts {
  const home = settings.endpoint;
  let isHomeTried = false;

  function objected(why: RedirectObjection, location: string): null {
    warn({ kind: 'RedirectNotFollowed', location: location.slice(0, MAX_SHOWN), why });
    return null;
  }

  function silent(at: string) {
    isHomeTried = at !== home;
  }

  return {
    silent,

    async endpoint() {
      const { movedTo } = await agreement.memory();
      return movedTo === null || isHomeTried ? home : movedTo;
    },

    async next({ status, headers }, at, hops) {
      if (status !== 451) return null;
      const target = movedTo(headers, at);
      if (target === null) return objected('NotSecure', headers['x-ms-location'] ?? '');
      if (hops >= MAX_HOPS) return objected('TooManyHops', target);
      if (isSameSite(at, target)) return target;
      const isAgreed = (await ask('followRedirect', () => settings.followRedirect(target))) === true;
      return isAgreed ? target : objected('OtherSite', target);
    },

    async answered(at, status) {
      if (status === 404) silent(at);
      if (!isSuccess(status) && status !== 449) return;
      isHomeTried = false;
      const place = at === home ? null : at;
      if ((await agreement.memory()).movedTo !== place) await agreement.noteAtOnce({ movedTo: place });
    },
  };
}

/** In one request. */
const MAX_HOPS = 3;
const MAX_SHOWN = 2048;
