import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { deviceIdOf, deviceTypeOf, gathered, portOf, versionOf, versionsOf } from './arguments.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
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
    .option('--policy <file.json>', 'the policy to hand out, an EASProvisionDoc as JSON')
    .option('--versions <list>', 'the protocol versions to serve, with commas between', versionsOf)
    .option('--record <file.jsonl>', 'append every exchange to a transcript')
    .action(async (options) => end(await (await import('./serve.js')).serve(options, terminal)));

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
    .option('--accept-wipe', 'confirm a wipe; nothing is wiped here, it is only said')
    .option('--json', 'print one JSON object instead of the steps')
    .option('--record <file.jsonl>', 'append every exchange to a transcript')
    .action(async (url, options) => end(await (await import('./provision.js')).provision(url, options, terminal)));

  program
    .command('decode')
    .description('show WBXML as readable XML, or a query as its fields')
    .argument('[FILE]', 'what to read, - for standard input; with --hex or --query also the text itself', '-')
    .option('--hex', 'the input is hexadecimal digits; without this that is found out')
    .option('--query', 'the input is a query, plain or base64, or the URL it stands in')
    .option('--jsonl', 'the input is a transcript: every exchange with its bodies')
    .action(async (file, options) => end(await (await import('./decode.js')).decode(file, options, terminal)));

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
  1  refused by the peer, or input that can not be decoded
  2  wrong usage
  3  the server can not be reached, or the port can not be had`;
