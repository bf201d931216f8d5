/** `eas-provisioning/admin`: the devices and the policy of a server over HTTP, for its administrator. */
export {
  type Administration,
  type AdministrationOptions,
  createAdministration,
} from './create-administration.js';
export type { ChangeReport, DeviceReport, DeviceSummary, WipeReport } from './device-report.js';
export {
  type AdministrationProblem,
  type AdministrationProblemRow,
  administrationProblems,
} from './problems.js';
export type { PolicySource } from './sources.js';
