/** Does a thing before the next picture is drawn, once however often it was asked for. */
export function soon(task: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      task();
    });
  };
}
