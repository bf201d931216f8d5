import type { Command } from 'commander';
import { versionOf } from './arguments.js';
import type { ExitCode } from './exit-code.js';
import type { JsonOption, LintFileOptions, ShowOptions } from './policy.js';
import type { Terminal } from './terminal.js';

/** The commands about policy files: arguments only, as in `program.ts`. */
export function addPolicyCommands(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const policy = program.command('policy').description('look at policies: files with an EASProvisionDoc as JSON');
  const add = (name: string, description: string) =>
    policy.command(name).description(description).option('--json', 'print one JSON object');

  add('lint', 'what is questionable about a policy')
    .argument('<FILE>', 'the policy, - for standard input')
    .option(
      '--protocol-version <version>',
      'a version that devices speak; may be given several times, by default all',
      (text: string, earlier: readonly string[] = []) => [...earlier, versionOf(text)],
    )
    .action(async (file: string, options: LintFileOptions) =>
      end(await (await import('./policy.js')).lintPolicyFile(file, options, terminal)),
    );
  add('diff', 'what differs between two policies, and whether it is stricter or looser')
    .argument('<A>', 'the policy before')
    .argument('<B>', 'the policy after')
    .action(async (before: string, after: string, options: JsonOption) =>
      end(await (await import('./policy.js')).diffPolicyFiles(before, after, options, terminal)),
    );
  add('show', 'what a version carries of a policy, and what is lost')
    .argument('<FILE>', 'the policy, - for standard input')
    .requiredOption('--protocol-version <version>', 'the version that a device speaks', versionOf)
    .action(async (file: string, options: ShowOptions) =>
      end(await (await import('./policy.js')).showPolicyFile(file, options, terminal)),
    );
}
