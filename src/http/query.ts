import type { Result } from '../protocol/result.js';
import { base64Query } from './base64-query.js';
import { plainQuery } from './plain-query.js';
import type { Query } from './query-fields.js';

export { base64Query } from './base64-query.js';
export { plainQuery } from './plain-query.js';
export * from './query-fields.js';

/**
 * A query in whichever form it has (MS-ASHTTP 2.2.1.1.1): with a `Cmd` among its pairs it is plain text, otherwise it
 * has to be base64, complete and exact. Neither is `ERR_QUERY_SYNTAX`.
 */
export function parseQuery(text: string): Result<Query> {
  return /(?:^|&)cmd=/i.test(text) ? plainQuery.decode(text) : base64Query.decode(text);
}

/**
 * A query as text, in the form it says (MS-ASHTTP 2.2.1.1.1). The problem is `ERR_QUERY_VALUE`: a field that its form
 * cannot carry.
 */
export function formatQuery(query: Query): Result<string> {
  return query.form === 'plain' ? plainQuery.encode(query) : base64Query.encode(query);
}
