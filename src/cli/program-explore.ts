import { type Command, InvalidArgumentError } from 'commander';
import { versionOf } from './arguments.js';
import type { ExitCode } from './exit-code.js';
import type { ExploreOptions } from './explore.js';
import type { Terminal } from './terminal.js';

/** The command that explores both sides together: arguments only, as in `program.ts`. */
export function addExploreCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  program
    .command('explore')
    .description('try everything that can happen between client and server, within bounds, and tell what holds')
    .option('--json', 'print one JSON object')
    .option('--deep', 'go as far as memory allows; SIGINT ends it with what was found')
    .option('--memory <MiB>', 'the memory of the process to stop at', countOf, 2048)
    .option('--chapters <file.md>', 'write what does not hold as chapters to be replayed')
    .option('--protocol-version <version>', 'the version that both sides speak', versionOf)
    .option('--revisions <n>', 'policies beside none, 1 to 3', countOf)
    .option('--faults <n>', 'losses, repetitions, delays and crashes in one run, 0 to 7', countOf)
    .option('--changes <n>', 'changes of policy, orders and deadlines in one run, 0 to 7', countOf)
    .option('--in-flight <n>', 'messages on the way in each direction, 2 to 4', countOf)
    .option('--commands <n>', 'commands that the device runs at once, 1 or 2', countOf)
    .option('--servers <n>', 'instances of the server on one store, 1 or 2', countOf)
    .action(async (options: ExploreOptions) => end(await (await import('./explore.js')).explore(options, terminal)));
}

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Expected a natural number.');
  return Number(text);
}
