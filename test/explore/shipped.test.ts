/**
 * The moves of the exploration stand for the awaits of what ships, which has the same functions between them: both send
 * the same requests, and come to the same state, whatever the link loses and whatever changes.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { provisionRequest } from '../../src/codec/index.js';
import { boundsOf } from '../../src/explore/bounds.js';
import { type Composed, createComposed } from '../../src/explore/composed.js';
import { requestText } from '../../src/explore/messages.js';
import { argumentOf, type MoveName, nameOf } from '../../src/explore/moves.js';
import { shippedParts } from '../../src/explore/parts.js';
import { type PathStep, withLastingNames } from '../../src/explore/path.js';
import { places } from '../../src/explore/row.js';
import { type HttpRequest, header } from '../../src/http/index.js';
import { createLink } from '../support/link.js';
import { policyA, policyB } from '../support/server.js';

type Trouble = 'delivered' | 'request lost' | 'response lost' | 'policy changed';
const troubles: readonly Trouble[] = ['delivered', 'request lost', 'response lost', 'policy changed'];
const limits = { attempts: 1, cycles: 3 };

interface Lived {
  readonly requests: readonly string[];
  readonly ends: readonly string[];
}

/** With the client and the server as they ship: one command after another, and one more when all is calm. */
async function lived(run: readonly Trouble[]): Promise<Lived> {
  const link = createLink({ limits });
  const left = [...run];
  link.before = () => {
    const trouble = left.shift() ?? 'delivered';
    if (trouble === 'policy changed') link.under.policy = link.under.policy === policyA ? policyB : policyA;
    else if (trouble !== 'delivered') link.fates.push(trouble);
  };
  do await link.client.run({ name: 'FolderSync' });
  while (left.length > 0 && link.exchanges.length < 50);
  const device = await link.client.state();
  const server = (await link.under.server.devices.read({ user: 'user@example.test', deviceId: 'DEVICE0001' }))?.state;
  return {
    requests: named(link.exchanges.map(({ request }) => textOf(request))),
    ends: [device.name, server?.name ?? 'Unprovisioned'],
  };
}

/** The same in the composed system. */
function explored(composed: Composed, run: readonly Trouble[]): Lived {
  const steps: PathStep[] = [];
  const left = [...run];
  let row: Int32Array = composed.start;
  const may = (name: MoveName, fits: (move: number) => boolean = () => true): boolean => {
    let found: PathStep | null = null;
    composed.expand(row, (next, move, _isCalm, _isRequest, broken) => {
      if (found === null && nameOf(move) === name && fits(move))
        found = { move, before: row, after: next.slice(), broken };
    });
    const step: PathStep | null = found;
    if (step === null) return false;
    steps.push(step);
    row = (step as PathStep).after;
    return true;
  };
  /** What becomes of the request that is in flight. */
  const goesThrough = (trouble: Trouble) => {
    if (trouble === 'policy changed') {
      const other = row[places.policy] === 1 ? 2 : 1;
      may('policy', (move) => argumentOf(move) === other);
    }
    if (trouble === 'request lost') return may('loseRequest') && may('silence');
    may('receive');
    may('write');
    return trouble === 'response lost' ? may('loseAnswer') && may('silence') : may('answer');
  };
  do {
    may('begin');
    while (row[places.command1] !== 0) {
      const isInFlight = row[places.requests] !== 0;
      if (isInFlight) goesThrough(left.shift() ?? 'delivered');
      else if (!may('send') && !may('perform') && !may('wake') && !may('resume')) throw new Error('nothing goes on');
    }
  } while (left.length > 0 && steps.length < 2000);
  const lasting = withLastingNames(composed, steps);
  const sent = lasting.filter(({ before, after }) => before[places.requests] === 0 && after[places.requests] !== 0);
  return {
    requests: named(sent.map(({ after }) => requestText(composed.requests.at(after[places.requests]!)))),
    ends: [
      composed.client.memories.at(row[places.memory]!).state.name,
      composed.server.records.at(row[places.record]!).state.name,
    ],
  };
}

/** Keys by the order in which they are first sent. */
function named(texts: readonly string[]): readonly string[] {
  const names = new Map<string, string>();
  return texts.map((text) =>
    text.replace(/(?<=key |of )\d+/g, (key) => {
      if (key === '0') return key;
      if (!names.has(key)) names.set(key, `k${names.size + 1}`);
      return names.get(key) ?? key;
    }),
  );
}

function textOf({ url, headers, body }: HttpRequest): string {
  const policyKey = header(headers, 'X-MS-PolicyKey') ?? 'none';
  if (!url.includes('Cmd=Provision')) return requestText({ to: 'nobody', kind: 'Command', policyKey });
  const message = provisionRequest.decode(body);
  const policy = message.ok ? message.value.policies?.[0] : undefined;
  const isAcknowledgment = policy?.policyKey !== undefined;
  return isAcknowledgment
    ? `Provision acknowledgment of ${policy.policyKey}, status ${policy.status}`
    : requestText({ to: 'nobody', kind: 'Provision', policyKey, request: { kind: 'InitialRequest' } });
}

test('the composed system does what client and server do', async () => {
  const bounds = boundsOf({ version: '14.1', commands: 1, servers: 1, faults: 7, changes: 7, ...limits });
  const composed = await createComposed(shippedParts, bounds);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...troubles), { maxLength: 7, size: 'max' }), async (run) => {
      expect(explored(composed, run)).toEqual(await lived(run));
    }),
    { numRuns: 100 },
  );
});

test('and would not if its client were another one', async () => {
  const bounds = boundsOf({ version: '14.1', commands: 1, servers: 1, faults: 7, changes: 7, attempts: 2, cycles: 3 });
  const composed = await createComposed(shippedParts, bounds);
  const run: readonly Trouble[] = ['delivered', 'request lost', 'request lost'];
  expect(explored(composed, run)).not.toEqual(await lived(run));
});
