/** What an answer to a command is to the client: pure. */
import { type CommandName, commands, isCommandName } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import { NO_POLICY_KEY, type PolicyKey } from '../protocol/policy-key.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import { type CommandFact, interpretCommand } from './interpret-command.js';

export interface Reading {
  /** What it tells the machine. */
  readonly fact: CommandFact | null;
  readonly isDemand: boolean;
  /** A 403 that may hide a directive: up to 12.1 to a request that carries no key (MS-ASCMD 2.2.2, 140). */
  readonly mayHideWipe: boolean;
}

/** What a command that no answer came to tells. */
export const nothingRead: Reading = { fact: null, isDemand: false, mayHideWipe: false };

/** Whether a command waits for the agreement (MS-ASPROV 3.1.5.1). */
export function isGated(name: CommandName): boolean {
  return isCommandName(name) && commands[name].gated;
}

/** @param version it was asked in; `null` where that is not known. */
export function readAnswer(
  { name, policyKey, version }: { name: CommandName; policyKey: PolicyKey; version: ProtocolVersion | null },
  answer: { readonly status: number; readonly body: Uint8Array; readonly document: Element | null },
): Reading {
  const fact = name === 'Provision' ? null : interpretCommand(answer, answer.document, policyKey);
  const isDemand = fact?.type === 'ReprovisionRequired';
  const isOldRefusal = answer.status === 403 && version !== null && protocolVersions[version].signal === 'http';
  return {
    fact: isDemand || isGated(name) ? fact : null,
    isDemand,
    mayHideWipe: isGated(name) && policyKey === NO_POLICY_KEY && isOldRefusal,
  };
}
