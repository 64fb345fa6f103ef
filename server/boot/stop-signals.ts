/** One Ctrl-C arrives up to three times: from the terminal, from npm and from the bootstrap. */
const SAME_KEYPRESS_MS = 700;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface StopSignals {
  /** Resolves at the first request to stop. */
  readonly asked: Promise<void>;
  /** Resolves at the second: somebody is impatient. */
  readonly askedAgain: Promise<void>;
}

/** Listens for requests to stop, from now on; without this the process would end at once and leave its programs behind. */
export function listenForStop(source: { on(signal: string, listener: () => void): unknown }, now: () => number): StopSignals {
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  let firstAtMs: number | null = null;
  const hear = (): void => {
    first.resolve();
    if (firstAtMs === null) firstAtMs = now();
    else if (now() - firstAtMs > SAME_KEYPRESS_MS) second.resolve();
  };
  for (const signal of SIGNALS) source.on(signal, hear);
  return { asked: first.promise, askedAgain: second.promise };
}
