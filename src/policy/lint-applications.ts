import type { EASProvisionDoc } from '../protocol/policy.js';
import { foundAmong, foundIf, type LintRule } from './lint-rule.js';

/** What may be wrong about storage cards and lists of applications. */
export const applicationRules = {
  CardEncryptionWithoutCard: {
    severity: 'note',
    meaning: 'RequireStorageCardEncryption counts for nothing where AllowStorageCard is false.',
    source: '2.2.2.15, 2.2.2.52',
    find: (policy) =>
      foundIf(
        policy.RequireStorageCardEncryption === true && policy.AllowStorageCard === false,
        'RequireStorageCardEncryption',
        'AllowStorageCard',
      ),
  },
  EmptyApplicationList: {
    severity: 'warning',
    meaning: 'An empty list is how servers unset one; by the letter an empty ApprovedApplicationList lets nothing run.',
    source: '2.2.2.22 R198, 2.2.2.55',
    find: (policy) => foundAmong(lists.filter((name) => policy[name]?.length === 0)),
  },
  BlankApplication: {
    severity: 'warning',
    meaning: 'An entry without a name or digest stands for nothing.',
    source: '2.2.2.21, 2.2.2.29',
    find: (policy) => foundAmong(lists.filter((name) => policy[name]?.some((entry) => entry.trim() === ''))),
  },
  RepeatedApplication: {
    severity: 'note',
    meaning: 'An application is listed twice.',
    source: '2.2.2.21, 2.2.2.29',
    find: (policy) => foundAmong(lists.filter((name) => new Set(policy[name]).size < (policy[name]?.length ?? 0))),
  },
  HashNotSHA1: {
    severity: 'warning',
    meaning: 'An entry of ApprovedApplicationList is no SHA-1 digest, neither in hexadecimal nor in base64.',
    source: '2.2.2.29',
    find: ({ ApprovedApplicationList: hashes }: EASProvisionDoc) =>
      foundIf(
        hashes?.some((hash) => hash.trim() !== '' && !DIGEST.test(hash.trim())) === true,
        'ApprovedApplicationList',
      ),
  },
} as const satisfies Record<string, LintRule>;

const lists = ['UnapprovedInROMApplicationList', 'ApprovedApplicationList'] as const;

/** 20 bytes, the digits of the hexadecimal form with or without something between. */
const DIGEST = /^(?:[\da-f]{2}[:\s-]?){20}$|^[\da-z+/]{27}=$/i;
