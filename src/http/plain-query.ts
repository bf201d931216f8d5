import { queryParameters } from '../protocol/command.js';
import { type ProblemCode, problem } from '../protocol/problem.js';
import { type Coder, err, ok, type Result } from '../protocol/result.js';
import { encodeUtf8 } from './bytes.js';
import { maxQueryLength, type OtherParameter, type PlainParameterName, type PlainQuery } from './query-fields.js';

/**
 * The plain-text query (MS-ASHTTP 2.2.1.1.1.2). Fields are read in any order and their names in any letter case; `+` is
 * a space, as in every server that reads these queries with its platform's form decoder; escapes are UTF-8. A known
 * field that comes twice is `ERR_QUERY_VALUE`, because two readers would take two different values; unknown ones are
 * kept in `others`. `ERR_QUERY_SYNTAX` is a broken escape or a missing `Cmd`. Written in the order of the
 * specification, all but letters, digits and `-_.!~*'()` escaped.
 */
export const plainQuery: Coder<PlainQuery, string> = {
  encode(query) {
    const pairs = pairsOf(query);
    if (query.command === '') return unfit('The command is empty.');
    if (query.others.some(({ name }) => isField(name)))
      return unfit('Another parameter has the name of a known field.');
    if (pairs.some((pair) => pair.some((text) => encodeUtf8(text) === null)))
      return unfit('A value is not Unicode text.');
    const text = pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
    return text.length > maxQueryLength ? unfit('The query is too long.') : ok(text);
  },

  decode(text) {
    if (text.length > maxQueryLength) return unfit('The query is too long.');
    const others: OtherParameter[] = [];
    const fields: Fields = {};
    for (let offset = 0; offset < text.length; ) {
      const end = endOf(text, offset);
      const fault = end === offset ? null : readPair(text.slice(offset, end), fields, others);
      if (fault) return err(problem(fault[0], fault[1], { offset }));
      offset = end + 1;
    }
    return queryOf(fields, others);
  },
};

type Field = 'Cmd' | 'User' | 'DeviceId' | 'DeviceType' | PlainParameterName;
type Pair = readonly [name: string, value: string];
type Fields = { [Name in Field]?: string };

function pairsOf({ command, user, deviceId, deviceType, parameters, others }: PlainQuery): readonly Pair[] {
  const known: readonly (readonly [Field, string | undefined])[] = [
    ['Cmd', command],
    ['User', user],
    ['DeviceId', deviceId || undefined],
    ['DeviceType', deviceType || undefined],
    ...parameterNames.map((name) => [name, parameters[name]] as const),
  ];
  return [...known.flatMap(present), ...others.map(({ name, value }): Pair => [name, value])];
}

/** Keeps what a pair says; or what is wrong with it. */
function readPair(pair: string, fields: Fields, others: OtherParameter[]): readonly [ProblemCode, string] | null {
  const at = pair.indexOf('=');
  const name = unescaped(at < 0 ? pair : pair.slice(0, at));
  const value = unescaped(at < 0 ? '' : pair.slice(at + 1));
  if (name === null || value === null) return ['ERR_QUERY_SYNTAX', 'An escape that is not UTF-8.'];
  const field = fieldsByName.get(name) ?? fieldsByName.get(name.toLowerCase());
  if (field === undefined) others.push({ name, value });
  else if (fields[field] !== undefined) return ['ERR_QUERY_VALUE', `${field} comes twice.`];
  else fields[field] = value;
  return null;
}

function queryOf(fields: Fields, others: readonly OtherParameter[]): Result<PlainQuery> {
  const { Cmd: command, User: user, DeviceId: deviceId = '', DeviceType: deviceType = '', ...parameters } = fields;
  if (!command) return malformed('No Cmd, or an empty one.', 0);
  const rest = { deviceId, deviceType, parameters, others };
  return ok(user === undefined ? { form: 'plain', command, ...rest } : { form: 'plain', command, user, ...rest });
}

function endOf(text: string, start: number): number {
  const end = text.indexOf('&', start);
  return end < 0 ? text.length : end;
}

/** Most names and values have nothing to unescape, and a server reads a query with each request. */
function unescaped(text: string): string | null {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function present([name, value]: readonly [name: string, value: string | undefined]): readonly Pair[] {
  return value === undefined ? [] : [[name, value]];
}

function isField(name: string): boolean {
  return fieldsByName.has(name.toLowerCase());
}

function malformed(message: string, offset: number) {
  return err(problem('ERR_QUERY_SYNTAX', message, { offset }));
}

function unfit(message: string) {
  return err(problem('ERR_QUERY_VALUE', message));
}

const parameterNames = (Object.keys(queryParameters) as readonly (keyof typeof queryParameters)[]).filter(
  (name): name is PlainParameterName => queryParameters[name].plain,
);
const fieldsByName: ReadonlyMap<string, Field> = new Map(
  (['Cmd', 'User', 'DeviceId', 'DeviceType', ...parameterNames] as const).flatMap((field) => [
    [field.toLowerCase(), field],
    [field, field],
  ]),
);
