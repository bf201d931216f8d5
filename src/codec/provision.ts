import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../protocol/provision.js';
import type { Coder } from '../protocol/result.js';
import { documentCoder } from './document.js';
import { readProvisionRequest, requestFault, writeProvisionRequest } from './provision-request.js';
import { readProvisionResponse, responseFault, writeProvisionResponse } from './provision-response.js';
import { wbxml } from './wbxml/index.js';

export { readProvisionRequest, writeProvisionRequest } from './provision-request.js';
export { readProvisionResponse, writeProvisionResponse } from './provision-response.js';

/**
 * The body of a Provision request (MS-ASPROV 2.2.2, 6.2).
 *
 * @returns the problems of `readProvisionRequest` and of the WBXML coder; from `encode` also `ERR_PROVISION_VALUE` for
 * a status that is no natural number.
 */
export const provisionRequest: Coder<ProvisionRequestMessage, Uint8Array> = documentCoder(wbxml, {
  read: readProvisionRequest,
  write: writeProvisionRequest,
  fault: requestFault,
});

/**
 * The body of a Provision response (MS-ASPROV 2.2.2, 6.3).
 *
 * @returns the problems of `readProvisionResponse` and of the WBXML coder; from `encode` also `ERR_PROVISION_VALUE`
 * for a status that is no natural number and the problems of `validatePolicyTypes`.
 */
export const provisionResponse: Coder<ProvisionResponseMessage, Uint8Array> = documentCoder(wbxml, {
  read: readProvisionResponse,
  write: writeProvisionResponse,
  fault: responseFault,
});
