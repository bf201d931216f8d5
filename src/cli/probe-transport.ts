import type { ExchangeFault } from '../../machines/index.js';
import { platformTransport } from '../client/ports.js';
import { transmit } from '../client/transmit.js';
import type { ProbeTransport } from '../probe/ports.js';

/** Requests over the platform's `fetch`: redirects not followed, answers of at most 1 MiB, in at most 30 seconds. */
export const probeTransport: ProbeTransport = async (request) => {
  const answer = await transmit(platformTransport, request, MAX_ANSWER, AbortSignal.timeout(TIMEOUT));
  if (answer.ok) return answer.value;
  throw new Error(faults[answer.error]);
};

const faults: Readonly<Record<ExchangeFault, string>> = {
  Network: 'no connection, or no answer in time',
  Timeout: 'no answer in time',
  Aborted: 'called off',
  Malformed: 'an answer that is none, or too long',
};

/** Bytes. */
const MAX_ANSWER = 1024 * 1024;
/** Milliseconds. */
const TIMEOUT = 30_000;
