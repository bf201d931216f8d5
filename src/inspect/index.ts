/** `eas-provisioning/inspect`: the machine at work, on a page of `@statelyai/inspect`, without keys and policies. */
export { createRedactor, type Redactor, type RedactorOptions, type Revealed } from '../timeline/redact.js';
export type { PageOptions } from './adapter.js';
export {
  createProvisioningInspector,
  type InspectedDevice,
  type ProvisioningInspector,
  type ProvisioningInspectorOptions,
} from './inspector.js';
