import type { Terminal } from '../../src/cli/terminal.js';

/** A terminal that a test reads and, where asked, stops. */
export class FakeTerminal implements Terminal {
  readonly isFancy: boolean;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isInteractive: boolean;
  readonly #input: Uint8Array;
  readonly #answer: string;
  readonly #waiting: { readonly count: number; readonly resolve: (lines: readonly string[]) => void }[] = [];
  readonly #stopped: Promise<void>;
  #stop: () => void = () => {};
  output = '';
  errors = '';
  /** What was asked. */
  questions: readonly string[] = [];

  constructor({
    isFancy = false,
    columns = 100,
    env = {},
    input = new Uint8Array(),
    answer,
  }: Partial<Pick<Terminal, 'isFancy' | 'columns' | 'env'>> & {
    readonly input?: Uint8Array;
    /** What a person answers; without it there is nobody to ask. */
    readonly answer?: string;
  } = {}) {
    this.isFancy = isFancy;
    this.columns = columns;
    this.env = env;
    this.isInteractive = answer !== undefined;
    this.#input = input;
    this.#answer = answer ?? '';
    this.#stopped = new Promise((resolve) => {
      this.#stop = resolve;
    });
  }

  out(text: string): void {
    this.output += text;
    const { lines } = this;
    for (const { count, resolve } of this.#waiting) if (lines.length >= count) resolve(lines);
  }

  err(text: string): void {
    this.errors += text;
  }

  async ask(question: string): Promise<string> {
    this.questions = [...this.questions, question];
    return this.#answer;
  }

  async input(): Promise<Uint8Array> {
    return this.#input;
  }

  stopped(): Promise<void> {
    return this.#stopped;
  }

  stop(): void {
    this.#stop();
  }

  /** The complete lines so far. */
  get lines(): readonly string[] {
    return this.output.split('\n').slice(0, -1);
  }

  /** The lines, once there are that many. */
  untilLines(count: number): Promise<readonly string[]> {
    if (this.lines.length >= count) return Promise.resolve(this.lines);
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }
}
