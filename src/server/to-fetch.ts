import type { HttpResponse } from '../http/index.js';
import { Chunks } from './chunks.js';
import type { ProvisioningServer } from './create-server.js';

/**
 * The server as a function from Request to Response, for every platform with these: edge functions, Deno, Bun, tests.
 * The body is read up to the server's cap, enforced on Content-Length and while streaming (413); time limits are the
 * platform's.
 */
export function toFetch(
  server: Pick<ProvisioningServer, 'handle' | 'refuse' | 'maxBody'>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const body = await read(request, server.maxBody);
    if (body === 'TooLarge') return responseOf(server.refuse(request, 'BodyTooLarge'));
    if (body === 'Broken') return new Response(null, { status: 400 });
    const { method, url } = request;
    return responseOf(await server.handle({ method, url, headers: Object.fromEntries(request.headers), body }));
  };
}

async function read({ headers, body }: Request, maxBody: number): Promise<Uint8Array | 'TooLarge' | 'Broken'> {
  if (Number(headers.get('Content-Length') ?? 0) > maxBody) return 'TooLarge';
  const chunks = new Chunks(maxBody);
  try {
    for await (const chunk of body ?? []) if (!chunks.add(chunk)) return 'TooLarge';
  } catch {
    return 'Broken';
  }
  return chunks.joined();
}

function responseOf({ status, headers, body }: HttpResponse): Response {
  try {
    return new Response(body.length > 0 ? Uint8Array.from(body) : null, { status, headers: { ...headers } });
  } catch {
    // A header of the host's that HTTP does not carry, or a body where there is none.
    return new Response(null, { status: 500 });
  }
}
