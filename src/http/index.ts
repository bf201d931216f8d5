/** MS-ASHTTP as values: queries, headers, requests and responses, without a socket. */
export { base64 } from '../protocol/base64.js';
export {
  type Base64Draft,
  type CommandDraft,
  composeOptions,
  composeRequest,
  type DraftFields,
  type PlainDraft,
} from './compose-request.js';
export {
  type BasicCredentials,
  basicCredentials,
  type HttpHeaders,
  header,
  isHeaderValue,
  isWbxml,
  wbxmlContentType,
} from './headers.js';
export { activeSyncPath, type HttpRequest, type HttpResponse } from './message.js';
export {
  type Base64ParameterName,
  type Base64Parameters,
  type Base64Query,
  base64Query,
  formatQuery,
  isDeviceId,
  isDeviceType,
  maxQueryLength,
  type OtherParameter,
  type PlainParameterName,
  type PlainParameters,
  type PlainQuery,
  parseQuery,
  plainQuery,
  type Query,
  type QueryFields,
} from './query.js';
export {
  type CommandRequest,
  type EasRequest,
  type RefusalReason,
  type RequestRefusal,
  readRequest,
  readTarget,
  requestRefusals,
  type Target,
} from './request.js';
export {
  composeOptionsResponse,
  type HttpStatus,
  type HttpStatusRow,
  httpStatus,
  httpStatuses,
  isHttpStatus,
  isSuccess,
  readOffer,
  redirectLocation,
  retryAfter,
  type ServerOffer,
} from './response.js';
