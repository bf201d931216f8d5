import { validatePolicyTypes } from '../protocol/policy.js';
import { type AdministrationAccess, type AdministrationRequest, askAdministration } from './administration-client.js';
import { deviceLines, deviceTable } from './devices-view.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import { lookOf } from './look.js';
import { policyOrNoneIn } from './policy-file.js';
import { policyTable } from './policy-table.js';
import type { Terminal } from './terminal.js';
import { jsonText, printable } from './text.js';

export interface DevicesOptions extends AdministrationAccess {
  readonly json?: true;
}

export interface ListOptions extends DevicesOptions {
  readonly user?: string;
  readonly state?: string;
}

export interface OrderOptions extends DevicesOptions {
  readonly reason?: string;
  readonly scope?: string;
  readonly yes?: true;
}

/** What can be ordered of one device: the request, and what is said once it is done. */
const orders = {
  show: { method: 'GET', path: '', done: null },
  reprovision: { method: 'POST', path: '/reprovision', done: 'The device has to provision again.' },
  wipe: { method: 'POST', path: '/wipe', done: 'A wipe is ordered.' },
  'cancel-wipe': { method: 'POST', path: '/cancel-wipe', done: 'The wipe is taken back.' },
  readmit: { method: 'POST', path: '/readmit', done: 'The device may come back.' },
  remove: { method: 'DELETE', path: '', done: 'The device is forgotten.' },
} as const satisfies Record<string, Omit<AdministrationRequest, 'body'> & { readonly done: string | null }>;

export type Order = keyof typeof orders;

/** Every device that is stored, one line each. */
export async function listDevices(options: ListOptions, terminal: Terminal): Promise<ExitCode> {
  const { user, state, json } = options;
  const query = new URLSearchParams({ ...(user !== undefined && { user }), ...(state !== undefined && { state }) });
  const answer = await askAdministration({ method: 'GET', path: `devices?${query}` }, options, terminal);
  if (!answer.ok) return answer.code;
  terminal.out(json ? jsonText(answer.value) : `${deviceTable(answer.value, lookOf(terminal)).join('\n')}\n`);
  return exitCodes.Done;
}

/** One device: shown, or ordered something and shown as it is then. */
export async function orderDevice(
  order: Order,
  { user, deviceId }: { readonly user: string; readonly deviceId: string },
  options: OrderOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { reason, scope, json } = options;
  // These two would be resolved before they are sent, and another path be asked for.
  if (user === '' || user === '.' || user === '..') throw new UsageError('USER: expected a name');
  if (order === 'wipe' && !(await isConfirmed(`${printable(deviceId)} of ${printable(user)}`, options, terminal))) {
    terminal.err('nothing is ordered\n');
    return exitCodes.Refused;
  }
  const { method, path, done } = orders[order];
  const body = reason ?? scope;
  const answer = await askAdministration(
    {
      method,
      path: `devices/${encodeURIComponent(user)}/${deviceId}${path}`,
      ...(body !== undefined && { body: reason === undefined ? { scope } : { reason } }),
    },
    options,
    terminal,
  );
  if (!answer.ok) return answer.code;
  const look = lookOf(terminal);
  const said = done === null ? [] : [`${look.colors.green(look.glyphs.done)} ${look.colors.bold(done)}`];
  const shown = order === 'remove' ? [] : deviceLines(answer.value, look);
  terminal.out(json ? jsonText(answer.value) : `${[...said, ...shown].join('\n')}\n`);
  return exitCodes.Done;
}

/** Everything on a device is more than anyone should lose by a slip of the hand. */
async function isConfirmed(
  device: string,
  { scope, yes }: Pick<OrderOptions, 'scope' | 'yes'>,
  terminal: Terminal,
): Promise<boolean> {
  if (scope !== 'device' || yes || !terminal.isInteractive) return true;
  const answer = await terminal.ask(`Wipe everything on ${device}? Type yes to go on: `);
  return answer.trim().toLowerCase() === 'yes';
}

/** The policy that is handed out: shown, or replaced by that of a file. */
export async function devicesPolicy(
  file: string | undefined,
  options: DevicesOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const body = file === undefined ? undefined : await policyOrNoneIn(file, terminal);
  const method = file === undefined ? 'GET' : 'PUT';
  const answer = await askAdministration(
    { method, path: 'policy', ...(body !== undefined && { body }) },
    options,
    terminal,
  );
  if (!answer.ok) return answer.code;
  const look = lookOf(terminal);
  const said = `${look.colors.green(look.glyphs.done)} ${look.colors.bold('The policy is replaced.')}`;
  const lines = [...(file === undefined ? [] : [said]), ...(await policyLines(answer.value, look))];
  terminal.out(options.json ? jsonText(answer.value) : `${lines.join('\n')}\n`);
  return exitCodes.Done;
}

async function policyLines(value: unknown, look: ReturnType<typeof lookOf>): Promise<readonly string[]> {
  if (value === null) return ['no policy: nothing is asked of any device'];
  const policy = validatePolicyTypes(value);
  return policy.ok ? policyTable(policy.value, look) : ['a policy that can not be read'];
}
