/** What stands before the commands: I10 to I13. */
import { type CommandName, commandNames, commands, isCommandOf } from '../protocol/command.js';
import { type Answer, sketch } from './answer.js';
import type { Attacks } from './attack.js';
import type { Bench } from './bench.js';
import type { ProbeDevice } from './device.js';
import { Untried } from './ports.js';
import { broken, type Finding, holds } from './report.js';

export const gateAttacks = {
  'I10.wrong-password': {
    attack: 'FolderSync and Provision of a stranger, with a wrong password and with none.',
    once: true,
    async attempt(bench) {
      const device = bench.device();
      for (const as of ['wrong password', 'no password'] as const) {
        for (const answer of [await device.folderSync('0', { as }), await device.initial({ as })]) {
          if (answer.standing !== 'Refused') return broken(`${as}: ${sketch(answer)}`);
        }
      }
      return holds;
    },
  },
  'I10.known-device': {
    attack: 'FolderSync of a provisioned device and of a stranger, with a wrong password: the answers are compared.',
    once: true,
    async attempt(bench) {
      const [known, stranger] = [bench.device(), bench.device()];
      const { permanent } = await known.agree();
      const as = 'wrong password';
      const told = [await known.folderSync(permanent, { as }), await stranger.folderSync(permanent, { as })];
      const [one, other] = told.map((answer) => `${sketch(answer)} ${answer.noted ?? ''}`.trim());
      return one === other ? holds : broken(`${one} for a known device, ${other} for a stranger`);
    },
  },
  'I11.no-key': {
    attack: 'FolderSync without X-MS-PolicyKey, of a stranger and of a provisioned device.',
    attempt: (bench) => openedBy(bench, () => [null]),
  },
  'I11.zero-or-empty': {
    attack: 'FolderSync under key 0, 00 and an empty one, of a stranger and of a provisioned device.',
    attempt: (bench) => openedBy(bench, () => ['0', '00', '']),
  },
  'I11.garbage': {
    attack:
      'FolderSync under what is no key: words, the key in force with something behind it, negative, in hexadecimal, 2^32 above.',
    attempt: (bench) =>
      openedBy(bench, (key) => [
        ...['abc', '-1', 'true', 'null', 'undefined', '*', '1e9'],
        ...[`${key}.0`, `${key}x`, `${key} ${key}`, `${key},${key}`, `+${key}`, `-${key}`],
        ...[`0x${Number(key).toString(16)}`, String(Number(key) + 2 ** 32), String(Number(key) - 2 ** 32)],
      ]),
  },
  'I12.every-command': {
    attack: 'Every command of the version but Ping and Provision, empty, of a stranger.',
    async attempt(bench) {
      const device = await stranger(bench);
      const passed: CommandName[] = [];
      for (const command of commandNames) {
        if (!commands[command].gated || !isCommandOf(bench.version, command)) continue;
        const { standing } = await device.send(command, { key: '0' });
        if (standing === 'Passed') passed.push(command);
      }
      return passed.length > 0 ? broken(`${passed.join(', ')} reached the handler`) : holds;
    },
  },
  'I13.user-agent': {
    attack: 'FolderSync of a stranger whose User-Agent holds the names of products.',
    async attempt(bench) {
      const device = await stranger(bench);
      return openedAs(PRODUCTS, (product) => device.folderSync('0', { headers: { 'User-Agent': product } }));
    },
  },
  'I13.device-type': {
    attack: 'FolderSync of strangers whose device type holds the name of a product.',
    async attempt(bench) {
      await stranger(bench);
      return openedAs(TYPES, (type) => bench.device({ type }).folderSync('0'));
    },
  },
} as const satisfies Attacks;

/** A device of which the server demands to provision, as it should. */
async function stranger(bench: Bench): Promise<ProbeDevice> {
  const device = bench.device();
  const answer = await device.folderSync('0');
  if (answer.standing !== 'Demanded') throw new Untried(`nothing is demanded of a stranger: ${sketch(answer)}`);
  return device;
}

/** Broken where one of the keys opens FolderSync, before or after the device provisioned. */
async function openedBy(bench: Bench, keys: (permanent: string) => readonly (string | null)[]): Promise<Finding> {
  const device = bench.device();
  const before = keys(INVENTED);
  const opened = await firstThatOpens(device, before);
  if (opened !== undefined) return broken(`a stranger passes ${worded(opened)}`);
  const { permanent } = await device.agree();
  const after = await firstThatOpens(device, keys(permanent));
  return after === undefined ? holds : broken(`a provisioned device passes ${worded(after)}`);
}

async function firstThatOpens(device: ProbeDevice, keys: readonly (string | null)[]) {
  for (const key of keys) if (await device.opens(key)) return key;
  return undefined;
}

async function openedAs(names: readonly string[], ask: (name: string) => Promise<Answer>): Promise<Finding> {
  for (const name of names) if ((await ask(name)).standing === 'Passed') return broken(`${name} passes`);
  return holds;
}

function worded(key: string | null): string {
  return key === null ? 'without a key' : `under key ${JSON.stringify(key)}`;
}

const INVENTED = '1234567890';
const PRODUCTS = [
  'Outlook/16.0 (16.0.17126.20132; C2R; x64)',
  'Outlook-iOS-Android/1.0',
  'Microsoft.Outlook.15',
  'Apple-iPhone15C2/2102.55',
  'Android-Mail/2024.01.14',
  'TouchDown(MSRPC)/8.4.00083/',
  'Mozilla/5.0 (iPhone) Thunderbird/128',
  'Z-Push Monitor BlackBerry',
];
const TYPES = ['WindowsOutlook15', 'iPhone', 'Android', 'SmartPhone', 'Outlook', 'BlackBerry', 'TestActiveSync'];
