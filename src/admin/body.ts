/** What a request may say in its body: strictly read, one form for each route. */
import { decodeUtf8 } from '../http/bytes.js';
import { type HttpRequest, type HttpResponse, header } from '../http/index.js';
import { type EASProvisionDoc, validatePolicy } from '../protocol/policy.js';
import { err, ok, type Result } from '../protocol/result.js';
import { problemResponse, refusal } from './answer.js';

/** A body as a route expects it. */
export interface BodyForm<Body> {
  /** What is written, for people: `{"scope": "device" | "account"}`; null where there is no body. */
  readonly shape: string | null;
  /** What it says, or the answer to one that says nothing that belongs here. */
  read(request: Pick<HttpRequest, 'headers' | 'body'>): Result<Body, HttpResponse>;
}

/** No body at all. */
export const noBody: BodyForm<null> = {
  shape: null,
  read: ({ body }) => (body.length === 0 ? ok(null) : err(refusal('UnexpectedBody'))),
};

/** An object of one member that has one of these values; without `otherwise` it has to be there. */
export function choice<Value extends string>(
  member: string,
  values: readonly Value[],
  otherwise: Value | null = null,
): BodyForm<Value> {
  const shape = `{"${member}": ${values.map((value) => `"${value}"`).join(' | ')}}`;
  const bad = () => err(refusal('BadBody', `Expected ${shape}.`));
  return {
    shape: otherwise === null ? shape : `${shape}, or none for "${otherwise}"`,
    read(request) {
      if (request.body.length === 0 && otherwise !== null) return ok(otherwise);
      const json = readJson(request);
      if (!json.ok) return json;
      const [given, ...others] = entriesOf(json.value);
      if (given === undefined) return isEmptyObject(json.value) && otherwise !== null ? ok(otherwise) : bad();
      const value = values.find((value) => value === given[1]);
      return given[0] === member && value !== undefined && others.length === 0 ? ok(value) : bad();
    },
  };
}

/** A policy that may be handed out, or `null` for none. */
export const policyBody: BodyForm<EASProvisionDoc | null> = {
  shape: 'an EASProvisionDoc, or `null`',
  read(request) {
    const json = readJson(request);
    if (!json.ok || json.value === null) return json.ok ? ok(null) : json;
    const policy = validatePolicy(json.value);
    if (policy.ok) return policy;
    const { code, message: meaning, path } = policy.error;
    return err(problemResponse({ code, status: 422, meaning, ...(path !== undefined && { path }) }));
  },
};

function readJson({ headers, body }: Pick<HttpRequest, 'headers' | 'body'>): Result<unknown, HttpResponse> {
  const [mediaType = ''] = (header(headers, 'Content-Type') ?? '').split(';', 1);
  if (body.length > 0 && mediaType.trim().toLowerCase() !== 'application/json') return err(refusal('NotJson'));
  const text = decodeUtf8(body);
  if (text === null) return err(refusal('BadBody'));
  try {
    return ok(JSON.parse(text));
  } catch {
    return err(refusal('BadBody'));
  }
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
