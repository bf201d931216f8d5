import type { BasicCredentials, HttpRequest, HttpResponse } from '../http/index.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { AttackResult, ProbeReport } from './report.js';

/** How requests are sent: plain data there and back, redirects not followed. It rejects when no answer comes. */
export type ProbeTransport = (request: HttpRequest) => Promise<HttpResponse>;

/** Whom to probe, as whom, and with what. */
export interface ProbeOptions {
  /** The ActiveSync endpoint, an absolute URL without query. */
  readonly endpoint: string;
  /** The account, which should be one made for this. */
  readonly account: BasicCredentials;
  /** Another account of the same server; without it some attacks are not tried. */
  readonly secondAccount?: BasicCredentials;
  /** The one version to probe in; without it 2.5, 12.1, 14.1, 16.1 and the greatest, as far as the server has them. */
  readonly protocolVersion?: ProtocolVersion;
  /** The administration of the server, if it is ours and we may: to change its policy and order wipes. */
  readonly administration?: AdministrationAccess;
  /** Whether a device may say that it was wiped (Status 1); never when absent. */
  readonly allowWipeConfirmation?: boolean;
  readonly transport: ProbeTransport;
  /** Milliseconds since 1970. */
  clock(): number;
  /** From 0 up to 1; the device ids of the run are made of it. */
  random(): number;
  /** Told of what is about to happen, before any attack. */
  onBegin?(begun: Pick<ProbeReport, 'offered' | 'versions' | 'devicePrefix'>): void;
  /** Told of every result as it is there. */
  onResult?(result: AttackResult): void;
}

/** Where an administration of ours is, over the same transport. */
export interface AdministrationAccess {
  /** An absolute URL, with or without a path before its own. */
  readonly url: string;
  readonly token: string;
}

/** Ends a try that cannot be made, from anywhere inside it; it becomes the verdict `NotTried`. */
export class Untried extends Error {
  override readonly name = 'Untried';
}
