import type { CommandDraft, DraftFields } from '../http/index.js';
import type { QueryParameterName } from '../protocol/command.js';
import { normalizePolicyKey } from '../protocol/policy-key.js';
import type { Settings } from './options.js';

/** The parameters of a query, whichever form it has. */
export type Parameters = { readonly [Name in QueryParameterName]?: string };

/** A draft in the query form of this client, with its user and device. The base64 form carries keys as numbers. */
export function draftIn(
  { queryForm, user, device }: Settings,
  fields: Omit<DraftFields, 'user' | 'deviceId' | 'deviceType'>,
  parameters: Parameters = {},
): CommandDraft {
  const { policyKey } = fields;
  const draft = { ...fields, user, deviceId: device.id, deviceType: device.type, parameters };
  if (queryForm === 'plain') return { form: queryForm, ...draft };
  return { form: queryForm, ...draft, policyKey: policyKey === null ? null : normalizePolicyKey(policyKey) };
}
