/** `eas-provisioning`: both sides of the one machine, and the types they speak. The other entries hold the parts. */
export type {
  AcknowledgmentStatus,
  ExchangeFault,
  Failure,
  Limits,
  ProvisioningState,
  ReprovisionReason,
  WipeScope,
  WipeStatus,
} from '../machines/index.js';
export type {
  ClientWarning,
  CommandInput,
  CommandOutcome,
  Observation,
  ProvisioningClient,
  ProvisioningClientOptions,
  ProvisionOutcome,
  StateStore,
  Transport,
} from './client/index.js';
export { createProvisioningClient, isProvisioned } from './client/index.js';
export type { HttpRequest, HttpResponse } from './http/index.js';
export type { CommandName } from './protocol/command.js';
export type { DeviceInformation } from './protocol/device-information.js';
export type { Element } from './protocol/element.js';
export type { EASProvisionDoc } from './protocol/policy.js';
export { validatePolicy } from './protocol/policy.js';
export type { PolicyKey } from './protocol/policy-key.js';
export type { Problem } from './protocol/problem.js';
export type { PolicyData } from './protocol/provision.js';
export type { Result } from './protocol/result.js';
export type { ProtocolVersion } from './protocol/version.js';
export type {
  AdmittedCommand,
  CommandAnswer,
  DeviceIdentity,
  ProvisioningServer,
  ServerExchange,
  ServerOptions,
  ServerReason,
  Store,
} from './server/index.js';
export { createMemoryStore, createProvisioningServer, toFetch, toNodeListener } from './server/index.js';
