export interface CommandInput {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The instant at which the command runs, in epoch milliseconds. */
  readonly now: number;
  readonly print: (line: string) => void;
  /** Shows how far a long step is, where somebody looks on; never needed to understand the outcome. */
  readonly status?: (line: string) => void;
  /** Ends a command that would go on for ever. */
  readonly signal?: AbortSignal;
}

/** A command of the `accord` program: returns its exit code. */
export type Command = (input: CommandInput) => Promise<number>;

/** A wrong call: its message says what to write instead. */
export class CommandError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CommandError";
  }
}
