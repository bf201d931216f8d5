/** The values of a stream of JSON lines, as many at once as arrive together; lines that are no JSON are left out. */
export async function* jsonLines(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<readonly unknown[]> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + (done ? decoder.decode() : decoder.decode(value, { stream: true }))).split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      const values = lines.flatMap(parsed);
      if (values.length > 0) yield values;
      if (done) return;
    }
  } catch {
    // The other end went away: what came is what there is.
  }
}

function parsed(line: string): readonly unknown[] {
  try {
    return line.trim() === '' ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}
