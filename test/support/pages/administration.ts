/** `docs/administration.md`: what can be asked of the administration, and how it refuses. */
import { deviceReport } from '../../../src/admin/device-report.js';
import { type AdministrationProblemRow, administrationProblems } from '../../../src/admin/problems.js';
import { type Route, routes } from '../../../src/admin/routes.js';
import { settledDevice } from '../../admin/support/views.js';
import { code, page, table } from './markdown.js';

export function administrationPage(): string {
  return page(
    'Administration',
    INTRODUCTION,
    MOUNTING,
    '## Routes',
    ROUTES,
    routeTable(),
    '## A device',
    DEVICE,
    example(),
    WIPE,
    '## Refusals',
    REFUSALS,
    problemTable(),
    BY_HAND,
    SECURITY,
  );
}

const INTRODUCTION = `The devices and the policy of a server, over HTTP and in JSON, for whoever has the token: which devices there are and
how far they got, making one provision again, ordering a wipe and taking it back, replacing the policy while the server
runs. \`createAdministration\` of \`eas-provisioning/admin\` is a handler without sockets, as the server is, and is mounted
the same way. [The command line](cli.md#devices) speaks it.`;

const MOUNTING = `## Mounting

\`\`\`ts
import { createServer } from 'node:http';
import { createProvisioningServer, toNodeListener, type EASProvisionDoc } from 'eas-provisioning';
import { createAdministration } from 'eas-provisioning/admin';

const served: { policy: EASProvisionDoc | null } = { policy: { DevicePasswordEnabled: true } };
const server = createProvisioningServer({
  authenticate: () => null,
  policyFor: () => served.policy,
  commands: () => ({ status: 501 }),
  sightings: 10_000, // so many devices are remembered with when they were last seen, and what changed
});
const administration = createAdministration({
  devices: server.devices,
  policy: {
    read: () => served.policy,
    write(policy) {
      served.policy = policy; // takes effect with the next request of a device
    },
  },
  token: process.env.ADMIN_TOKEN ?? '',
  loopbackOnly: true,
});
createServer(toNodeListener(server)).listen(8080);
createServer(toNodeListener(administration)).listen(8081, '127.0.0.1');
\`\`\`

| option | meaning | default |
|---|---|---|
| \`devices\` | the devices, as \`createProvisioningServer(…).devices\` gives them | required |
| \`policy\` | \`read()\` and \`write(policy)\` of what \`policyFor\` hands out | required |
| \`token\` | what every request has to carry: 1 to 512 visible ASCII characters | required |
| \`clock\` | milliseconds since 1970 | the platform's |
| \`loopbackOnly\` | requests for another host than the loopback's own names are refused with 421 | \`false\` |`;

const ROUTES = `Every request carries \`Authorization: Bearer TOKEN\`. User and device id are escaped as URLs are (\`a/b\` is \`a%2Fb\`); \`.\`, \`..\`
and empty segments name nothing. A body is JSON, announced as \`application/json\`, and strictly read: what does not belong
there is refused. An order answers with the device as it is then, and repeating it does no harm. Nothing is ordered of a device
that is not stored.`;

const DEVICE = `Times are ISO 8601, \`keyAge\` is in seconds, and a policy key is shown by its end only. \`policyRevision\` is that of the policy
that was agreed on. \`reason\` says why the device has to provision, \`failure\` why its last exchange came to nothing.
\`lastSeen\`, \`deviceType\`, \`protocolVersion\` and \`history\` are what this process saw, and \`null\` or empty before that;
an order has no command and no HTTP status. The list has all but \`history\`. A device whose record cannot be read is only
named there: every request of its own is answered with 503, and so is any about it but \`DELETE\`, which forgets it unread.`;

const WIPE = `\`wiped\` is the scope of a wipe that was completed, since when the device stays out; \`wipe\` is the order, with \`scope\`, the
times \`orderedAt\`, \`announcedAt\`, \`directedAt\`, \`failedAt\`, \`refusedAt\`, \`completedAt\`, and \`progress\`:

| progress | means |
|---|---|
| \`Ordered\` | the device was not heard of since |
| \`Announced\` | a command was refused with 140, and the device has to ask what is wanted |
| \`Directed\` | it asked, and was told; nothing is known of how it went |
| \`Failed\` | it says that it failed; the order stands |
| \`Completed\` | it says that it is done; the device stays out until it is readmitted |
| \`Undeliverable\` | it did not ask in time, or speaks a version that has no such directive; the order stands, and the device stays out |`;

const REFUSALS = `A refusal is \`{"error": {"code", "message"}}\`. A policy that may not be handed out is 422 with a code of the
[policies](errors.md) and a \`path\` that names the element; the message is the rule. An order that the server refuses is 409
with its [reason](statuses.md#reasons-of-our-server). With 503 comes \`Retry-After\`: nothing was stored, or what was could
not be read again; repeat the order.`;

const BY_HAND = `## By hand

\`\`\`sh
export EAS_ADMIN_TOKEN=$(openssl rand -hex 32)
npx eas-provisioning serve --user lab:secret --admin-port 8081 &

admin() { curl -sS -H @<(printf 'Authorization: Bearer %s' "$EAS_ADMIN_TOKEN") "$@"; } # bash; in no list of processes
admin 'http://127.0.0.1:8081/devices?state=Provisioned'
admin http://127.0.0.1:8081/devices/lab/phone1
admin --json '{"reason": "PolicyRefresh"}' http://127.0.0.1:8081/devices/lab/phone1/reprovision
admin --json '{"scope": "account"}' http://127.0.0.1:8081/devices/lab/phone1/wipe
admin -X POST http://127.0.0.1:8081/devices/lab/phone1/cancel-wipe
admin -X DELETE http://127.0.0.1:8081/devices/lab/phone1
admin http://127.0.0.1:8081/policy > policy.json
admin -X PUT --json @policy.json http://127.0.0.1:8081/policy
\`\`\``;

const SECURITY = `## Security

- **Whoever has the token can wipe every device.** There is one, without roles. Make it by chance and long, as above: wrong
  ones are not counted. It is compared in the same time however much of it is right, and is in no answer.
- **A port of its own**, on the loopback, and never that of the server. It speaks HTTP without TLS; to reach it from
  elsewhere use a tunnel, or a reverse proxy with TLS that lets in only those who may. On the command line give the token in
  the environment: arguments can be read in the list of processes.
- **Web pages stay out.** No answer allows another origin, a browser sends no bearer token by itself, and a body has to be
  announced as JSON. With \`loopbackOnly\` a page cannot come in by a name of its own that it lets resolve to the
  loopback (DNS rebinding) either; behind a reverse proxy that passes on \`Host\`, leave it off.
- **The token comes first.** Before it is found right, neither path nor body is looked at and nothing is asked of the store,
  but that a mount refuses a body of more than 64 KiB, or one that does not arrive, without looking at anything.
- **Answers hold personal data**: names, and what devices say of themselves, such as a telephone number. They are marked
  \`no-store\`; policy keys are never in them in full.
- **A wipe can be taken back** until the device reports it done. A device that was told already may be wiping all the same.`;

function routeTable(): string {
  return table(
    ['request', 'query', 'body', 'what'],
    routes.map((route) => [
      code(`${route.method} ${route.path}`),
      queryText(route),
      route.shape === null ? '' : bodyText(route.shape),
      route.meaning,
    ]),
  );
}

function queryText({ query }: Route): string {
  return Object.entries(query)
    .map(([name, values]) => (values === 'any' ? code(name) : `${code(name)}: ${values.map(code).join(', ')}`))
    .join('; ');
}

/** A shape is code but for what is said of it in words. */
function bodyText(shape: string): string {
  const [object, ...words] = shape.split(', or ');
  return shape.startsWith('{') ? [code(object ?? ''), ...words].join(', or ') : shape;
}

function problemTable(): string {
  const rows: readonly (readonly [string, AdministrationProblemRow])[] = Object.entries(administrationProblems);
  return table(
    ['code', 'HTTP', 'meaning'],
    rows.map(([name, { status, meaning }]) => [code(name), String(status), meaning]),
  );
}

function example(): string {
  const report = deviceReport(settledDevice, Date.UTC(2026, 10, 21, 12));
  return ['```json', JSON.stringify(report, null, 2), '```'].join('\n');
}
