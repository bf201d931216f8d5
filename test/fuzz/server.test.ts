import { describe } from 'vitest';
import { readRequest } from '../../src/http/index.js';
import { createProvisioningServer, type ProvisioningServer, type ServerOptions } from '../../src/server/index.js';
import { formatRecord, unknownDevice } from '../../src/server/record.js';
import { type CreateServer, serverTarget } from './server.js';
import { shortRun } from './short-run.js';

describe('fuzz: server', () => {
  shortRun(serverTarget(), 100, [
    [
      'whoever has no credentials is a guest',
      'authentication comes first',
      mutant((options) => ({ authenticate: async (by) => (await options.authenticate(by)) ?? 'guest' })),
    ],
    [
      'an attempt without credentials leaves a record',
      'nothing changes without authentication',
      behind((server, options) => async (request) => {
        const answer = await server.handle(request);
        if (answer.status === 401) await options.store?.put('nobody/device', null, formatRecord(unknownDevice));
        return answer;
      }),
    ],
    [
      'a device is written beside its own',
      'a request changes its own device alone',
      mutant(({ store }) => {
        if (!store) return {};
        const put: typeof store.put = async (key, expected, data) => {
          await store.put('alice/another', null, data);
          return store.put(key, expected, data);
        };
        return { store: { get: store.get, put } };
      }),
    ],
    [
      'a policy that is not applied is good enough',
      'a permanent key is earned',
      mutant(() => ({ acknowledgments: { partial: 'accept', notApplied: 'accept', externallyManaged: 'accept' } })),
    ],
    [
      'a command is carried out before the key is looked at',
      'admitted only under the key in force',
      behind((server, options) => async (request) => {
        const read = readRequest(request);
        const answer = await server.handle(request);
        if (answer.status !== 449 || !read.ok || read.value.kind !== 'Command') return answer;
        const { command, protocolVersion, query, deviceId, body } = read.value;
        const { headers } = request;
        options.commands({ user: 'alice', command, protocolVersion, query, deviceId, body, headers, document: null });
        return answer;
      }),
    ],
    [
      'a query that can not be read throws',
      'throws nothing',
      behind((server) => async (request) => {
        decodeURIComponent(request.url);
        return server.handle(request);
      }),
    ],
    [
      'a refusal is told by a status that HTTP has not',
      'the status is a legal number',
      behind((server) => async (request) => {
        const answer = await server.handle(request);
        return answer.status === 501 ? { ...answer, status: 1501 } : answer;
      }),
    ],
  ]);
});

function mutant(broken: (options: ServerOptions) => Partial<ServerOptions>) {
  return serverTarget((options) => createProvisioningServer({ ...options, ...broken(options) }));
}

function behind(handle: (server: ProvisioningServer, options: ServerOptions) => ProvisioningServer['handle']) {
  const create: CreateServer = (options) => {
    const server = createProvisioningServer(options);
    return { ...server, handle: handle(server, options) };
  };
  return serverTarget(create);
}
