import { policyElementNames } from '../protocol/policy.js';
import { asks } from './demand.js';
import { foundAmong, foundIf, type LintRule } from './lint-rule.js';

/** What may be wrong about mail and S/MIME. */
export const mailRules = {
  AttachmentSizeWithoutAttachments: {
    severity: 'warning',
    meaning: 'MaxAttachmentSize counts for nothing where AttachmentsEnabled is false.',
    source: '2.2.2.23, 2.2.2.30',
    find: (policy) =>
      foundIf(
        policy.AttachmentsEnabled === false && asks('MaxAttachmentSize', policy),
        'AttachmentsEnabled',
        'MaxAttachmentSize',
      ),
  },
  HTMLTruncationWithoutHTML: {
    severity: 'warning',
    meaning: 'MaxEmailHTMLBodyTruncationSize counts for nothing where AllowHTMLEmail is false.',
    source: '2.2.2.7, 2.2.2.35',
    find: (policy) =>
      foundIf(
        policy.AllowHTMLEmail === false && asks('MaxEmailHTMLBodyTruncationSize', policy),
        'AllowHTMLEmail',
        'MaxEmailHTMLBodyTruncationSize',
      ),
  },
  WeakAlgorithmAgainstNegotiation: {
    severity: 'error',
    meaning: 'The algorithm required is a weak one, and only strong ones may be negotiated.',
    source: '2.2.2.13 R147, 2.2.2.48',
    find: (policy) =>
      foundIf(
        policy.AllowSMIMEEncryptionAlgorithmNegotiation === 1 &&
          weakEncryption.has(policy.RequireEncryptionSMIMEAlgorithm),
        'RequireEncryptionSMIMEAlgorithm',
        'AllowSMIMEEncryptionAlgorithmNegotiation',
      ),
  },
  AlgorithmNegotiatedAway: {
    severity: 'warning',
    meaning: 'Unless negotiation is limited, a recipient can bring the required algorithm down to any other.',
    source: '2.2.2.13 R148, 2.2.2.48',
    find: (policy) =>
      foundIf(
        policy.RequireEncryptedSMIMEMessages === true &&
          typeof policy.RequireEncryptionSMIMEAlgorithm === 'number' &&
          !asks('AllowSMIMEEncryptionAlgorithmNegotiation', policy),
        'RequireEncryptionSMIMEAlgorithm',
        'AllowSMIMEEncryptionAlgorithmNegotiation',
      ),
  },
  WeakAlgorithm: {
    severity: 'warning',
    meaning: 'MD5, DES and RC2 of 64 or 40 bits have long been broken.',
    source: '2.2.2.48, 2.2.2.50',
    find: (policy) => {
      const isWeak = {
        RequireSignedSMIMEAlgorithm: policy.RequireSignedSMIMEAlgorithm === MD5,
        RequireEncryptionSMIMEAlgorithm: weakEncryption.has(policy.RequireEncryptionSMIMEAlgorithm),
      };
      return foundAmong(policyElementNames.filter((name) => name in isWeak && isWeak[name as keyof typeof isWeak]));
    },
  },
  AlgorithmWithoutRequirement: {
    severity: 'note',
    meaning: 'An algorithm is required, but not that messages are signed or encrypted with it.',
    source: '2.2.2.47, 2.2.2.48, 2.2.2.50, 2.2.2.51',
    find: (policy) =>
      (
        [
          ['RequireSignedSMIMEMessages', 'RequireSignedSMIMEAlgorithm'],
          ['RequireEncryptedSMIMEMessages', 'RequireEncryptionSMIMEAlgorithm'],
        ] as const
      ).flatMap(([requirement, algorithm]) =>
        foundIf(asks(algorithm, policy) && policy[requirement] !== true, requirement, algorithm),
      ),
  },
  SMIMEWithoutSoftCerts: {
    severity: 'note',
    meaning:
      'Messages must be signed or encrypted, and certificates kept in software may not do it: it takes a smart card.',
    source: '2.2.2.14, 2.2.2.47, 2.2.2.51',
    find: (policy) => {
      const required = (['RequireSignedSMIMEMessages', 'RequireEncryptedSMIMEMessages'] as const).filter((name) =>
        asks(name, policy),
      );
      return foundIf(policy.AllowSMIMESoftCerts === false && required.length > 0, ...required, 'AllowSMIMESoftCerts');
    },
  },
} as const satisfies Record<string, LintRule>;

const MD5 = 1;

/** DES, RC2 64-bit and RC2 40-bit. */
const weakEncryption: ReadonlySet<number | null | undefined> = new Set([1, 3, 4]);
