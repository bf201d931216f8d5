/** `eas-provisioning/server`: the server's side, as a plain-data handler and two mounts. */

export { policyRevision } from '../policy/revision.js';
export type {
  DeviceAdministration,
  DeviceChange,
  DeviceList,
  DeviceSighting,
  DeviceView,
  WipeView,
} from './administration.js';
export { createProvisioningServer, type ProvisioningServer } from './create-server.js';
export type { Exemption } from './exemptions.js';
export type { AcknowledgmentRules } from './judge.js';
export type {
  AdmittedCommand,
  Awaitable,
  CommandAnswer,
  DeviceIdentity,
  PresentedCredentials,
  ServerEvent,
  ServerExchange,
  ServerOptions,
} from './ports.js';
export { type AccessRefusal, type ServerReason, type ServerReasonRow, serverReasons } from './reasons.js';
export { mintPolicyKey } from './settings.js';
export { createMemoryStore, type Store, type Stored } from './store.js';
export { toFetch } from './to-fetch.js';
export { type MountOptions, toNodeListener } from './to-node-listener.js';
