import type { Command } from 'commander';
import { portOf } from './arguments.js';
import type { ExitCode } from './exit-code.js';
import type { InspectOptions } from './inspect.js';
import type { Terminal } from './terminal.js';

/** The command that serves the live page: arguments only, as in `program.ts`. */
export function addInspectCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  program
    .command('inspect')
    .description('serve the live page, on the loopback only, until SIGINT or SIGTERM')
    .option('--port <n>', 'the port to listen on, 0 for any that is free', portOf, 7449)
    .option('--open', 'open it in a browser')
    .action(async (options: InspectOptions) => end(await (await import('./inspect.js')).inspect(options, terminal)));
}
