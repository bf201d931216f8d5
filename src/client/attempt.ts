import type { ExchangeFault } from '../../machines/index.js';
import type { HttpRequest, HttpResponse } from '../http/index.js';
import type { CommandName } from '../protocol/command.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import type { Result } from '../protocol/result.js';
import type { ProtocolVersion } from '../protocol/version.js';

/** One HTTP exchange: what was sent, and what came back or why nothing did. */
export interface HttpAttempt {
  readonly command: CommandName | 'OPTIONS';
  /** `null` for a request that carries none. */
  readonly policyKey: PolicyKey | null;
  /** `null` before one is agreed on. */
  readonly protocolVersion: ProtocolVersion | null;
  readonly request: HttpRequest;
  readonly answer: Result<HttpResponse, ExchangeFault>;
}
