/** Where lines for a person go; one call, one line. */
export type Say = (line: string) => void;

const TICK_MS = 10_000;

/** A length of time as a person says it: `340 ms`, `4.2 s`, `83 s`. */
export function formatElapsed(elapsedMs: number): string {
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`;
  return elapsedMs < 10_000 ? `${(elapsedMs / 1000).toFixed(1)} s` : `${Math.round(elapsedMs / 1000)} s`;
}

/** Says what begins, how long it has taken every ten seconds, and that it is done. A failure is said by whoever catches it. */
export async function withProgress<T>(title: string, say: Say, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const elapsed = () => formatElapsed(performance.now() - startedMs);
  say(`${title} ...`);
  const ticker = setInterval(() => say(`  ${title}: ${elapsed()} so far`), TICK_MS);
  try {
    const result = await work();
    say(`${title}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}
