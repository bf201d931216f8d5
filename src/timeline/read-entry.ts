/** An entry from outside: what was saved of a timeline, believed only after a look at every field. */
import { load, RECORD_VERSION, start } from '../../machines/index.js';
import { ok, type Result } from '../protocol/result.js';
import { isEffect } from './effect-fields.js';
import type { Entry } from './entry.js';
import { readFact } from './from-facts.js';
import { type ReplayProblem, refuse } from './replay-problem.js';
import {
  type Check,
  isCount,
  isObject,
  listOf,
  misshapenField,
  nullOr,
  oneOf,
  type Shape,
  shaped,
  textUpTo,
} from './shape.js';

/** The entry that JSON is, or `ERR_REPLAY_TIMELINE` with the name of the field that is wrong. */
export function readEntry(json: unknown): Result<Entry, ReplayProblem> {
  if (!isObject(json)) return refuse('ERR_REPLAY_TIMELINE', 'Expected an object with kind.');
  const { kind, ...fields } = json;
  const row = typeof kind === 'string' && Object.hasOwn(rows, kind) ? rows[kind as Entry['kind']] : undefined;
  if (!row) return refuse('ERR_REPLAY_TIMELINE', 'No such kind of entry.', { path: 'kind' });
  const wrong = misshapenField(fields, { ...common, ...row.required }, row.optional);
  if (wrong !== null) return refuse('ERR_REPLAY_TIMELINE', 'Not a value that this field can have.', { path: wrong });
  if (kind === 'Transition' && !isOfOneSide(fields)) {
    return refuse('ERR_REPLAY_TIMELINE', 'Not of the side that it says.', { path: 'role' });
  }
  // Every field was looked at: the row of the table is the shape of the entry.
  return ok(json as Entry & typeof json);
}

const isMoment: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isRole = oneOf('client', 'server');
const text = textUpTo(10_000);
/** As much as hexadecimal digits and XML of a body can have. */
const longText = textUpTo(0x20_0000);
const common: Shape = { at: isMoment, session: textUpTo(1000) };

const isState: Check = (value) => {
  if (!isObject(value) || !isObject(value.context)) return false;
  const { role, limits, ...memory } = value.context;
  if (role !== 'client' && role !== 'server') return false;
  if (!shaped({ attempts: isCount, cycles: isCount })(limits)) return false;
  return load({ v: RECORD_VERSION, name: value.name, context: memory }, role).ok && hasWholeMemory(memory);
};

const rows: Readonly<Record<Entry['kind'], { readonly required: Shape; readonly optional?: Shape }>> = {
  Message: {
    required: {
      id: isCount,
      direction: oneOf('request', 'answer'),
      answers: nullOr(isCount),
      command: text,
      protocolVersion: nullOr(text),
      policyKey: nullOr(text),
      httpStatus: nullOr(isCount),
      summary: text,
      body: shaped({ hex: nullOr(longText), xml: nullOr(longText) }),
      refusal: nullOr(
        shaped({
          name: text,
          meaning: text,
          move: oneOf('client', 'server', 'administrator', 'user', 'wait', 'caller', 'nobody'),
        }),
      ),
    },
  },
  Fate: { required: { message: isCount, fate: oneOf('Delivered', 'Lost', 'Repeated', 'Delayed') } },
  Transition: {
    required: {
      role: isRole,
      before: isState,
      event: (value) => readFact(value, '').ok,
      after: isState,
      effects: listOf(isEffect, 32),
    },
  },
  Note: { required: { by: oneOf('client', 'server', 'link', 'environment'), text }, optional: { state: isState } },
};

/** A record leaves out what is clean; a state does not. */
function hasWholeMemory(memory: Readonly<Record<string, unknown>>): boolean {
  return memoryNames.every((name) => Object.hasOwn(memory, name));
}
const memoryNames = Object.keys(start('client').context).filter((name) => name !== 'role' && name !== 'limits');

function isOfOneSide({ role, before, after }: Readonly<Record<string, unknown>>): boolean {
  return [before, after].every((state) => isObject(state) && isObject(state.context) && state.context.role === role);
}
