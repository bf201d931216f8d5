/** Every claim, whatever it is about. */
import type { Claim } from './claim.js';
import { elementClaims } from './element-claims.js';
import { enforcementClaims } from './enforcement-claims.js';
import { ignoringClaims } from './ignoring-claims.js';
import { listClaims } from './list-claims.js';
import { statusClaims } from './status-claims.js';
import { versionClaims } from './version-claims.js';

export const claims: readonly Claim[] = [
  ...elementClaims,
  ...listClaims,
  ...versionClaims,
  ...statusClaims,
  ...ignoringClaims,
  ...enforcementClaims,
];
