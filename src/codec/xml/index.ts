/**
 * XML: the readable view of WBXML documents, and the policy format of protocol 2.5. Apart from the core entry, because
 * only this loads fast-xml-parser.
 */
export type { Element } from '../../protocol/element.js';
export type { EASProvisionDoc } from '../../protocol/policy.js';
export type { Problem, ProblemCode } from '../../protocol/problem.js';
export type { Coder, Result } from '../../protocol/result.js';
export { xmlView } from './view.js';
export { wapPolicy } from './wap-policy.js';
