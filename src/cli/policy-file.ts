import { type EASProvisionDoc, validatePolicy } from '../protocol/policy.js';
import { UsageError } from './exit-code.js';
import { readInput } from './files.js';
import type { Terminal } from './terminal.js';

/** A file that can be read and holds no policy: wrong usage, unless a command is about the file itself. */
export class PolicyFileError extends UsageError {}

/**
 * The policy in a file, `-` for standard input: an `EASProvisionDoc` as JSON that may be handed out.
 *
 * @throws UsageError for a file that can not be read; PolicyFileError that names the file, and the element and the rule
 * that it breaks.
 */
export async function policyIn(path: string, terminal: Pick<Terminal, 'input'>): Promise<EASProvisionDoc> {
  const policy = await policyOrNoneIn(path, terminal);
  return policy ?? checked(path, null);
}

/** The same, or `null` for a file that says so: no policy at all. */
export async function policyOrNoneIn(path: string, terminal: Pick<Terminal, 'input'>): Promise<EASProvisionDoc | null> {
  const json = jsonIn(path, new TextDecoder().decode(await readInput(path, terminal)));
  return json === null ? null : checked(path, json);
}

/** What a file holds, where it is a policy that may be handed out. */
function checked(path: string, json: unknown): EASProvisionDoc {
  const policy = validatePolicy(json);
  if (policy.ok) return policy.value;
  const { code, message, path: element } = policy.error;
  throw new PolicyFileError(`${path}: ${element}: ${message} (${code})`);
}

function jsonIn(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PolicyFileError(`${path}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
