/** `eas-provisioning/machine`: the one machine, pure, for actors, inspectors and adapters. */
export type { PolicyRequirement } from './provisioning.admission.js';
export { admit, needsProvisioning } from './provisioning.admission.js';
export type { Edge } from './provisioning.compile.js';
export type { Failure, Limits, Pending, ProvisioningContext } from './provisioning.context.js';
export { defaultLimits } from './provisioning.context.js';
export type {
  ClientEffect,
  Effect,
  EffectOf,
  Outcome,
  ProvisionRequest,
  ProvisionResponse,
  ServerEffect,
} from './provisioning.effects.js';
export type {
  AcknowledgmentStatus,
  EventOf,
  EventType,
  ExchangeFault,
  PolicyRevision,
  ProvisioningEvent,
  ReprovisionReason,
  Role,
  StatusScope,
  WipeScope,
  WipeStatus,
} from './provisioning.events.js';
export { facts } from './provisioning.events.js';
export type { ProvisioningInput } from './provisioning.machine.js';
export { provisioningMachine } from './provisioning.machine.js';
export type { ProvisioningRecord } from './provisioning.record.js';
export { load, RECORD_VERSION, save } from './provisioning.record.js';
export type { ProvisioningState, ProvisioningStateName, Stepped, Transition } from './provisioning.step.js';
export { edgeOf, resume, start, step } from './provisioning.step.js';
