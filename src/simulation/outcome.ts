import type { CommandOutcome } from '../client/index.js';
import { commandStatus } from '../client/interpret-command.js';

/** What a command came to, in words. */
export function outcomeText(outcome: CommandOutcome): string {
  switch (outcome.kind) {
    case 'Answered': {
      const { document, status, repeated } = outcome;
      const code = commandStatus(document);
      const answer = code === null ? `HTTP ${status}` : `Status ${code}`;
      return `FolderSync is answered with ${answer}${repeated ? ', after provisioning' : ''}`;
    }
    case 'Wiped':
      return outcome.scope === 'device' ? 'FolderSync ends with a wipe' : 'FolderSync ends with a wipe of the account';
    default: {
      const { code, name, meaning } = outcome.explanation;
      return `FolderSync comes to nothing: ${code === name ? '' : `${code}, `}${name}. ${meaning}`;
    }
  }
}
