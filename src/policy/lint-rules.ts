import { applicationRules } from './lint-applications.js';
import { deviceRules } from './lint-devices.js';
import { mailRules } from './lint-mail.js';
import { passwordRules } from './lint-passwords.js';
import type { LintRule } from './lint-rule.js';

/** Every rule of `lintPolicy`, by its code. Codes are kept: a rule that changes its sense gets another. */
export const lintRules = {
  ...passwordRules,
  ...mailRules,
  ...applicationRules,
  ...deviceRules,
} as const satisfies Record<string, LintRule>;

/** The codes of all findings: a closed list. */
export type LintCode = keyof typeof lintRules;
