import type { Command } from 'commander';
import type { ExitCode } from './exit-code.js';
import type { ReplayOptions } from './replay.js';
import type { Terminal } from './terminal.js';

/** The command that shows what was recorded or reported: arguments only, as in `program.ts`. */
export function addReplayCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  program
    .command('replay')
    .description('show a recording, a counterexample, a list of facts or a permalink as a timeline of both sides')
    .argument('<FILE>', 'what to read, - for standard input; or a permalink itself')
    .option('--inspect', 'show it in the page, on the loopback only, until SIGINT or SIGTERM')
    .option('--json', 'print the entries, one JSON object a line')
    .option('--session <name>', 'only one of the sessions in it')
    .action(async (file: string, options: ReplayOptions) =>
      end(await (await import('./replay.js')).replayFile(file, options, terminal)),
    );
}
