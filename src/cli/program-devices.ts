import { type Command, Option } from 'commander';
import { stateNames } from '../../machines/provisioning.step.js';
import { demandReasons, wipeScopes } from '../admin/demands.js';
import { deviceIdOf } from './arguments.js';
import type { DevicesOptions, ListOptions, Order, OrderOptions } from './devices.js';
import type { ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

/** The commands that speak to an administration: arguments only, as in `program.ts`. */
export function addDevicesCommands(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const devices = program
    .command('devices')
    .description('show and order devices through the administration of a server');
  const add = (name: string, description: string) =>
    devices
      .command(name)
      .description(description)
      .requiredOption('--admin <URL>', 'the administration, as `serve --admin-port` prints it')
      .option('--admin-token <token>', 'its token; by default from the environment variable EAS_ADMIN_TOKEN')
      .option('--json', 'print what it answers');
  const addOrder = (order: Order, description: string) =>
    add(order, description)
      .argument('<USER>', 'whose device it is')
      .argument('<DEVICE>', 'its device id', deviceIdOf)
      .action(async (user: string, deviceId: string, options: OrderOptions) =>
        end(await (await import('./devices.js')).orderDevice(order, { user, deviceId }, options, terminal)),
      );

  add('list', 'every device that is stored')
    .option('--user <name>', 'only those of one user')
    .addOption(new Option('--state <state>', 'only those in one state').choices(stateNames))
    .action(async (options: ListOptions) => end(await (await import('./devices.js')).listDevices(options, terminal)));
  addOrder('show', 'all that is known of a device');
  addOrder('reprovision', 'make a device provision again').addOption(
    new Option('--reason <reason>', 'what it is told').choices(demandReasons).default('PolicyRefresh'),
  );
  addOrder('wipe', 'order a wipe, of everything on the device or of the account on it')
    .addOption(new Option('--scope <scope>', 'what is wiped').choices(wipeScopes).makeOptionMandatory())
    .option('--yes', 'do not ask, even on a terminal');
  addOrder('cancel-wipe', 'take back a wipe that is not carried out yet');
  addOrder('readmit', 'let a device back in that was wiped');
  addOrder('remove', 'forget a device with all that stands ordered');
  add('policy', 'show the policy that is handed out, or replace it')
    .argument('[FILE]', 'an EASProvisionDoc as JSON, or null for no policy; - for standard input')
    .action(async (file: string | undefined, options: DevicesOptions) =>
      end(await (await import('./devices.js')).devicesPolicy(file, options, terminal)),
    );
}
