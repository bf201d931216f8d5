/** Where a command reads and writes: the process, or a test. */
export interface Terminal {
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** Whether colours and line drawing are welcome; otherwise plain ASCII is written. */
  readonly isFancy: boolean;
  /** The width of a line, in characters. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether there is a person to ask. */
  readonly isInteractive: boolean;
  /** Puts a question, and gives the line that answers it; nothing where the input ends before the line does. */
  ask(question: string): Promise<string>;
  /** Standard input to its end. */
  input(): Promise<Uint8Array>;
  /** Settles when the process is asked to stop; whoever asks twice ends it at once. */
  stopped(): Promise<void>;
}
