import type { HttpRequest, HttpResponse } from '../http/index.js';
import { refusal } from './answer.js';
import { type QueryForm, type Route, routes } from './routes.js';
import { type AdministrationSources, watched } from './sources.js';
import type { AdministrationTarget } from './target.js';

/** The answer to a request that may be made, by the row of its path and method. */
export async function answerTo(
  { method, headers, body }: HttpRequest,
  { segments, query: text }: AdministrationTarget,
  sources: AdministrationSources,
): Promise<HttpResponse> {
  const found = segments ? routes.flatMap((route) => matches(route, segments)) : [];
  if (found.length === 0) return refusal('UnknownPath');
  const match = found.find(({ route }) => route.method === method);
  if (!match) return refusal('WrongMethod', undefined, { Allow: found.map(({ route }) => route.method).join(', ') });
  const { route, fields } = match;
  const query = readQuery(text, route.query);
  if (!query) return refusal('BadQuery');
  const { user = '', deviceId = '' } = fields;
  return route.respond(watched(sources), { device: { user, deviceId }, query, headers, body });
}

/** The route with what stands at its braces, if its path is the one asked for. */
function matches(route: Route, segments: readonly string[]): readonly Match[] {
  const names = route.path.slice(1).split('/');
  if (names.length !== segments.length) return [];
  const pairs = names.map((name, at) => [name, segments[at] ?? ''] as const);
  const isSame = pairs.every(([name, segment]) => isField(name) || name === segment);
  const fields = pairs.filter(([name]) => isField(name)).map(([name, segment]) => [name.slice(1, -1), segment]);
  return isSame ? [{ route, fields: Object.fromEntries(fields) }] : [];
}

interface Match {
  readonly route: Route;
  readonly fields: Readonly<Record<string, string>>;
}

function isField(name: string): boolean {
  return name.startsWith('{');
}

/** Each parameter once, and with a value that it can have; or null. */
function readQuery(text: string, form: QueryForm): Readonly<Record<string, string>> | null {
  const pairs = [...new URLSearchParams(text)];
  const isFine = pairs.every(([name, value]) => {
    const values = Object.hasOwn(form, name) ? form[name] : undefined;
    return values === 'any' || values?.includes(value);
  });
  return isFine && new Set(pairs.map(([name]) => name)).size === pairs.length ? Object.fromEntries(pairs) : null;
}
