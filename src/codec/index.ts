export type { DeviceInformation, DeviceInformationElement } from '../protocol/device-information.js';
export type { Element } from '../protocol/element.js';
export type { EASProvisionDoc, PolicyElementName } from '../protocol/policy.js';
export type { Problem, ProblemCode } from '../protocol/problem.js';
export type {
  PolicyData,
  ProvisionRequestMessage,
  ProvisionResponseMessage,
  RequestPolicy,
  ResponsePolicy,
  WipeAnswer,
} from '../protocol/provision.js';
export type { Coder, Result } from '../protocol/result.js';
export { policyDocument, readPolicy, writePolicy } from './policy.js';
export {
  provisionRequest,
  provisionResponse,
  readProvisionRequest,
  readProvisionResponse,
  writeProvisionRequest,
  writeProvisionResponse,
} from './provision.js';
export { createWbxml, type WbxmlLimits, type WbxmlOptions, wbxml } from './wbxml/index.js';
