/** Messages of others, for watching: their form stays, their contents do not. */
import type { Element } from '../protocol/element.js';
import { NO_POLICY_KEY, normalizePolicyKey } from '../protocol/policy-key.js';
import { protocolVersions } from '../protocol/version.js';
import { documentIn, xmlOf } from './body.js';
import type { Disclosure } from './disclosure.js';

/**
 * Shows no hexadecimal digits, of XML the names of all tags and the text only of those that a row says are harmless, and
 * policy keys as `keyText` writes them, which is never asked about key 0. Everything else is `…`.
 *
 * @param keyText `…` for every key unless told otherwise.
 */
export function withoutSecrets(keyText: Disclosure['policyKey'] = () => HIDDEN): Disclosure {
  const policyKey: Disclosure['policyKey'] = (key) => (key === NO_POLICY_KEY ? key : keyText(key));
  return {
    policyKey,
    body(bytes) {
      const document = documentIn(bytes);
      return { hex: null, xml: xmlOf(document && veiled(document, policyKey)) };
    },
  };
}

/** Tags whose text may be told, and which text: one row each. A Status may be told on every page. */
const harmless: ReadonlyMap<string, RegExp> = new Map([
  ['Provision:PolicyType', anyOf(Object.values(protocolVersions).map(({ policyType }) => policyType))],
]);
const statusNumber = /^\d{1,5}$/;

function veiled({ name, content }: Element, keyText: Disclosure['policyKey']): Element {
  if (content === null) return { name, content };
  if (Array.isArray(content)) return { name, content: content.map((child: Element) => veiled(child, keyText)) };
  return { name, content: typeof content === 'string' ? told(name, content, keyText) : HIDDEN };
}

function told(name: string, text: string, keyText: Disclosure['policyKey']): string {
  if (text === '') return text;
  if (name === 'Provision:PolicyKey') return keyText(normalizePolicyKey(text));
  const allowed = name.endsWith(':Status') ? statusNumber : harmless.get(name);
  return allowed?.test(text) ? text : HIDDEN;
}

function anyOf(texts: readonly string[]): RegExp {
  return new RegExp(`^(?:${[...new Set(texts)].join('|')})$`);
}

const HIDDEN = '…';
