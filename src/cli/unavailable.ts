import type { Terminal } from './terminal.js';

/** Tells why there is no listening, as what `catch` takes. */
export function unavailable(host: string, port: number, terminal: Pick<Terminal, 'err'>): (error: unknown) => null {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    terminal.err(`error: can not listen on ${host} port ${port}: ${listenFailures[code] ?? code}\n`);
    return null;
  };
}

const listenFailures: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'not permitted',
  EADDRNOTAVAIL: 'not an address of this host',
  ENOTFOUND: 'no such host',
};
