/**
 * Settles when everything has been done that needs no more waiting: after the platform has emptied its queue of
 * microtasks. Nothing in the client waits for anything else, because all its ports answer at once or on `step`; the
 * server is awaited itself. A message to oneself takes no time, and is no timer.
 */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const arrived = () => {
      port1.close();
      resolve();
    };
    port1.addEventListener('message', arrived, { once: true });
    port1.start();
    port2.postMessage(null);
  });
}
