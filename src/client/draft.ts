import type { CommandDraft, DraftFields } from '../http/index.js';
import type { QueryParameterName } from '../protocol/command.js';
import { normalizePolicyKey } from '../protocol/policy-key.js';
import type { Settings } from './settings.js';

/** The two ways to write a query (MS-ASHTTP 2.2.1.1.1). */
export type QueryForm = CommandDraft['form'];

/** The parameters of a query, whichever form it has. */
export type Parameters = { readonly [Name in QueryParameterName]?: string };

/** A draft in a query form, with the user and device of this client. The base64 form carries keys as numbers. */
export function draftIn(
  form: QueryForm,
  { user, device }: Pick<Settings, 'user' | 'device'>,
  fields: Omit<DraftFields, 'user' | 'deviceId' | 'deviceType'>,
  parameters: Parameters = {},
): CommandDraft {
  const { policyKey } = fields;
  const draft = { ...fields, user, deviceId: device.id, deviceType: device.type, parameters };
  if (form === 'plain') return { form, ...draft };
  return { form, ...draft, policyKey: policyKey === null ? null : normalizePolicyKey(policyKey) };
}
