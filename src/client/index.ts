/** `eas-provisioning/client`: a device that provisions, and keeps its commands passing. */
export type { Backoff } from './backoff.js';
export { createProvisioningClient, type ProvisioningClient, type ResetOutcome } from './client.js';
export type { CommandInput } from './command.js';
export { compose } from './compose.js';
export type { QueryForm } from './draft.js';
export { interpret, type ProvisionFact } from './interpret.js';
export { type CommandFact, interpretCommand } from './interpret-command.js';
export type { Observation, ObservedStatuses } from './observation.js';
export type { DeviceOptions, ProvisioningClientOptions } from './options.js';
export {
  type Answer,
  type ClientFailure,
  type CommandOutcome,
  type ExchangeFailure,
  type Explanation,
  type HostPort,
  isProvisioned,
  type ProvisionOutcome,
  type Refusal,
  type Trouble,
} from './outcome.js';
export type {
  Awaitable,
  ByteStream,
  Clock,
  DevicePorts,
  OfferDetails,
  StateStore,
  Transport,
  TransportRequest,
  TransportResponse,
} from './ports.js';
export type { Owner } from './stored-state.js';
export { type ClientWarning, type RedirectObjection, redirectObjections, warnings } from './warning.js';
