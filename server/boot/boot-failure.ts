/** Exit codes of BSD's sysexits, so that scripts can tell what kind of thing stopped the start. */
export const EXIT = { failure: 1, usage: 64, unavailable: 69, software: 70, temporary: 75, configuration: 78 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Stops the start with one sentence that names what is wrong and its mend, instead of a stack trace. */
export class BootFailure extends Error {
  readonly exitCode: ExitCode;

  constructor(sentence: string, exitCode: ExitCode, options: { cause?: unknown } = {}) {
    super(sentence, options);
    this.name = "BootFailure";
    this.exitCode = exitCode;
  }
}
