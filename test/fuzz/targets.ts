import { type Fuzzer, fuzzer } from './cases.js';
import { clientTarget } from './client.js';
import { policyTarget } from './policy.js';
import { queryTarget } from './query.js';
import { serverTarget } from './server.js';
import { wbxmlTarget } from './wbxml.js';
import { xmlTarget } from './xml.js';

/** By name; each is made when it is wanted. */
export const targets: Readonly<Record<string, () => Fuzzer>> = {
  wbxml: () => fuzzer(wbxmlTarget()),
  query: () => fuzzer(queryTarget()),
  xml: () => fuzzer(xmlTarget()),
  policy: () => fuzzer(policyTarget()),
  server: () => fuzzer(serverTarget()),
  client: () => fuzzer(clientTarget()),
};
