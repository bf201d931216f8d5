/** Where inputs begin: the recorded traffic, and what it holds. */
import { policyDocument, readProvisionResponse, wbxml } from '../../src/codec/index.js';
import { wapPolicy, xmlView } from '../../src/codec/xml/index.js';
import { formatQuery, type HttpRequest, type HttpResponse, parseQuery } from '../../src/http/index.js';
import type { Element } from '../../src/protocol/element.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import { bodies, exchanges } from '../support/transcripts.js';

/** A recorded exchange as plain data. */
export interface Recorded {
  readonly file: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
}

export const recorded: readonly Recorded[] = exchanges.map(({ file, request, response }) => {
  const [method = '', url = ''] = request.line.split(' ');
  return {
    file,
    request: { method, url, headers: Object.fromEntries(request.headers), body: request.body },
    response: { status: response.status, headers: Object.fromEntries(response.headers), body: response.body },
  };
});

const bodiesOnce = once(bodies.filter(({ bytes }) => bytes.length <= 1024).map(({ bytes }) => bytes));

export const treeSeeds: readonly Element[] = bodiesOnce.flatMap((bytes) => {
  const decoded = wbxml.decode(bytes);
  return decoded.ok ? [decoded.value] : [];
});

const recordedQueries = once(
  recorded.flatMap(({ request }) =>
    request.url.includes('?') ? [request.url.slice(request.url.indexOf('?') + 1)] : [],
  ),
);

/** What follows the `?` of the recorded requests, and the same in the base64 form. */
export const querySeeds: readonly string[] = once([
  ...recordedQueries,
  ...recordedQueries.flatMap((text, at) => {
    const read = parseQuery(text);
    if (!read.ok) return [];
    const key = at % 2 === 0 ? { policyKey: '1307199584' } : {};
    const packed = { protocolVersion: '14.1', locale: 0x0409, ...key, parameters: { Options: '2', ItemId: '5:1' } };
    const written = formatQuery({ ...read.value, ...packed, form: 'base64', others: [{ name: '99', value: 'ff00' }] });
    return written.ok ? [written.value] : [];
  }),
]);

/** Every value of every recorded header. */
export const headerSeeds: readonly (readonly [string, string])[] = once(
  recorded.flatMap(({ request, response }) => [
    ...Object.entries(request.headers),
    ...Object.entries(response.headers),
  ]),
);

const recordedData = treeSeeds.flatMap((tree) => {
  const response = readProvisionResponse(tree);
  return response.ok ? (response.value.policies ?? []).flatMap(({ data }) => data ?? []) : [];
});

/** Recorded policies, and one that sets all that 2.5 carries. */
export const policySeeds: readonly EASProvisionDoc[] = once([
  ...recordedData.filter((data) => typeof data !== 'string'),
  {},
  {
    DevicePasswordEnabled: true,
    AlphanumericDevicePasswordRequired: true,
    MinDevicePasswordLength: 8,
    MaxInactivityTimeDeviceLock: 900,
    MaxDevicePasswordFailedAttempts: 8,
  },
]);

/** Bodies and policies as documents, each once; long ones are left to where length is the point. */
export const bodySeeds: readonly Uint8Array[] = [
  ...bodiesOnce,
  ...policySeeds.flatMap((policy) => {
    const written = policyDocument.encode(policy);
    return written.ok ? [written.value] : [];
  }),
];

/** Documents of 2.5, as recorded and as we write them. */
export const wapSeeds: readonly string[] = once([
  ...recordedData.filter((data) => typeof data === 'string'),
  ...policySeeds.flatMap((policy) => {
    const written = wapPolicy.encode(policy);
    return written.ok ? [written.value] : [];
  }),
]);

/** The readable view of the recorded bodies. */
export const viewSeeds: readonly string[] = treeSeeds.flatMap((tree) => {
  const view = xmlView.encode(tree);
  return view.ok && view.value.length <= 2048 ? [view.value] : [];
});

function once<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
