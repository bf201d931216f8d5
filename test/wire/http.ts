/** HTTP as it is: one request on a connection of its own. */
import { request, STATUS_CODES } from 'node:http';
import type { RawAnswer, RawRequest } from './message.js';

/** Sends a request to a port of this machine and takes in the whole answer. */
export function exchange(port: number, { method, target, headers, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sending = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path: target,
        agent: false,
        headers: { ...headers, 'Content-Length': body.length },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const { statusCode: status = 0, statusMessage = '', rawHeaders } = answer;
          resolve({
            status,
            phrase: statusMessage === STATUS_CODES[status] ? '' : statusMessage,
            headers: rawHeaders.flatMap((name, at) =>
              at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [],
            ),
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });
}
