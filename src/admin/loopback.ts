/**
 * Whether a Host names the loopback: `localhost`, 127.0.0.0/8 or `[::1]`, with or without a port. A page whose own name
 * was made to resolve to the loopback sends that name, and is told apart by it (DNS rebinding).
 */
export function isLoopback(host: string): boolean {
  const { name = '', port = '0' } = HOST.exec(host)?.groups ?? {};
  return Number(port) <= 65_535 && (name === '[::1]' || name.toLowerCase() === 'localhost' || isLoopbackAddress(name));
}

const HOST = /^(?<name>\[[\da-f:]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/i;

/** In its one spelling: what else platforms take for an address is not taken here. */
function isLoopbackAddress(name: string): boolean {
  const parts = name.split('.');
  return (
    parts.length === 4 &&
    parts[0] === '127' &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}
