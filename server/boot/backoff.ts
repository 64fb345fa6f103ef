const FIRST_MS = 500;
const LONGEST_MS = 15_000;
const CALM_MS = 60_000;

/**
 * How long to wait before a program that ended by itself is started again.
 *
 * @param failures how many times it ended in a row before this one
 * @param upMs how long it had run; a minute of calm forgets the failures
 * @returns the wait, doubling from half a second to a quarter of a minute, and the failures to remember
 */
export function nextStart(failures: number, upMs: number): { waitMs: number; failures: number } {
  const before = upMs >= CALM_MS ? 0 : failures;
  return { waitMs: Math.min(FIRST_MS * 2 ** before, LONGEST_MS), failures: before + 1 };
}
