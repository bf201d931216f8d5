/** A list of facts, read and fed to the machine: the shortest report of a defect. */
import { type ProvisioningEvent, type Role, start, step } from '../../machines/index.js';
import { ok, type Result } from '../protocol/result.js';
import type { Entry, FactList } from './entry.js';
import { factFields, isEventType, optionalFields } from './fact-fields.js';
import { type ReplayProblem, refuse } from './replay-problem.js';
import { isObject, misshapenField } from './shape.js';

/** So many facts are read of a list. */
export const MAX_FACTS = 10_000;

/**
 * One list, or an array of two, as JSON gives them. Nothing is believed: each fact has exactly its fields, each with a
 * value that it can have; the problem is `ERR_REPLAY_FACTS` with the path of the first that has not, or
 * `ERR_REPLAY_SIZE`.
 */
export function readFactLists(json: unknown): Result<readonly FactList[], ReplayProblem> {
  if (!Array.isArray(json)) {
    const list = readFactList(json, '');
    return list.ok ? ok([list.value]) : list;
  }
  if (json.length < 1 || json.length > 2) {
    return refuse('ERR_REPLAY_FACTS', `Expected one list or two, not ${json.length}.`);
  }
  const lists: FactList[] = [];
  for (const [at, each] of json.entries()) {
    const list = readFactList(each, `[${at}].`);
    if (!list.ok) return list;
    lists.push(list.value);
  }
  return ok(lists);
}

/** Each fact as its side takes it, from the start on. Lists of both sides are one session, one behind the other. */
export function fromFacts(lists: readonly FactList[]): readonly Entry[] {
  const isOneSession = new Set(lists.map(({ role }) => role)).size === lists.length;
  return lists.flatMap((list, at) => transitions(list, isOneSession ? 'facts' : `facts ${at + 1}`));
}

function transitions({ role, facts }: FactList, session: string): readonly Entry[] {
  const entries: Entry[] = [];
  let before = start<Role>(role);
  for (const event of facts) {
    const [after, effects] = step(before, event);
    entries.push({ kind: 'Transition', at: 0, session, role, before, event, after, effects });
    before = after;
  }
  return entries;
}

function readFactList(json: unknown, path: string): Result<FactList, ReplayProblem> {
  if (!isObject(json)) return refuse('ERR_REPLAY_FACTS', 'Expected an object with role and facts.', placed(path));
  const { role, facts } = json;
  const other = Object.keys(json).find((name) => name !== 'role' && name !== 'facts');
  if (other !== undefined)
    return refuse('ERR_REPLAY_FACTS', 'No such field.', { path: `${path}${other.slice(0, 40)}` });
  if (role !== 'client' && role !== 'server') {
    return refuse('ERR_REPLAY_FACTS', 'Expected client or server.', { path: `${path}role` });
  }
  if (!Array.isArray(facts)) return refuse('ERR_REPLAY_FACTS', 'Expected an array.', { path: `${path}facts` });
  if (facts.length > MAX_FACTS) {
    return refuse('ERR_REPLAY_SIZE', `More than ${MAX_FACTS} facts.`, { path: `${path}facts` });
  }
  const read: ProvisioningEvent[] = [];
  for (const [at, each] of facts.entries()) {
    const fact = readFact(each, `${path}facts[${at}]`);
    if (!fact.ok) return fact;
    read.push(fact.value);
  }
  return ok({ role, facts: read });
}

/** A fact from outside, or `ERR_REPLAY_FACTS` with the path of what is wrong. */
export function readFact(json: unknown, path: string): Result<ProvisioningEvent, ReplayProblem> {
  if (!isObject(json)) return refuse('ERR_REPLAY_FACTS', 'Expected an object with type.', placed(path));
  const { type, ...fields } = json;
  if (!isEventType(type)) return refuse('ERR_REPLAY_FACTS', 'No such fact.', { path: `${path}.type` });
  const wrong = misshapenField(fields, factFields[type], optionalFields[type]);
  if (wrong !== null) {
    const what = Object.hasOwn(fields, wrong)
      ? 'Not what this field of the fact can be.'
      : 'The fact lacks this field.';
    return refuse('ERR_REPLAY_FACTS', `${type}: ${what}`, { path: `${path}.${wrong}` });
  }
  // Every field was looked at: the row of the table is the shape of the fact.
  return ok(json as ProvisioningEvent);
}

function placed(path: string): Pick<ReplayProblem, 'path'> {
  return path === '' ? {} : { path: path.replace(/\.$/, '') };
}
