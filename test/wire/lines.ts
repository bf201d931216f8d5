/** The lines of a chapter as what is done one after the other: requests with their answers, and all else that happens. */
export type Step =
  | { readonly kind: 'Exchange'; readonly request: readonly string[]; readonly answer: readonly string[] }
  | { readonly kind: 'Action'; readonly line: string };

const SENT = '> ';
const ANSWERED = '< ';

/** Throws for a request without an answer, and for an answer without a request. */
export function stepsOf(lines: readonly string[]): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < lines.length; ) {
    const request = taken(lines, at, SENT);
    const answer = taken(lines, at + request.length, ANSWERED);
    if (request.length === 0 && answer.length === 0) {
      steps.push({ kind: 'Action', line: lines[at] ?? '' });
      at++;
      continue;
    }
    if (request.length === 0) throw new Error(`an answer to nothing: ${answer[0]}`);
    if (answer.length === 0) throw new Error(`a request without an answer: ${request[0]}`);
    steps.push({ kind: 'Exchange', request, answer });
    at += request.length + answer.length;
  }
  return steps;
}

export function asSent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => SENT + line);
}

export function asAnswered(lines: readonly string[]): readonly string[] {
  return lines.map((line) => ANSWERED + line);
}

/** The lines from `start` that begin with the mark, without it. */
function taken(lines: readonly string[], start: number, mark: string): readonly string[] {
  const rest = lines.slice(start);
  const end = rest.findIndex((line) => !line.startsWith(mark));
  return (end < 0 ? rest : rest.slice(0, end)).map((line) => line.slice(mark.length));
}
