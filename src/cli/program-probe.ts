import type { Command } from 'commander';
import { versionOf } from './arguments.js';
import type { ExitCode } from './exit-code.js';
import type { ProbeCommandOptions } from './probe.js';
import type { Terminal } from './terminal.js';

/** The command that attacks a server: arguments only, as in `program.ts`. */
export function addProbeCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  program
    .command('probe')
    .description('attack a server of your own, and tell which promises of provisioning it keeps')
    .argument('<URL>', 'the server, with or without /Microsoft-Server-ActiveSync')
    .requiredOption('--user <name>', 'the account, which should be one made for this')
    .option('--password <password>', 'its password; by default from the environment variable EAS_PASSWORD')
    .option('--second-user <NAME:PASSWORD>', 'another account, for attacks that one user makes on another')
    .option('--protocol-version <version>', 'only this one, instead of several that the server offers', versionOf)
    .option('--admin <URL>', 'the administration of the server, to change its policy and to order wipes')
    .option('--admin-token <token>', 'its token; by default from the environment variable EAS_ADMIN_TOKEN')
    .option('--allow-wipe-confirmation', 'devices made up for this may say that they were wiped')
    .option('--yes', 'do not ask before touching a host that is not the loopback')
    .option('--verbose', 'show every exchange with its bodies, not only those that break a promise')
    .option('--json', 'print one JSON object')
    .action(async (url: string, options: ProbeCommandOptions) =>
      end(await (await import('./probe.js')).probeServer(url, options, terminal)),
    );
}
