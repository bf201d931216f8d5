/** `docs/machine.md`: the states, the facts and every edge, as the machine itself shows them. */
import type { Effect } from '../../../machines/provisioning.effects.js';
import { facts } from '../../../machines/provisioning.events.js';
import { type ProvisioningStateName, shippedParts } from '../../../machines/provisioning.step.js';
import { stateNames, type Walk, type WalkedEdge, walkMachine } from './machine-walk.js';
import { code, page, table } from './markdown.js';
import { picture } from './picture.js';

export function machinePage(): string {
  const walk = walkMachine();
  return page(
    'The machine',
    INTRODUCTION,
    picture('machine'),
    states(),
    factsTable(),
    effectsTable(),
    cells(walk),
    edgesOfAll(walk),
    END,
  );
}

const INTRODUCTION = `One machine describes the life of a policy agreement between one device and one account. Client and server both
run it and feed it the same facts, so both are always in the same state; only what each is asked to do differs. It is
written in one file, \`machines/provisioning.machine.ts\`. Arrows from *any state* hold where the state has no edge of
its own for the fact whose guard lets it pass.`;

const END = `Names in *when* are guards (\`machines/provisioning.guards.ts\`), those in *remembers* are updates
(\`machines/provisioning.updates.ts\`), those in *step* are rows of \`machines/provisioning.effects.ts\`. A guard is tried
after those above it for the same fact in the same state. What may be refused, and what is tried again, is explained in
[the protocol page](protocol.md).`;

/** What a state means to each side; the first column is the machine's own description. */
const sides: Readonly<Record<ProvisioningStateName, readonly [device: string, server: string, key: string]>> = {
  Unprovisioned: ['fresh, reset or wiped', 'a device that is unknown, removed or wiped', '0'],
  AwaitingPolicy: ['the initial request is under way, or to be repeated', 'the policy is being looked up', '0'],
  Acknowledging: [
    'applies the policy and acknowledges it, or is to confirm a wipe',
    'waits for the acknowledgment, then judges it',
    'temporary; 0 for a wipe',
  ],
  Provisioned: ['may send commands', 'admits commands under the key', 'permanent; 0 without a policy'],
  NeedsReprovision: [
    'was told 140, 142, 143, 144 or 449, or gave up',
    'the policy changed, a wipe is ordered, or an exchange failed',
    '0',
  ],
};

function states(): string {
  const rows = stateNames.map((name) => {
    const description = shippedParts.config.states[name]?.description ?? '';
    return [code(name), description, ...(sides[name] ?? [])];
  });
  return `## The five states\n\n${table(['state', 'meaning', 'on the device', 'on the server', 'policy key'], rows)}`;
}

function factsTable(): string {
  const rows = Object.entries(facts).map(([name, { author, meaning }]) => [code(name), author, meaning]);
  return [
    '## The facts',
    'The author puts a fact on the wire, the other side reads it there. A local fact concerns one side only.',
    table(['fact', 'author', 'meaning'], rows),
  ].join('\n\n');
}

/** Who is asked, for what, and which fact tells how it went. */
const asks = {
  Send: ['client', 'Put a Provision request on the wire.', 'the fact in the answer, or `ExchangeFailed`'],
  ApplyPolicy: ['client', 'Put the policy in force.', '`PolicyAcknowledged`'],
  ConfirmWipe: ['client', 'May and can the wipe happen?', '`WipeAcknowledged`'],
  Wipe: ['client', 'Wipe the device, or the account on it, now.', '`WipeCompleted`'],
  Respond: ['server', 'Put the answer to the request in hand on the wire.', ''],
  LoadPolicy: [
    'server',
    'Look up what is set for the device.',
    '`PolicyOffered`, `PolicyNotDefined`, `WipeDirected`, `WipeNotDirected` or `ProvisionRejected`',
  ],
  JudgeAcknowledgment: ['server', 'Is the acknowledgment good enough?', '`PermanentKeyIssued` or `ProvisionRejected`'],
  RecordWipe: ['server', 'Keep how the wipe went.', '`WipeCompleted` where it is done'],
  StorePolicyKey: ['both', 'Make the key durable before going on.', ''],
  StartTimer: ['both', 'Deliver the enclosed fact later.', '`RetryDue` or `OfferExpired`'],
  Report: ['both', 'Tell the host what came of it.', ''],
} as const satisfies Record<Effect['type'], readonly [who: string, meaning: string, leadsTo: string]>;

function effectsTable(): string {
  return [
    '## The effects',
    `The machine does nothing itself: it asks, in plain data, and is told by the next fact how it went.`,
    table(
      ['effect', 'asked of', 'meaning', 'leads to'],
      Object.entries(asks).map(([name, row]) => [code(name), ...row]),
    ),
  ].join('\n\n');
}

function cells({ cells: taken, edges }: Walk): string {
  const outcome = (state: string, fact: string) =>
    [...new Set((taken[state]?.[fact] ?? []).map((id) => ended(edges.get(id))))].join(', ');
  const rows = Object.keys(facts).map((fact) => [code(fact), ...stateNames.map((state) => outcome(state, fact))]);
  return [
    '## Every fact in every state',
    `Seen by walking every context that either side can reach, over a small alphabet of keys, statuses and counters. An
arrow leads to another state, *stays* takes a step or remembers something, · is ignored on purpose, ✗ is answered as out
of place. Several in one cell depend on guards.`,
    table(['fact', ...stateNames], rows),
  ].join('\n\n');
}

function ended(edge: WalkedEdge | undefined): string {
  if (!edge) return '';
  if (edge.target !== null) return `→ ${edge.target}`;
  if (edge.steps.some((step) => REFUSALS.has(step))) return '✗';
  return edge.steps.length + edge.updates.length > 0 ? 'stays' : '·';
}

const REFUSALS: ReadonlySet<string> = new Set(['reportViolation', 'refuseAcknowledgment', 'refuseWipeAcknowledgment']);

function edgesOfAll({ edges }: Walk): string {
  const owned = (owner: string) => [...edges.values()].filter(({ id }) => id.startsWith(`${owner}.`));
  const own = stateNames.filter((name) => owned(name).length > 0).map((name) => [`### ${name}`, rowsOf(owned(name))]);
  return [
    '## Every edge',
    'Effects are in order; *or* parts what depends on the context.',
    '### Any state',
    rowsOf(owned('*')),
    ...own.flat(),
  ].join('\n\n');
}

function rowsOf(edges: readonly WalkedEdge[]): string {
  const order = Object.keys(facts);
  const position = ({ id }: WalkedEdge) => {
    const [, fact = ''] = id.split(/\.|\[/);
    return fact === '*' ? order.length : order.indexOf(fact);
  };
  const rows = [...edges]
    .sort((one, other) => position(one) - position(other) || one.id.localeCompare(other.id))
    .map(({ fact, guard, target, updates, steps, effects }) => [
      fact === '*' ? 'any other fact' : code(fact),
      guard ? code(guard) : '',
      target ?? 'stays',
      updates.map(code).join(', '),
      steps.map(code).join(', '),
      [...effects.client].sort().join('\n*or* '),
      [...effects.server].sort().join('\n*or* '),
    ]);
  return table(['fact', 'when', 'next', 'remembers', 'step', 'asked of the client', 'asked of the server'], rows);
}
