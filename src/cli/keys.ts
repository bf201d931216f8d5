import type { ProvisioningState } from '../../machines/index.js';
import type { Look } from './look.js';
import { printable } from './text.js';

/** What a state says of the current key. */
export interface KeyedState {
  readonly name: ProvisioningState['name'];
  readonly context: Pick<ProvisioningState['context'], 'policyKey'>;
}

/** The current key with what it is good for: `0`, `29 temporary`, `31 permanent`. */
export function keyText({ name, context: { policyKey } }: KeyedState): string {
  const kind = policyKey === '0' ? undefined : kinds[name];
  return printable(kind ? `${policyKey} ${kind}` : policyKey);
}

/** What an answer made of the current key; the key alone when it made nothing of it. */
export function keyChange(before: KeyedState, after: KeyedState, { glyphs, colors }: Look): string {
  if (before.context.policyKey === after.context.policyKey) return keyText(after);
  return `${printable(before.context.policyKey)} ${glyphs.becomes} ${colors.bold(keyText(after))}`;
}

/** The states that have a key other than 0, and which it is (MS-ASPROV 3.1.5.1.1). */
const kinds: Readonly<Record<string, string>> = { Acknowledging: 'temporary', Provisioned: 'permanent' };
