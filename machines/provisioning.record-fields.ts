/** What each stored field may hold: one row per field. */
import type { ProvisioningContext } from './provisioning.context.js';
import { reprovisionReasons } from './provisioning.events.js';

type Check = (value: unknown) => boolean;

export const memoryFields = {
  policyKey: isKey,
  pending: nullOr(isPending),
  revision: nullOr(isShortText),
  settledKey: nullOr(isKey),
  reason: nullOr(oneOf(...reprovisionReasons)),
  attempts: isCount,
  cycles: isCount,
  failure: nullOr(isFailure),
} as const satisfies Record<Exclude<keyof ProvisioningContext, 'role' | 'limits'>, Check>;

const failureFields: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  Rejected: { scope: oneOf('Http', 'Provision', 'Policy'), status: isCount },
  ExchangeFailed: { fault: oneOf('Network', 'Timeout', 'Malformed', 'Aborted') },
  OfferExpired: {},
  WipeFailed: { scope: oneOf('device', 'account') },
  ReprovisionLoop: { cycles: isCount },
};

const pendingFields: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  Policy: { policy: isPolicyData, revision: nullOr(isShortText), status: nullOr(oneOf(1, 2, 3, 4)) },
  Wipe: { scope: oneOf('device', 'account'), status: oneOf(1, null) },
};

function isFailure(value: unknown): boolean {
  return isVariant(value, failureFields);
}

function isPending(value: unknown): boolean {
  return isVariant(value, pendingFields);
}

function isVariant(value: unknown, variants: Readonly<Record<string, Readonly<Record<string, Check>>>>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, ...fields } = value as Readonly<Record<string, unknown>>;
  const checks = typeof kind === 'string' && Object.hasOwn(variants, kind) ? variants[kind] : undefined;
  if (!checks || Object.keys(fields).length !== Object.keys(checks).length) return false;
  return Object.entries(checks).every(([field, check]) => Object.hasOwn(fields, field) && check(fields[field]));
}

/** A key as it may come from a peer: at most 64 characters (MS-ASPROV 2.2.2.42, R312). */
function isKey(value: unknown): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= 64;
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 128;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The policy itself is the codec's to judge; here it only has to be one of the two forms. */
function isPolicyData(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

function oneOf(...values: readonly unknown[]): Check {
  return (value) => values.includes(value);
}

function nullOr(check: Check): Check {
  return (value) => value === null || check(value);
}
