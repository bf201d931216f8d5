/** What the host supplies, and what stands in for it where the platform can. */
import type { AcknowledgmentStatus, WipeScope } from '../../machines/index.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import type { PolicyData } from '../protocol/provision.js';
import type { ProtocolVersion } from '../protocol/version.js';

/** A value now or later. */
export type Awaitable<Value> = Value | PromiseLike<Value>;

/** How requests are sent; the platform's `fetch` is one. It may throw, hang or answer anything. */
export type Transport = (url: string, init: TransportRequest) => PromiseLike<TransportResponse>;

/** What a transport is asked to send, beside the URL. */
export interface TransportRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  /** `null` when there is none. */
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** A redirect by HTTP is an answer like any other; ActiveSync has its own (451). */
  readonly redirect: 'manual';
}

/** What a transport gives back. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: { forEach(visit: (value: string, name: string) => void): void };
  /** Read in preference to `arrayBuffer`, so that reading can stop at the limit. */
  readonly body?: ByteStream | null;
  arrayBuffer(): PromiseLike<ArrayBuffer>;
}

/** A body that arrives in pieces, as the platform has it. */
export interface ByteStream {
  getReader(): {
    read(): PromiseLike<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): PromiseLike<void>;
  };
}

/** Tells the time and waits. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Settles after that many milliseconds, or at once, either way, when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): PromiseLike<void>;
}

/** One text per account and device. `save` settles when the text would survive a crash. */
export interface StateStore {
  /** The text last saved, `null` when there is none. */
  load(): Awaitable<string | null>;
  save(data: string): Awaitable<void>;
}

/** Under what a policy was offered. */
export interface OfferDetails {
  /** The temporary key. */
  readonly policyKey: PolicyKey;
  /** The one spoken last; `null` where that is not known. */
  readonly protocolVersion: ProtocolVersion | null;
}

/** The device that hosts the client. */
export interface DevicePorts {
  /**
   * Puts a policy in force and says how far: 1 fully, 2 partly, with at least the password, 3 not at all, 4 managed by
   * others (MS-ASPROV 2.2.2.54.1). What the device has no feature for counts as applied (3.1.5.1.1, R764). After a crash
   * it may be asked for the same policy again.
   */
  applyPolicy(policy: PolicyData, details: OfferDetails): Awaitable<AcknowledgmentStatus>;
  /** Whether this wipe may and can be carried out; `false` is told to the server, whose directive then stands. */
  confirmWipe(scope: WipeScope): Awaitable<boolean>;
  /** Wipes (MS-ASPROV 3.1.5.1.2.2, 3.1.5.1.2.3). After a crash it may be asked again. */
  wipe(scope: WipeScope): Awaitable<void>;
}

export const platformTransport: Transport = (url, init) => fetch(url, init);

export const platformClock: Clock = {
  now: () => Date.now(),
  sleep(milliseconds, signal) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(milliseconds, longestTimer));
      const stop = () => {
        clearTimeout(timer);
        resolve();
      };
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
  },
};

export function memoryStore(): StateStore {
  let saved: string | null = null;
  return {
    load: () => saved,
    save(data) {
      saved = data;
    },
  };
}

/** Longer ones fire at once on every platform. */
const longestTimer = 2 ** 31 - 1;
