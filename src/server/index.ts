/** `eas-provisioning/server`: the server's side, as a plain-data handler and two mounts. */
export { createProvisioningServer, type ProvisioningServer } from './create-server.js';
export type { AcknowledgmentRules } from './judge.js';
export type {
  AdmittedCommand,
  Awaitable,
  CommandAnswer,
  DeviceAdministration,
  DeviceIdentity,
  DeviceView,
  PresentedCredentials,
  ServerEvent,
  ServerExchange,
  ServerOptions,
} from './ports.js';
export { type ServerReason, type ServerReasonRow, serverReasons } from './reasons.js';
export { policyRevision } from './revision.js';
export { mintPolicyKey } from './settings.js';
export { createMemoryStore, type Store, type Stored } from './store.js';
export { toFetch } from './to-fetch.js';
export { type MountOptions, toNodeListener } from './to-node-listener.js';
