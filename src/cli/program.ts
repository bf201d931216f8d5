import { createRequire } from 'node:module';
import { Command, CommanderError, Option } from 'commander';
import {
  acknowledgmentsOf,
  deviceIdOf,
  deviceTypeOf,
  durationOf,
  gathered,
  portOf,
  versionOf,
  versionsOf,
} from './arguments.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import { addDevicesCommands } from './program-devices.js';
import { addExploreCommand } from './program-explore.js';
import { addInspectCommand } from './program-inspect.js';
import { addPolicyCommands } from './program-policy.js';
import { addProbeCommand } from './program-probe.js';
import { addReplayCommand } from './program-replay.js';
import { queryForms, retriesOf } from './provision-arguments.js';
import type { Terminal } from './terminal.js';

/** Runs `eas-provisioning` with these arguments to its exit code; never rejects. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.Done;
  const program = createProgram(terminal, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return exitCodeOf(error, terminal);
  }
}

/** Arguments only: each command is a module of its own, loaded when it is called. */
function createProgram(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const program = new Command('eas-provisioning')
    .description('Exchange ActiveSync provisioning: a client, a reference server and a decoder.')
    .version(String(createRequire(import.meta.url)('eas-provisioning/package.json').version))
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) })
    .showHelpAfterError('(see --help)')
    .addHelpText('after', exitCodeHelp);

  program
    .command('serve')
    .description('run the reference server until SIGINT or SIGTERM')
    .requiredOption('--user <NAME:PASSWORD>', 'an account; may be given several times', gathered)
    .option('--port <n>', 'the port to listen on, 0 for any that is free', portOf, 8080)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--policy <file.json>', 'the policy to hand out, an EASProvisionDoc as JSON, or null for none')
    .option('--versions <list>', 'the protocol versions to serve, with commas between', versionsOf)
    .option('--record <file.jsonl>', 'append every exchange to a transcript')
    .option('--refresh-interval <time>', 'devices have to provision again after it, such as 8h', durationOf)
    .option('--spread <time>', 'ask devices back over this time after a policy change, such as 15m', durationOf)
    .option('--lenient', 'let devices pass that send no policy key at all')
    .option('--accept <list>', 'accept partial, notApplied, externallyManaged; with commas between', acknowledgmentsOf)
    .option('--no-device-information', 'do not demand DeviceInformation from 14.1 on')
    .option('--explain', 'say the reason of a refusal in a header of the answer')
    .option('--admin-port <n>', 'serve the administration on this port of the loopback', portOf)
    .option('--admin-token <token>', 'its token; by default from the environment variable EAS_ADMIN_TOKEN')
    .option('--inspect-port <n>', 'show live sessions in a page on this port of the loopback', portOf)
    .option('--reveal', 'show policy keys, policies and bodies there as well')
    .action(async (options) => end(await (await import('./serve.js')).serve(options, terminal)));

  addDevicesCommands(program, terminal, end);

  program
    .command('provision')
    .description('provision a device against a server, and show each step')
    .argument('<URL>', 'the server, with or without /Microsoft-Server-ActiveSync')
    .requiredOption('--user <name>', 'the account')
    .option('--password <password>', 'its password; by default from the environment variable EAS_PASSWORD')
    .option('--protocol-version <version>', 'instead of the greatest that the server offers', versionOf)
    .option('--device-id <id>', 'by default derived from this host and the user, so that it stays the same', deviceIdOf)
    .option('--device-type <type>', 'what the device calls itself', deviceTypeOf, 'EASProvisioning')
    .option('--provision-first', 'begin with Provision instead of FolderSync')
    .option('--state <file>', 'keep the agreement in a file, so that the next run goes on with it')
    .addOption(new Option('--query <form>', 'the form of the query, kept for life in --state').choices(queryForms))
    .option('--retry <n>', 'tries after the first of each message, 0 to 100', retriesOf, 2)
    .option('--accept-wipe', 'confirm a wipe; nothing is wiped here, it is only said')
    .option('--json', 'print one JSON object instead of the steps')
    .option('--record <file.jsonl>', 'append every exchange to a transcript')
    .option('--inspect', 'show the session in a page, and go on serving it until SIGINT or SIGTERM')
    .option('--reveal', 'show policy keys, policies and bodies there as well')
    .action(async (url, options) => end(await (await import('./provision.js')).provision(url, options, terminal)));

  program
    .command('decode')
    .description('show WBXML as readable XML, or a query as its fields')
    .argument('[FILE]', 'what to read, - for standard input; with --hex or --query also the text itself', '-')
    .option('--hex', 'the input is hexadecimal digits; without this that is found out')
    .option('--query', 'the input is a query, plain or base64, or the URL it stands in')
    .option('--jsonl', 'the input is a transcript: every exchange with its bodies')
    .action(async (file, options) => end(await (await import('./decode.js')).decode(file, options, terminal)));

  addPolicyCommands(program, terminal, end);
  addExploreCommand(program, terminal, end);
  addInspectCommand(program, terminal, end);
  addProbeCommand(program, terminal, end);
  addReplayCommand(program, terminal, end);

  program
    .command('demo')
    .description('show client and server provision over a loopback socket, in eight steps')
    .option('--protocol-version <version>', 'the version to speak', versionOf, '14.1')
    .action(async (options) => end(await (await import('./demo.js')).demo(options, terminal)));

  return program;
}

function exitCodeOf(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.Done : exitCodes.Usage;
  if (error instanceof UsageError) {
    terminal.err(`error: ${error.message}\n`);
    return exitCodes.Usage;
  }
  terminal.err(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.Refused;
}

const exitCodeHelp = `
Exit codes:
  0  done
  1  refused by the peer, input that can not be decoded, a policy with errors, policies that differ
  2  wrong usage
  3  the server can not be reached, or the port can not be had`;
