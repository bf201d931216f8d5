/** `docs/probe.md`: what `probe` tries, and how its report is read. */
import type { Attack } from '../../../src/probe/attack.js';
import { attackRows, promiseOf } from '../../../src/probe/attacks.js';
import { absences } from '../../../src/probe/trial.js';
import { brokenServers } from '../broken/servers.js';
import { invariants } from '../invariants.js';
import { code, page, table } from './markdown.js';

export function probePage(): string {
  return page(
    'Probing a server',
    INTRODUCTION,
    ETHICS,
    '## What is tried',
    TRIED,
    ...promises().flatMap((promise) => [`### ${promise}`, `${promiseText(promise)}`, attackTable(promise)]),
    REPORT,
    '## Servers that break one promise',
    BROKEN,
    table(
      ['found by', 'what the server does'],
      brokenServers.map(({ finder, breaks }) => [code(finder), breaks]),
    ),
    LIMITS,
  );
}

const INTRODUCTION = `\`eas-provisioning probe URL --user … --password …\` is a client that does not behave: it tries to get past the policy
of a server, any server that speaks ActiveSync over HTTP, and says which of our [promises](invariants.md) the server keeps.
What it sends is composed with the codecs of this library and not with its client, which would not send it. The options are in
[cli.md](cli.md#probe).

\`\`\`sh
export EAS_PASSWORD=secret EAS_ADMIN_TOKEN=$(openssl rand -hex 32)
npx eas-provisioning serve --user lab:secret --user mallory:secret2 --admin-port 8081 &
npx eas-provisioning probe http://127.0.0.1:8080 --user lab --second-user mallory:secret2 --admin http://127.0.0.1:8081 --allow-wipe-confirmation
\`\`\``;

const ETHICS = `## For your own servers only

- **Probe what is yours**, or what its owner asked you to probe. Before anything is sent to a host that is not the loopback it
  asks on the terminal; without a terminal it needs \`--yes\`.
- **Take an account made for this.** Around ten requests carry a wrong password or none, which can lock an account, and
  an account that owns real devices is not one to try wipes in.
- **No wipe is confirmed** unless \`--allow-wipe-confirmation\` is given: without it no device says that it was wiped. With it,
  only devices that the probe made up say so. That a wipe failed (Status 2) may be said in any case.
- **Commands are sent empty**: where one gets past the gate there is nothing in it to be carried out.
- **Devices are made up anew** for every run: their ids begin with \`PROBE\` and twelve digits by chance, which are printed first,
  so that they can be found. Through the administration they are forgotten afterwards, and the policy is put back; what could
  not be put back is said at the end. Without an administration the devices stay with the server. A probe that is
  interrupted puts nothing back.`;

const TRIED = `Each attack is tried in 2.5, 12.1, 14.1 and 16.1, and the greatest version besides, as far as the server offers them
(*once*: only in the greatest), each time with devices of its own. *Needs*: ${Object.entries(absences)
  .map(([need, why]) => `\`${need}\` (${/\((--[a-z-]+)\)/.exec(why)?.[1]})`)
  .join(', ')}.`;

const REPORT = `## Reading the report

| verdict | means |
|---|---|
| holds | it was tried, and came to nothing |
| broken | it got through: in the version named, for the reason given. The exchanges that show it stand below |
| not tried | something was missing (\`--admin\`, \`--second-user\`, \`--allow-wipe-confirmation\`), or the server did not come so far that it could be tried: the reason says which |

A promise is broken where an attack on it gets through in one version. \`--verbose\` shows the exchanges of everything, with request
lines and decoded bodies; \`--json\` prints one object with all of it:

| member | meaning |
|---|---|
| \`endpoint\`, \`startedAt\`, \`duration\` | what was probed, when (milliseconds since 1970), how long (milliseconds) |
| \`offered\`, \`versions\` | what OPTIONS lists, and the versions that were tried |
| \`devicePrefix\`, \`devices\` | what every device id begins with, and how many there are: 0001 to this |
| \`results\` | one for each attack: \`id\`, \`promise\`, \`attack\`, \`verdict\` (\`Holds\`, \`Broken\`, \`NotTried\`), \`reason\`, and as \`evidence\` the trials |
| \`evidence\` | one for each version: \`protocolVersion\`, \`verdict\`, \`reason\`, \`exchanges\` |
| \`exchanges\` | \`command\`, \`request\` line, \`as\` whom, \`protocolVersion\`, \`policyKey\` as sent, other \`headers\`, \`httpStatus\` (null: no answer), \`status\` of the body; with \`--verbose\` both bodies, \`sent\` and \`received\` |
| \`leftBehind\` | what could not be put back |

It holds policy keys, never a password. A command *passed* where it was answered with HTTP 2xx and no Status above 100; any other
answer, a failure of the server included, opened nothing.

Some settings of a server look like a broken promise, because from outside they are the same: devices that send no key let in
(\`I11.no-key\`), partial acknowledgments accepted (\`I3.not-applied\`), a policy change that is spread over time
(\`I4.change\`). The report says what was seen; whether it was meant is for whoever runs the server to say.`;

const BROKEN = `In \`test/support/broken\` our server is broken in the ways that servers in the field are, one promise each. The tests run
\`probe\` against every one of them: it has to find that promise broken, by the attack named here among others, and no
other one.`;

const LIMITS = `## What it does not tell

It sees what a client sees. I6 to I8, I15 to I18 are not tried: they are about the client, or about a store and a policy
source that fail. Whether keys come from a cryptographic generator cannot be seen; that they count upwards, or are short, can.
That an attack came to nothing is no proof: [invariants.md](invariants.md) says what proves them here.`;

function promises(): readonly string[] {
  return [...new Set(attackRows.map(([id]) => promiseOf(id)))];
}

function promiseText(promise: string): string {
  return Object.entries(invariants).find(([id]) => id === promise)?.[1].promise ?? '';
}

function attackTable(promise: string): string {
  const rows = attackRows.filter(([id]) => promiseOf(id) === promise);
  return table(
    ['attack', 'what is tried', 'needs, where'],
    rows.map(([id, row]) => [code(id), row.attack, conditions(row)]),
  );
}

function conditions({ needs = [], since, once }: Attack): string {
  return [...needs.map(code), ...(since ? [`from ${since} on`] : []), ...(once ? ['once'] : [])].join(', ');
}
